"""Rules, the lines of their plans, named terms and modifiers, as the rule files hold them."""

from __future__ import annotations

from datetime import date
from enum import IntEnum
from functools import cache
from typing import Annotated, Any, Literal

from msgspec import Meta, field

from desktop.clinical.checklist import Sex
from desktop.clinical.model import Id, Model, Words

RuleId = Annotated[str, Meta(pattern=r"^[RL]\d\d[a-z]?\Z")]
"""R for the shipped rules, L for a practice's own."""
Tag = Literal["seen", "seen-via", "recall", "judgement"]
Within = Literal["now", "4 hours", "24 hours", "48 hours", "1 week", "2 weeks", "4 weeks", "6 weeks", "12 weeks"]
Indication = Literal["cancer", "cauda-equina", "infection", "fracture", "other"]


class Urgency(IntEnum):
    """Higher is more urgent, so `max` gives the urgency of several flags."""

    none = 0
    routine = 1
    soon = 2
    urgent = 3
    same_day = 4
    emergency = 5

    @property
    def word(self) -> str:
        """As written in rule files and in JSON."""
        return self.name.replace("_", "-")

    @classmethod
    @cache
    def of(cls, word: str) -> Urgency:
        return cls[word.replace("-", "_")]


UrgencyWord = Literal["emergency", "same-day", "urgent", "soon", "routine"]


class Line(Model, tag_field="kind"):
    """`when` decides whether the line stands (only if true); `then` says on what other result it waits."""

    when: str | None = None
    then: str | None = None

    @property
    def kind(self) -> str:
        """As it is written in the files."""
        return str(self.__struct_config__.tag)


class SpokenLine(Line):
    """Words only, which may stand although something was not asked: `unless` its condition is true; `while_open` while
    one of the items, or an item of one of the terms, has no answer. Calls, scans and bloods have neither."""

    unless: str | None = None
    while_open: Annotated[tuple[Id, ...], Meta(min_length=1)] | None = None


class ImmediateLine(SpokenLine, tag="immediate", kw_only=True):
    """`sends`: only how the patient gets there, which an ambulance called for another flag makes untrue. `again`: what
    a call to 999 is cut down to where a line before it has the phone in the hand already."""

    text: Words
    first: bool = False
    sends: bool = False
    again: Words | None = None


class ImagingLine(Line, tag="imaging", kw_only=True):
    """`timing` is for limits that somebody else sets ("as the on-call team advises")."""

    modality: Words
    region: Words
    within: Within | None = None
    timing: str = ""
    arranged_by: Words
    indication: Indication = "other"
    contrast: bool = False
    purpose: str = ""


class BloodsLine(Line, tag="bloods", kw_only=True):
    """`tests` names panels or single tests; `timing` says where or on what condition they are taken."""

    tests: Annotated[tuple[str, ...], Meta(min_length=1)]
    within: Within | None = None
    timing: str = ""


class ReferralLine(Line, tag="referral", kw_only=True):
    """`to` is a contact of the pathway; theorem (f) holds `within` against the rule's urgency."""

    to: Id
    how: Words
    within: Within
    note: str = ""


class SafetyNetLine(SpokenLine, tag="safety-net", kw_only=True):
    text: Words
    card: Literal["cauda-equina", "mscc", "infection"] | None = None


class NothingLine(SpokenLine, kw_only=True):
    """Why no imaging or no bloods: a decision worth saying, dropped as soon as another flag asks for one."""

    text: Words


class NoImagingLine(NothingLine, tag="no-imaging", kw_only=True):
    pass


class NoBloodsLine(NothingLine, tag="no-bloods", kw_only=True):
    pass


PlanLine = ImmediateLine | ImagingLine | BloodsLine | ReferralLine | SafetyNetLine | NoImagingLine | NoBloodsLine


STALE = 24
"""Months after which a rule says that nobody has looked at it."""


