"""What the screens may catch: the store's errors, each with what happened, what is safe and what to do."""

from db.errors import BackupUnderOldKeys, FollowUpGone, WorkBroke
from db.errors import StoreError as RecordError

__all__ = ["BackupUnderOldKeys", "FollowUpGone", "RecordError", "WorkBroke"]
