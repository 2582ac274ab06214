"""The plan as lines for the screen: an ambulance, then whom to ask and what by when, then care and advice. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

from msgspec import Struct

from desktop.clinical.dates import due_words
from desktop.clinical.plan import Bloods, Imaging, Plan, Referral
from desktop.clinical.plan_words import telephone_words, within_words
from desktop.clinical.words import upper_first
from desktop.ui.headline import action_words, limit_words
from desktop.ui.translation import translate


class PlanLine(Struct, frozen=True):
    """`limit` is the clock time or the day; `within` the words of the rule, for the colour."""

    icon: str
    what: str
    notes: tuple[str, ...] = ()
    within: str | None = None
    limit: str = ""

    @property
    def words(self) -> str:
        return ". ".join(part for part in (self.what, self.limit, *self.notes) if part)

    @property
    def is_remark(self) -> bool:
        """Nothing to be done by somebody: it is read beside the plan, and becomes no follow-up."""
        return self.icon in ("info", "lock")


Doubt = Callable[[str], str]


def plan_lines(plan: Plan, zone: ZoneInfo, doubt: Doubt = lambda contact: "") -> tuple[PlanLine, ...]:
    """`doubt` says of a contact that its number is old."""
    return tuple(_lines(plan, zone, doubt))


def _lines(plan: Plan, zone: ZoneInfo, doubt: Doubt) -> Iterator[PlanLine]:
    for care in plan.immediate:
        if care.first:
            yield PlanLine("hospital", care.text)
    for referral in plan.referral:
        yield _referral(referral, zone, doubt(referral.contact))
    for imaging in plan.imaging:
        yield _imaging(imaging, zone)
    for care in plan.immediate:
        if not care.first:
            yield PlanLine("hospital", care.text)
    for bloods in plan.bloods:
        yield _bloods(bloods, zone)
    for nothing in plan.nothing:
        yield PlanLine("info", nothing.text)
    for held in plan.withheld:
        what = translate("PlanLines", "Held back: {what}").format(what=f"{held.modality}, {held.region}")
        yield PlanLine("lock", what, (upper_first(held.reason),))
    for net in plan.safety_net:
        yield PlanLine("message-square", net.text)
    for note in plan.notes:
        yield PlanLine("info", note)


def _referral(line: Referral, zone: ZoneInfo, doubt: str) -> PlanLine:
    notes = tuple(note for note in (_reached(line), upper_first(doubt), line.note, line.why) if note)
    icon = "phone" if line.how.startswith(("telephone", "999")) else "arrow-right"
    return PlanLine(icon, action_words(line), notes, line.within, due_words(line.within, line.due, zone))


def _reached(line: Referral) -> str:
    """The number and hours of the directory, and how the service wants to be asked; an empty entry is said."""
    if line.lacks_number:
        return translate("PlanLines", "No number in the directory: Settings, Directory")
    return " · ".join(part for part in (telephone_words(line.telephone), line.hours, line.directions) if part)


def _imaging(line: Imaging, zone: ZoneInfo) -> PlanLine:
    contrast = translate("PlanLines", ", with contrast") if line.contrast and "contrast" not in line.modality else ""
    what = f"{upper_first(line.modality)}, {line.region}{contrast}"
    arranged = translate("PlanLines", "Arranged by: {who}").format(who=line.arranged_by)
    notes = [upper_first(f"{line.purpose}") if line.purpose else "", arranged, line.why]
    otherwise = translate("PlanLines", "If no MRI: {what}")
    notes += [*line.safety, *(otherwise.format(what=one) for one in line.alternatives)]
    if line.timing:
        notes.insert(0, upper_first(within_words(line.within, line.timing)))
    if line.then:
        what = translate("PlanLines", "Then, {when}: {what}").format(when=line.then, what=what)
    return PlanLine("scan-line", what, tuple(filter(None, notes)), line.within, limit_words(line, zone))


def _bloods(line: Bloods, zone: ZoneInfo) -> PlanLine:
    notes = (upper_first(line.timing),) if line.timing else ()
    return PlanLine("test-tube", upper_first(", ".join(line.tests)), notes, line.within, limit_words(line, zone))
