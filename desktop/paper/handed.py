"""Who hands a paper to the patient, and which: none of it comes from the assessment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Practice:
    """As the patient reaches it; what is empty is left open on the paper, to be written in."""

    name: str = ""
    telephone: str = ""
    hours: str = ""


@dataclass(frozen=True)
class Handed:
    """`name` is the first name alone. `draft`: the encounter was not signed. `audit`: head of the audit trail."""

    day: date
    name: str = ""
    practice: Practice = field(default_factory=Practice)
    demo: bool = False
    draft: bool = False
    audit: str = ""
