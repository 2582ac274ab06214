"""The coded reasons for lowering a flag or dropping a line of the plan, as data."""

from __future__ import annotations

from pathlib import Path

from desktop.clinical.mistakes import ContentError, ContentFile
from desktop.clinical.model import Id, Model, Words
from desktop.clinical.wholeness import check_once
from resources import FOLDER


class Reason(Model):
    """`needs_text`: it says nothing without words of the clinician's own."""

    id: Id
    words: Words
    needs_text: bool = False


def load_reasons(folder: Path = FOLDER) -> tuple[Reason, ...]:
    """In the order of their digits. Raises ContentError with every mistake."""
    file = ContentFile(folder / "review" / "reasons.toml", folder)
    file.only_tables("reason")
    reasons = tuple(file.entries("reason", Reason))
    check_once(((file, reason.id) for reason in reasons), "reasons")
    if file.mistakes:
        raise ContentError(file.mistakes)
    return reasons