class Rule(Model, kw_only=True):
    """`sign_off` is a sentence for the clinician who signs: which part is judgement or recall."""

    id: RuleId
    flag: Words
    urgency: UrgencyWord
    when: Words
    cites: Annotated[tuple[str, ...], Meta(min_length=1)]
    tag: Tag
    sign_off: str = ""
    reviewed: date
    hazards: tuple[str, ...] = ()
    takes_in: tuple[RuleId, ...] = ()
    remainder: bool = False
    plan: Annotated[tuple[PlanLine, ...], Meta(min_length=1)]

    def is_stale(self, today: date) -> bool:
        reviewed = self.reviewed
        months = (today.year - reviewed.year) * 12 + today.month - reviewed.month - (today.day < reviewed.day)
        return months >= STALE

    @property
    def level(self) -> Urgency:
        return Urgency.of(self.urgency)

    @property
    def is_at_once(self) -> bool:
        """Whether it says what to do before the patient leaves."""
        return any(isinstance(line, ReferralLine) and line.within == "now" for line in self.plan)

    @property
    def needs_sign_off(self) -> bool:
        return bool(self.sign_off) or self.tag in ("judgement", "recall")

    def speaks_for(self, smaller: Rule) -> bool:
        """Whether it takes the other in; anything above routine takes in the remainder rules (decisions §3.1)."""
        return smaller.id in self.takes_in or (smaller.remainder and self.level > Urgency.routine)


class Term(Model, kw_only=True):
    """A name for a piece of condition; a list term holds several pieces for `at_least`."""

    id: Id
    when: str | None = None
    any_of: tuple[str, ...] = ()
    means: Words

    @property
    def texts(self) -> tuple[str, ...]:
        """Its pieces."""
        return self.any_of or ((self.when,) if self.when else ())


class Hindrance(Model):
    """Something that stands in the way of an MRI, and what to ask for instead of dropping it."""

    item: Id
    advice: Words


class Modifier(Model, kw_only=True):
    """Changes lines of a merged plan; never raises or lowers an urgency, never moves a limit. It holds where `when` is
    true, and until `unless` is; *no flag* is the plan of somebody for whom no rule is raised. *Doubt* stands first in a
    plan that is no emergency, while one of the items `in_doubt` is answered “not sure” or could not be examined."""

    id: RuleId
    name: Words
    when: Words | None = None
    unless: Words | None = None
    applies_to: Literal["mri", "contrast", "urgent plan", "plan", "no flag", "doubt"]
    text: Words
    not_asked: str = ""
    in_doubt: tuple[Id, ...] = ()
    hindrances: tuple[Hindrance, ...] = ()
    alternatives: dict[Indication, str] = field(default_factory=dict)
    cites: tuple[str, ...] = ()
    tag: Tag
    reviewed: date

    @property
    def said(self) -> str:
        """As a line of the plan: a modifier stands on no card of its own that could carry the mark."""
        return f"{self.text} Needs clinical sign-off." if self.needs_sign_off else self.text

    @property
    def needs_sign_off(self) -> bool:
        return self.tag in ("judgement", "recall")


class Citation(Model):
    """One edition of one source; rules cite it as `id` or `id locator`. `note`: what of it was read, and how."""

    id: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]*\Z")]
    short: Words
    title: Words
    body: Words
    version: Words
    checked: date
    read: Tag
    note: str = ""
    url: str = ""


class Panel(Model):
    """A name for several blood tests that are asked for together."""

    id: Words
    name: Words
    tests: tuple[str, ...]


class Pathway(Model):
    id: Words
    title: Words
    rule_set: Words
    dated: date
    files: tuple[str, ...] = ()
    """Those without which it is not whole."""
    approved_by: str = ""  # the clinician who has signed these rules off, by name and registration


class Contact(Model):
    """Somebody a plan can name; the practice fills in the rest. `how`: how to refer. `own`: the practice itself.
    `includes`: names of the same place that ask for less of it."""

    id: Id
    name: Words
    own: bool = False
    includes: tuple[Id, ...] = ()
    telephone: str = ""
    hours: str = ""
    how: str = ""


class Given(Model):
    """What a case says of the patient, beside the answers."""

    age: Annotated[int, Meta(ge=0, le=120)] | None = None
    sex: Sex | None = None


class Case(Model):
    """A row of a case table. `given`: age and sex, if they matter, and answers as in a case file."""

    rule: RuleId
    name: Words
    given: dict[str, Any]
    expect: Literal["raised", "not raised", "cannot tell"]
