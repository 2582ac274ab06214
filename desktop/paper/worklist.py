"""The worklist of the morning meeting: what is overdue and what falls due, with a line to write on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from desktop.clinical.dates import SPACE, date_words, time_words
from desktop.paper.listing import Listing, Table, listing_pdf
from desktop.paper.paragraph import Span, strong
from desktop.record.encounter import Patient

HEADS = ("By", "Patient", "What must happen", "Who", "Done, by whom")
WIDTHS = (38, 45, 46, 26, 19)
TITLES = {
    "overdue": "Overdue",
    "today": "Today",
    "this week": "Next 7 days",
    "later": "Later",
    "waiting": "Waiting for something else",
}


@dataclass(frozen=True)
class ToDo:
    """One follow-up as the meeting needs it; `group` is where the board has it, `urgency` that of its flag."""

    group: str
    due: datetime | None
    waits_for: str
    patient: Patient
    what: str
    owner: str
    urgency: str = "none"


def worklist(
    found: Iterable[ToDo], *, practice: str, at: datetime, zone: ZoneInfo, demo: bool = False, audit: str = ""
) -> bytes:
    """Of what is open. A group with nothing in it says so: its absence would say nothing."""
    held = list(found)
    tables = [_table(title, [one for one in held if one.group == group], zone) for group, title in TITLES.items()]
    counts = f"{sum(one.group == 'overdue' for one in held)} overdue, {len(held)} open"
    about = " · ".join(part for part in (practice, f"made {time_words(at, zone)}", counts) if part)
    return listing_pdf(Listing("Follow-up worklist", about, tables, demo, audit))


def _table(title: str, found: Sequence[ToDo], zone: ZoneInfo) -> Table:
    rows = [(_by(one, zone), _whom(one), one.what, one.owner, "") for one in found]
    return Table(f"{title}: {len(found)}", HEADS, rows, WIDTHS, "None.")


def _by(one: ToDo, zone: ZoneInfo) -> list[Span]:
    """With the urgency by which what is late is sorted."""
    by = time_words(one.due, zone) if one.due else one.waits_for or "no date"
    urgency = one.urgency.replace("-", SPACE)
    return [Span(by), *([strong(f" {urgency}")] if urgency != "none" else [])]


def _whom(one: ToDo) -> list[Span]:
    patient = one.patient
    born = f"born {date_words(patient.born)}" if patient.born else "birth date not known"
    number = f", NHS{SPACE}{patient.nhs_number_spaced.replace(' ', SPACE)}" if patient.nhs_number else ""
    reach = f", tel. {patient.telephone}" if patient.telephone else ""
    return [strong(patient.name), Span(f", {born}{number}{reach}")]
