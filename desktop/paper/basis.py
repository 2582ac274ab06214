"""What a document is drawn from: the frozen assessment, what the clinician decided of it, and who prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from desktop.clinical.assessment import Assessment
from desktop.clinical.checklist import Answer, Item
from desktop.clinical.content import Content
from desktop.clinical.dates import SPACE, time_words
from desktop.clinical.words import upper_first
from desktop.paper import sentences
from desktop.record.decisions import Decisions
from desktop.record.encounter import Patient

DRAFT = "Draft, not signed"
UNDECIDED = Decisions()


@dataclass(frozen=True)
class Heading:
    """Who prints: none of it comes from the assessment. `record` is the number of the encounter."""

    practice: str = ""
    clinician: str = ""
    record: str = ""
    address: str = ""
    telephone: str = ""
    hours: str = ""

    @property
    def practice_line(self) -> str:
        return " · ".join(filter(None, [self.practice, self.address.replace("\n", ", "), self.telephone]))


class ChangeLike(Protocol):
    @property
    def item(self) -> Item: ...
    @property
    def before(self) -> Answer: ...
    @property
    def after(self) -> Answer: ...
    @property
    def worse(self) -> bool | None: ...


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

    `note` is what the clinician adds for the receiver of a letter, `done` when a line of the plan was done, by its id.
    `changes` are what was answered otherwise at the visit of `since`, worsening first.
    `attach`: clinical documents carry the encounter as JSON, without identifiers; what a patient takes home never does.
    """

    content: Content
    assessment: Assessment
    zone: ZoneInfo
    patient: Patient | None = None
    heading: Heading = Heading()
    demo: bool = False
    signed: Signature | None = None
    audit: str = ""
    decisions: Decisions = UNDECIDED
    note: str = ""
    done: Mapping[str, datetime] = field(default_factory=dict)
    attach: bool = False
    changes: Sequence[ChangeLike] = ()
    since: datetime | None = None

    @property
    def day(self) -> date:
        """Of the encounter, where the practice is."""
        return self.assessment.at.astimezone(self.zone).date()

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
        place = [self.heading.record, f"audit{SPACE}{self.audit}" if self.audit else ""]
        return " ".join(filter(None, [sentences.INTENDED_USE, f"{rules}.", " · ".join(filter(None, place))]))

    def overridden(self, rule: str) -> str:
        """`Set aside: done by others: oncology takes the bloods`; empty where the flag stands as it was raised."""
        for flag in self.decisions.overridden:
            if flag.rule == rule:
                level = "" if flag.outcome == "set aside" else f" to {flag.treated_as.replace('-', ' ')}"
                return ": ".join(filter(None, [f"{upper_first(flag.outcome)}{level}", flag.why]))
        return ""
