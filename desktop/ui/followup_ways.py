"""In which ways a follow-up can go on: how it ended, another date, somebody else, not needed, opened again."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.clinical.outcomes import Outcome
from desktop.record.board import FollowUp
from desktop.record.closing import Closing
from desktop.ui.translation import translate

DATE, HAND_OVER, CANCEL, REOPEN = "date", "hand over", "cancel", "reopen"


@dataclass(frozen=True)
class Way:
    """`verb` stands on the button. `outcome` is there where it is closed with how it ended."""

    id: str
    words: str
    hint: str
    verb: str
    outcome: Outcome | None = field(default=None)


def ways_of(closing: Closing, one: FollowUp) -> tuple[Way, ...]:
    """In the order of their digits."""
    if one.stored.state != "open":
        return (
            Way(
                REOPEN,
                translate("FollowUp", "Open it again"),
                translate("FollowUp", "Needs a reason; what was said stays"),
                translate("FollowUp", "Open it again"),
            ),
        )
    close = translate("FollowUp", "Close it")
    return (
        *(Way(each.id, each.words, each.hint, close, each) for each in closing.endings(one)),
        Way(
            DATE,
            translate("FollowUp", "Not done: new date"),
            translate("FollowUp", "Keeps it open"),
            translate("FollowUp", "Set the date"),
        ),
        Way(
            HAND_OVER,
            translate("FollowUp", "Somebody else does it"),
            translate("FollowUp", "Keeps it open"),
            translate("FollowUp", "Hand over"),
        ),
        Way(
            CANCEL,
            translate("FollowUp", "Not needed any more"),
            translate("FollowUp", "Needs a reason"),
            translate("FollowUp", "Cancel it"),
        ),
    )
