"""Follow-ups in words: how late, by when, where on the board, and each step that was taken."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from desktop.clinical.dates import DAYS, HYPHEN, MONTHS, SPACE, time_words
from desktop.record.board import FollowUp, StoredStep
from desktop.record.encounter import Patient
from desktop.ui.translation import Words, translate


class FollowUpWords(Words):
    def days_late(self, n: int) -> str:
        return self.tr("%n day(s)", "", n)


def group_words(group: str) -> str:
    return {
        "overdue": translate("FollowUp", "Overdue"),
        "today": translate("FollowUp", "Today"),
        "this week": translate("FollowUp", "Next 7 days"),
        "later": translate("FollowUp", "Later"),
        "waiting": translate("FollowUp", "Waiting for something else"),
        "done": translate("FollowUp", "Done"),
        "cancelled": translate("FollowUp", "Cancelled"),
    }[group]


def kind_words(kind: str) -> str:
    """A kind that this program does not know yet keeps its own word."""
    return {
        "imaging": translate("FollowUp", "Imaging"),
        "bloods": translate("FollowUp", "Bloods"),
        "referral": translate("FollowUp", "Referral or call"),
        "immediate": translate("FollowUp", "At once"),
        "own": translate("FollowUp", "Added by the clinician"),
        "telling": translate("FollowUp", "Tell the patient"),
        "looking": translate("FollowUp", "Look at"),
    }.get(kind, kind)


def late_words(late: timedelta) -> str:
    """`1 day 3 h`, `2 h`, `35 min`: the two biggest parts are enough to act on."""
    minutes = int(late.total_seconds() // 60)
    days, hours = divmod(minutes // 60, 24)
    if days:
        rest = f"{SPACE}{hours}{SPACE}h" if hours and days < 7 else ""
        return FollowUpWords().days_late(days).replace(" ", SPACE) + rest
    return f"{hours}{SPACE}h" if hours else f"{minutes}{SPACE}min"


def by_words(one: FollowUp, zone: ZoneInfo) -> str:
    """For the first column: how late, the hour today, else the day; the hour too where it is soon."""
    stored = one.stored
    if stored.state != "open":
        return short_day(stored.changed_at.astimezone(zone))
    if one.late is not None:
        return translate("FollowUp", "{time} late").format(time=late_words(one.late)).replace(" ", SPACE)
    if stored.due is None:
        return translate("FollowUp", "no date")
    here = stored.due.astimezone(zone)
    if one.group == "today":
        return f"{here:%H:%M}"
    day = f"{DAYS[here.weekday()]}{SPACE}{short_day(here)}"
    return f"{day}{SPACE}{here:%H:%M}" if one.group == "this week" else day


def short_day(day: datetime) -> str:
    """`23-Nov`; the year stands in the panel."""
    return f"{day.day:02}{HYPHEN}{MONTHS[day.month - 1]}"


def due_sentence(one: FollowUp, zone: ZoneInfo) -> str:
    stored = one.stored
    if stored.due is None:
        waits = stored.waits_for
        return (
            translate("FollowUp", "No date yet: {waits}").format(waits=waits)
            if waits
            else translate("FollowUp", "No date was set.")
        )
    due = translate("FollowUp", "Due {moment}").format(moment=time_words(stored.due, zone))
    if stored.latest is None or stored.latest == stored.due:
        return due
    limit = translate("FollowUp", "the limit itself is {moment}").format(moment=time_words(stored.latest, zone))
    return f"{due}; {limit}"


def step_words(step: StoredStep, zone: ZoneInfo) -> str:
    """One line: when, what, and what was said of it."""
    told = step.told
    act = _act_words(step.act)
    parts = [str(part) for part in (told.get("words"), told.get("text"), told.get("why")) if part]
    said = ": ".join(part for part in parts if part.casefold() != act)
    before = told.get("before", "")
    if step.act == "moved" and before:
        moved = datetime.fromisoformat(before)
        said = translate("FollowUp", "it was {moment}").format(moment=time_words(moved, zone)) + (
            f"; {said}" if said else ""
        )
    elif step.act == "handed over" and before:
        said = translate("FollowUp", "it was {name}").format(name=before)
    line = f"{time_words(step.at, zone)} · {act}"
    return f"{line}: {said}" if said else line


def _act_words(act: str) -> str:
    return {
        "made": translate("FollowUp", "put on the board"),
        "amended": translate("FollowUp", "changed with an amendment"),
        "done": translate("FollowUp", "done"),
        "cancelled": translate("FollowUp", "cancelled"),
        "reopened": translate("FollowUp", "opened again"),
        "moved": translate("FollowUp", "given another date"),
        "handed over": translate("FollowUp", "handed over"),
    }.get(act, act)


def family_words(patient: Patient) -> str:
    return patient.family.upper() or patient.name
