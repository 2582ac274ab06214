"""What a document is drawn from: the frozen assessment, what the clinician decided of it, and who prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from desktop.clinical.assessment import Assessment
from desktop.clinical.content import Content
from desktop.clinical.dates import time_words
from desktop.paper import sentences
from desktop.record.encounter import Patient

DRAFT = "Draft, not signed"


@dataclass(frozen=True)
class Heading:
    """Who prints: none of it comes from the assessment. `record` is the number of the encounter."""

    practice: str = ""
    clinician: str = ""
    record: str = ""
    address: str = ""
    telephone: str = ""

    @property
    def practice_line(self) -> str:
        return " · ".join(filter(None, [self.practice, self.address.replace("\n", ", "), self.telephone]))


@dataclass(frozen=True)
class Override:
    """A flag that the clinician set aside, with the reason chosen and what they wrote."""

    reason: str
    words: str = ""
    who: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Task:
    """A line of the plan as it was decided: who does it, by when, and since when it is done."""

    what: str
    who: str = ""
    due: datetime | None = None
    done: datetime | None = None


@dataclass(frozen=True)
class Signature:
    """`why`: of an amendment, its reason."""

    who: str
    at: datetime
    version: int = 1
    why: str = ""


@dataclass(frozen=True)
class Basis:
    """`signed` None: a draft, and every page says so. `audit` is the head of the audit trail when it was made.

    `overrides` by rule. `note` is what the clinician adds for the receiver of a letter.
    """

    content: Content
    assessment: Assessment
    zone: ZoneInfo
    patient: Patient | None = None
    heading: Heading = Heading()
    demo: bool = False
    signed: Signature | None = None
    audit: str = ""
    overrides: Mapping[str, Override] = field(default_factory=dict)
    tasks: tuple[Task, ...] = ()
    note: str = ""

    @property
    def state_words(self) -> str:
        """`Signed Mon 23-Nov-2026 10:56, Dr A. Rahman`, or that it is a draft."""
        if self.signed is None:
            return DRAFT
        amended = f", amendment {self.signed.version - 1}: {self.signed.why}" if self.signed.version > 1 else ""
        return f"Signed {time_words(self.signed.at, self.zone)}, {self.signed.who}{amended}"

    @property
    def footer_words(self) -> str:
        """Behind the state: what it is for, by which rules, and where it stands in record and trail."""
        rules = sentences.rule_set_words(self.content, self.assessment)
        place = [self.heading.record, f"audit {self.audit}" if self.audit else ""]
        return " ".join(filter(None, [sentences.INTENDED_USE, f"{rules}.", " · ".join(filter(None, place))]))

    def override_words(self, rule: str) -> str:
        """Empty where the flag was not set aside."""
        override = self.overrides.get(rule)
        if override is None:
            return ""
        said = f" “{override.words}”" if override.words else ""
        where = [override.who, time_words(override.at, self.zone) if override.at else ""]
        by = ", ".join(filter(None, where))
        return f"{override.reason}.{said}{f' ({by})' if by else ''}"
