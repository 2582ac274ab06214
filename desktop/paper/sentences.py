"""What paper says of an assessment, in sentences that the PDF and the terminal share."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from desktop.clinical.assessment import Assessment, Flag, Undecided
from desktop.clinical.content import Content
from desktop.clinical.dates import date_words, due_words, time_words
from desktop.clinical.plan import Bloods, Imaging, Plan, Referral
from desktop.clinical.plan_words import asking_words, is_rung, starts_elsewhere, telephone_words, within_words
from desktop.clinical.rules import STALE, Rule, Urgency
from desktop.clinical.words import lower_first, upper_first
from desktop.paper.answers import labels, short_answer

INTENDED_USE = (
    "For a clinician’s use. It supports and does not replace clinical judgement, and what it does not raise "
    "is not excluded. Not a registered medical device."
)
NO_NUMBER = "No telephone number is entered for this contact"
NO_CLINICIAN = "Clinician not named"
SIGN_OFF = "Needs clinical sign-off"
CARE = "Immediate care"
LOWER = "Undecided below emergency"
BLOODS = "Bloods: "
NO_LIMIT = "no limit set"
ALL_DECIDED = "Every rule could be decided by these answers. A rule that was not raised excludes no disease."
NOTHING_RAISED = "No flag raised by what was asked"


@dataclass(frozen=True)
class Action:
    """A line of the plan with a limit: what (and more about it), who, which rules, by when."""

    what: str
    more: tuple[str, ...]
    who: str
    rules: tuple[str, ...]
    by: str
    pressing: bool
    done: bool = False


@dataclass(frozen=True)
class Remark:
    """A line of the plan without a limit, under its label."""

    label: str
    text: str
    rules: tuple[str, ...] = ()
    first: bool = False


def urgency_words(urgency: Urgency) -> str:
    """`Same day`."""
    return urgency.word.replace("-", " ").capitalize()


def headline(assessment: Assessment, zone: ZoneInfo) -> str:
    """Who is told, how and by when; the suspicion comes second."""
    if assessment.urgency is Urgency.none:
        return NOTHING_RAISED
    level = urgency_words(assessment.urgency)
    contact = assessment.first_contact
    return f"{level}: {_contact_words(contact, zone)}" if contact else level


def suspicions(assessment: Assessment) -> str:
    """The titles of the flags that set the urgency."""
    return "; ".join(flag.rule.flag for flag in assessment.open_flags if flag.urgency is assessment.urgency)


def first_scan(assessment: Assessment, zone: ZoneInfo) -> str:
    """The most pressing picture and its limit; empty where none is asked for."""
    scans = [line for line in assessment.plan.imaging if line.due and not line.then]
    if not scans:
        return ""
    line = min(scans, key=lambda one: one.due or assessment.at)
    elsewhere = starts_elsewhere(line.timing)
    limit = within_words(line.within, line.timing) if elsewhere else by_words(line.within, line.due, zone)
    return f"{line.modality}, {line.region}: {limit}"


def screen_words(content: Content, assessment: Assessment) -> str:
    """`Safety screen: 12 of 13 asked. Not asked: Sexual change`."""
    screen = assessment.safety_screen
    parts = [f"Safety screen: {screen.asked} of {screen.of} asked"]
    if screen.missing:
        parts.append(f"Not asked: {labels(content, screen.missing)}")
    if screen.unsure:
        parts.append(f"Asked and not known: {labels(content, screen.unsure)}")
    return ". ".join(parts)


def folded(assessment: Assessment, flag: Flag) -> list[Flag]:
    """The smaller flags shown inside `flag`: each once, in the first open flag that takes it in."""
    homes = {one.rule.id: _home(assessment, one) for one in assessment.flags if one.folded_into}
    return [one for one in assessment.flags if homes.get(one.rule.id) == flag.rule.id]


def undecided_words(content: Content, assessment: Assessment, one: Undecided) -> str:
    """Which answers would decide it."""
    parts = []
    if one.needs:
        parts.append(labels(content, one.needs))
    if one.left_open:
        answered = "; ".join(short_answer(content, assessment, id) for id in one.left_open)
        parts.append(f"Answered and still open: {answered}")
    return ". ".join(parts) or "a fact about the patient is missing"


def undecided_emergencies(assessment: Assessment) -> list[Undecided]:
    return [one for one in assessment.undecided if one.urgency is Urgency.emergency]


def undecided_counts(assessment: Assessment) -> str:
    """`8 same day, 12 urgent`, below emergency."""
    counts = Counter(one.urgency for one in assessment.undecided)
    lower = [urgency for urgency in sorted(counts, reverse=True) if urgency is not Urgency.emergency]
    return ", ".join(f"{counts[urgency]} {urgency_words(urgency).lower()}" for urgency in lower)


def actions(plan: Plan, zone: ZoneInfo) -> list[Action]:
    """The lines with a limit, the most pressing first; lines that wait for another result come last."""
    lines = [
        *((line.due, _referral(line, zone)) for line in plan.referral),
        *((None if line.then else line.due, _imaging(line, zone)) for line in plan.imaging),
        *((line.due, _bloods(line, zone)) for line in plan.bloods),
    ]
    latest = max((due for due, _ in lines if due), default=None)
    return [action for _, action in sorted(lines, key=lambda line: (line[0] is None, line[0] or latest))]


def immediate_care(plan: Plan) -> list[Remark]:
    return [Remark(CARE, line.text, line.rules, line.first) for line in plan.immediate]


def safety_net(plan: Plan) -> list[Remark]:
    return [Remark("Safety net", line.text, line.rules) for line in plan.safety_net]


def remarks(plan: Plan) -> list[Remark]:
    """Why nothing is done, what is held back and why, notes."""
    why = {"no-imaging": "Why no imaging", "no-bloods": "Why no bloods"}
    return [
        *(Remark(why[line.kind], line.text, line.rules) for line in plan.nothing),
        *(Remark("Held back", f"{line.modality}, {line.region}: {line.reason}", line.rules) for line in plan.withheld),
        *(Remark("Note", text) for text in plan.notes),
    ]


def rule_set_words(content: Content, assessment: Assessment) -> str:
    """The date belongs to the rules in hand; an older assessment names only the set it was made with."""
    if assessment.rule_set != content.rule_set:
        return f"Rules {assessment.rule_set}"
    return f"Rules {assessment.rule_set}, dated {date_words(content.pathway.dated)}"


def encounter_words(assessment: Assessment, zone: ZoneInfo) -> str:
    return f"Encounter {time_words(assessment.at, zone)}"


def _home(assessment: Assessment, flag: Flag) -> str | None:
    """The first open flag that takes `flag` in, directly or through others."""
    larger = {one.rule.id: one.folded_into for one in assessment.flags}
    reached: set[str] = set()
    waiting = set(flag.folded_into)
    while waiting:
        id = waiting.pop()
        reached.add(id)
        waiting |= set(larger[id]) - reached
    return next((one.rule.id for one in assessment.open_flags if one.rule.id in reached), None)


def _contact_words(line: Referral, zone: ZoneInfo) -> str:
    number = f" ({telephone_words(line.telephone)})" if line.telephone else ""
    joined = " " if is_rung(line) else ", "
    return f"{lower_first(asking_words(line))}{joined}{by_words(line.within, line.due, zone)}{number}"


def by_words(within: str | None, due: datetime | None, zone: ZoneInfo) -> str:
    """`now`, or `by Tue 24-Nov-2026 10:42`."""
    if within is None or due is None:
        return ""
    words = due_words(within, due, zone)
    return words if within == "now" else f"by {words}"


def _when(within: str | None, due: datetime | None, zone: ZoneInfo) -> str:
    return due_words(within, due, zone) if within and due else ""


def _pressing(within: str | None) -> bool:
    return within is not None and (within == "now" or within.endswith("hours"))


def _referral(line: Referral, zone: ZoneInfo) -> Action:
    more = (line.note,) if line.note else ()
    when = _when(line.within, line.due, zone)
    return Action(upper_first(line.how), more, reached_words(line), line.rules, when, _pressing(line.within))


def reached_words(line: Referral) -> str:
    """`MSCC coordinator, 01632 960 114`."""
    return ", ".join(part for part in (line.to, telephone_words(line.telephone)) if part)


def _imaging(line: Imaging, zone: ZoneInfo) -> Action:
    more = [text for text in (line.then or "", line.purpose and f"for {line.purpose}") if text]
    when, timing = _when(line.within, line.due, zone), line.timing
    if line.then and when:
        # A limit that runs from another result has no date yet.
        when = f"within {line.within}"
    if when and starts_elsewhere(timing):
        when, timing = within_words(line.within, timing), ""
    if when and timing:
        more.append(timing)
    return Action(
        what=f"{upper_first(line.modality)}, {line.region}",
        more=(*(["; ".join(more)] if more else []), *line.safety, *line.alternatives),
        who=line.arranged_by,
        rules=line.rules,
        by=when or timing or NO_LIMIT,
        pressing=_pressing(line.within),
    )


def _bloods(line: Bloods, zone: ZoneInfo) -> Action:
    when = _when(line.within, line.due, zone)
    more = (line.timing,) if line.timing and when else ()
    by = when or line.timing or NO_LIMIT
    return Action(f"{BLOODS}{', '.join(line.tests)}", more, "", line.rules, by, _pressing(line.within))


def sentence(words: str) -> str:
    """With a capital and a full stop."""
    return upper_first(words) if words.endswith((".", "!", "?")) else f"{upper_first(words)}."


def age_words(rule: Rule, today: date) -> str:
    """Empty unless nobody has looked at the rule for two years."""
    return f"last reviewed {date_words(rule.reviewed)}, over {STALE} months ago" if rule.is_stale(today) else ""
