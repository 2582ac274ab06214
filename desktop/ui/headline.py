"""The urgency banner in words: what to do, where and by when; without a flag, what is missing. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from desktop.clinical.assessment import Assessment, Flag
from desktop.clinical.content import Content
from desktop.clinical.dates import SPACE, due_words
from desktop.clinical.plan import Bloods, Imaging, Referral
from desktop.clinical.rules import Urgency
from desktop.clinical.words import lower_first, upper_first

LEVELS = {
    Urgency.emergency: "Emergency",
    Urgency.same_day: "Same day",
    Urgency.urgent: "Urgent",
    Urgency.soon: "Soon",
    Urgency.routine: "Routine",
}
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
# Decisions §1.1: the five cauda equina answers; the fifth is a severe deficit of both legs.
CAUDA_EQUINA = (
    ("bladder_change",),
    ("bowel_change",),
    ("saddle_numbness",),
    ("sexual_change",),
    ("bilateral_leg_symptoms", "limb_weakness"),
)


@dataclass(frozen=True)
class Headline:
    """`ask` is the question to go to where something is still to be asked."""

    urgency: Urgency
    level: str
    action: str
    detail: str
    ask: str | None = None
    open: bool = False

    @property
    def words(self) -> str:
        """For a screen reader, in the order of the lines."""
        return ". ".join(part for part in (self.level, self.action, self.detail) if part)


def headline(content: Content, assessment: Assessment, zone: ZoneInfo) -> Headline:
    return _raised(assessment, zone) if assessment.urgency else _no_flag(content, assessment)


def _raised(assessment: Assessment, zone: ZoneInfo) -> Headline:
    top = assessment.urgency
    flags = [flag for flag in assessment.open_flags if flag.urgency is top]
    titles = "; ".join(dict.fromkeys(flag.rule.flag for flag in flags))
    contact = _first_contact(assessment)
    limit = due_words(contact.within, contact.due, zone) if contact else ""
    return Headline(
        urgency=top,
        level=LEVELS[top] + (f" · {limit if limit == 'now' else f'by {limit}'}" if limit else ""),
        action=action_words(contact) if contact else titles,
        detail=". ".join(part for part in (_first_and_count(flags), _imaging_words(assessment, zone)) if part) + ".",
    )


def _first_contact(assessment: Assessment) -> Referral | None:
    """The strictest among those that the most urgent flags ask for."""
    top = {flag.rule.id for flag in assessment.flags if flag.urgency is assessment.urgency}
    asked = [line for line in assessment.plan.referral if top & set(line.rules)]
    by_999 = [line for line in asked if line.how.startswith("999")]
    return next(iter(by_999 or asked or assessment.plan.referral), None)


def action_words(contact: Referral) -> str:
    """`Phone the MSCC coordinator now`."""
    how, to = contact.how, lower_first(contact.to)
    if how.startswith("999"):
        return f"Call 999{how.removeprefix('999')}: {to}"
    if how.startswith("telephone"):
        rest = how.removeprefix("telephone").removeprefix(" today").strip()
        when = " now" if contact.within == "now" else " today" if contact.within.endswith("hours") else ""
        return f"Phone the {to}{when}" + (
            f"{'' if rest.startswith(',') else ':'} {rest}".replace(" ,", ",") if rest else ""
        )
    if "referral" in how and not how.startswith("self"):
        return f"{how[:1].upper()}{how[1:]} to {to}"
    return f"{how[:1].upper()}{how[1:]}: {to}"


def _first_and_count(flags: list[Flag]) -> str:
    more = f" and {len(flags) - 1} more" if len(flags) > 1 else ""
    return f"{flags[0].rule.flag}{more}"


def limit_words(line: Imaging | Bloods, zone: ZoneInfo) -> str:
    """The clock time or the day; no clock time where somebody else starts the clock, or where it waits."""
    if line.within is None or line.due is None or (isinstance(line, Imaging) and line.then):
        return ""
    if line.timing.startswith("of "):
        return f"within{SPACE}{line.within.replace(' ', SPACE)}"
    return due_words(line.within, line.due, zone)


def by_words(line: Imaging, zone: ZoneInfo) -> str:
    limit = limit_words(line, zone)
    if limit.startswith("within"):
        return f"{limit} {line.timing}"
    return limit if limit == "now" else f"by {limit}"


def _imaging_words(assessment: Assessment, zone: ZoneInfo) -> str:
    for line in assessment.plan.imaging:
        if line.then is None and line.within and line.due:
            return f"{upper_first(line.modality)}, {line.region}, {by_words(line, zone)}"
    return ""


def _no_flag(content: Content, assessment: Assessment) -> Headline:
    screen = assessment.safety_screen
    if not assessment.answers:
        detail = "Nothing is ruled out. Answers appear here as flags, reasons and a plan while you ask."
        return Headline(Urgency.none, "Not assessed", "Nothing asked yet", detail, ask=screen.missing[0], open=True)
    if screen.missing:
        count = len(screen.missing)
        action = f"{number_words(count).capitalize()} safety question{'s' * (count != 1)} still to ask"
        asked = f"This is not “no red flags”: {screen.asked} of {screen.of} asked"
        detail = f"{asked}. Missing: {_labels(content, screen.missing)}."
        return Headline(Urgency.none, "No flag so far", action, detail, ask=screen.missing[0], open=True)
    if screen.unsure:
        detail = f"The safety screen is asked but not clear. Unsure: {_labels(content, screen.unsure)}."
        return Headline(
            Urgency.none, "No flag so far", "No flag raised by what was asked", detail, ask=screen.unsure[0]
        )
    detail = "This is not “low risk”: see what is not yet ruled out, and what was not asked."
    return Headline(Urgency.none, "No flag so far", "No flag raised by what was asked", detail)


def _labels(content: Content, ids: tuple[str, ...]) -> str:
    """At most four by name: the list of questions shows the rest."""
    named = [content.items[id].label.lower() for id in ids[:4]]
    more = f" and {len(ids) - 4} more" if len(ids) > 4 else ""
    return ", ".join(named) + more


def number_words(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def screen_words(assessment: Assessment) -> str:
    screen = assessment.safety_screen
    unsure = f", {len(screen.unsure)} unsure" if screen.unsure else ""
    return f"Safety screen {screen.asked} of {screen.of}{unsure}"


def cauda_equina_words(content: Content, assessment: Assessment) -> str:
    known = [group for group in CAUDA_EQUINA if all(id in content.items for id in group)]
    asked = sum(all(id in assessment.answers for id in group) for group in known)
    return f"Cauda equina {asked} of {len(known)} asked"
