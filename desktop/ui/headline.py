"""The urgency banner in words: what to do, where and by when; without a flag, what is missing."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from msgspec import Struct

from desktop.clinical.assessment import Assessment, Flag
from desktop.clinical.content import Content
from desktop.clinical.dates import SPACE, due_words
from desktop.clinical.plan import Bloods, Imaging, Referral
from desktop.clinical.plan_words import asking_words, is_rung, starts_elsewhere, telephone_words
from desktop.clinical.rules import Urgency
from desktop.clinical.words import upper_first
from desktop.ui.levels import level_words
from desktop.ui.translation import Words, translate

# Decisions §1.1: the five cauda equina answers; the fifth is a severe deficit of both legs.
CAUDA_EQUINA = (
    ("bladder_change",),
    ("bowel_change",),
    ("saddle_numbness",),
    ("sexual_change",),
    ("bilateral_leg_symptoms", "limb_weakness"),
)


class Headline(Struct, frozen=True):
    """`ask` is the question to go to where something is still to be asked; `number` is whom to ring, or that none is
    known; `telephone` the number alone."""

    urgency: Urgency
    level: str
    action: str
    detail: str
    ask: str | None = None
    open: bool = False
    number: str = ""
    telephone: str = ""

    @property
    def words(self) -> str:
        """For a screen reader, in the order of the lines."""
        return ". ".join(part for part in (self.level, self.action, self.number, self.detail) if part)


class HeadlineWords(Words):
    def and_more(self, first: str, n: int) -> str:
        return self.tr("{first} and %n more", "", n).format(first=first)

    def to_ask(self, n: int) -> str:
        return self.tr("%n safety question(s) still to ask", "", n)

    def unsure(self, n: int) -> str:
        return self.tr("%n unsure", "", n)


def headline(content: Content, assessment: Assessment, zone: ZoneInfo) -> Headline:
    return _raised(content, assessment, zone) if assessment.urgency else _no_flag(content, assessment)


def _raised(content: Content, assessment: Assessment, zone: ZoneInfo) -> Headline:
    top = assessment.urgency
    flags = [flag for flag in assessment.open_flags if flag.urgency is top]
    titles = "; ".join(dict.fromkeys(flag.rule.flag for flag in flags))
    contact = assessment.first_contact
    limit = due_words(contact.within, contact.due, zone) if contact else ""
    return Headline(
        urgency=top,
        level=level_words(top) + (f" · {_by(limit)}" if limit else ""),
        action=action_words(contact) if contact else titles,
        detail=". ".join(filter(None, (_first_and_count(flags), _imaging_words(assessment, zone))))
        + "."
        + _in_doubt(content, assessment),
        number=_number_words(contact) if contact else "",
        telephone=telephone_words(contact.telephone) if contact and is_rung(contact) else "",
    )


def newly_raised(before: Assessment | None, now: Assessment) -> list[Flag]:
    """What stands alone now and was not raised by the answers before, not even inside a larger flag."""
    if before is None:
        return []
    known = {flag.rule.id for flag in before.flags}
    return [flag for flag in now.open_flags if flag.rule.id not in known]


def further_words(flags: list[Flag]) -> str:
    """`Same-day flag: Possible sepsis`, for a screen reader."""
    words = translate("Headline", "{level} flag: {flag}")
    return ". ".join(words.format(level=level_words(flag.urgency), flag=flag.rule.flag) for flag in flags)


def _number_words(contact: Referral) -> str:
    """Beside the sentence that says to ring: nobody has to look for it while the patient waits."""
    if not is_rung(contact):
        return ""
    if contact.lacks_number:
        return translate("Headline", "No number in the directory: ask the switchboard")
    return " · ".join(part for part in (telephone_words(contact.telephone), contact.hours) if part)


def action_words(contact: Referral) -> str:
    """`Phone the MSCC coordinator now`."""
    return asking_words(contact, _soon(contact))


def _soon(contact: Referral) -> str:
    if contact.within == "now":
        return translate("Headline", " now")
    if contact.within.endswith("hours"):
        return translate("Headline", " today")
    return ""


def _by(limit: str) -> str:
    """`limit` is a day or a clock time, or now."""
    if limit == "now":
        return translate("Headline", "now")
    return translate("Headline", "by {limit}").format(limit=limit)


def _first_and_count(flags: list[Flag]) -> str:
    if len(flags) == 1:
        return flags[0].rule.flag
    return HeadlineWords().and_more(flags[0].rule.flag, len(flags) - 1)


def limit_words(line: Imaging | Bloods, zone: ZoneInfo) -> str:
    """The clock time or the day; no clock time where somebody else starts the clock, or where it waits."""
    if line.within is None or line.due is None or (isinstance(line, Imaging) and line.then):
        return ""
    if starts_elsewhere(line.timing):
        return translate("Headline", "within {time}").format(time=line.within).replace(" ", SPACE)
    return due_words(line.within, line.due, zone)


def by_words(line: Imaging, zone: ZoneInfo) -> str:
    limit = limit_words(line, zone)
    return f"{limit} {line.timing}" if starts_elsewhere(line.timing) else _by(limit)


def _imaging_words(assessment: Assessment, zone: ZoneInfo) -> str:
    for line in assessment.plan.imaging:
        if line.then is None and line.within and line.due:
            return f"{upper_first(line.modality)}, {line.region}, {by_words(line, zone)}"
    return ""


def _no_flag(content: Content, assessment: Assessment) -> Headline:
    screen = assessment.safety_screen
    if not assessment.answers:
        detail = translate(
            "Headline", "Nothing is ruled out. Answers appear here as flags, reasons and a plan while you ask."
        )
        level, nothing = translate("Headline", "Not assessed"), translate("Headline", "Nothing asked yet")
        return Headline(Urgency.none, level, nothing, detail, ask=screen.missing[0], open=True)
    so_far = translate("Headline", "No flag so far")
    if screen.missing:
        count = len(screen.missing)
        action = HeadlineWords().to_ask(count)
        action = action.replace(str(count), upper_first(number_words(count)), 1)
        detail = translate("Headline", "This is not “no red flags”: {asked} of {of} asked. Missing: {labels}.").format(
            asked=screen.asked, of=screen.of, labels=_labels(content, screen.missing)
        )
        detail += _in_doubt(content, assessment)
        return Headline(Urgency.none, so_far, action, detail, ask=screen.missing[0], open=True)
    if screen.unsure:
        detail = translate("Headline", "Everything was asked, but is not clear. Unsure: {labels}.")
        detail = detail.format(labels=_labels(content, screen.unsure))
        action = translate("Headline", "The safety screen is not clear")
        return Headline(Urgency.none, so_far, action, detail, ask=screen.unsure[0])
    action = translate("Headline", "This is not “low risk”")
    detail = translate("Headline", "See what is not yet ruled out, and what was not asked.")
    return Headline(Urgency.none, so_far, action, detail)


def _in_doubt(content: Content, assessment: Assessment) -> str:
    """A doubt that the plan settles first has its word in the banner too; in an emergency nobody waits for it."""
    unsure = assessment.safety_screen.unsure
    if not unsure or assessment.urgency is Urgency.emergency:
        return ""
    words = translate("Headline", "Not sure: {labels}. Settle it now.")
    return " " + words.format(labels=_labels(content, unsure))


def _labels(content: Content, ids: tuple[str, ...]) -> str:
    """At most four by name: the list of questions shows the rest."""
    named = ", ".join(content.items[id].label.lower() for id in ids[:4])
    if len(ids) <= 4:
        return named
    return HeadlineWords().and_more(named, len(ids) - 4)


def number_words(count: int) -> str:
    """Up to twelve in words; a language without them in its file keeps the digits."""
    words = translate("Headline", "no one two three four five six seven eight nine ten eleven twelve").split()
    return words[count] if count < len(words) else str(count)


def screen_words(assessment: Assessment) -> str:
    screen = assessment.safety_screen
    words = translate("Headline", "Safety screen {asked} of {of}").format(asked=screen.asked, of=screen.of)
    if not screen.unsure:
        return words
    return f"{words}, {HeadlineWords().unsure(len(screen.unsure))}"


def cauda_equina_words(content: Content, assessment: Assessment) -> str:
    known = [group for group in CAUDA_EQUINA if all(id in content.items for id in group)]
    asked = sum(all(id in assessment.answers for id in group) for group in known)
    return translate("Headline", "Cauda equina {asked} of {of} asked").format(asked=asked, of=len(known))
