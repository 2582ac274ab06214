"""The directory as a table: read from what a spreadsheet writes in any of its ways, written so that none runs it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from desktop.clinical.dates import date_in
from desktop.record.directory import Directory, Service
from desktop.record.practice import ContactEntry, contact_mistakes, tidied
from desktop.record.tables import table_csv
from desktop.record.words import say

COLUMNS = {
    "name": ("service", "name", "contact", "department"),
    "telephone": ("telephone", "phone", "tel", "number", "telephone number", "phone number"),
    "hours": ("hours", "opening hours", "open", "times"),
    "how": ("how to refer", "how", "referral", "notes", "note"),
    "checked": ("last checked", "checked", "date checked", "verified"),
    "id": ("id",),
}
HEAD = ("id", "service", "telephone", "hours", "how to refer", "last checked")
SEPARATORS = ",;\t|"
BIGGEST, MOST_ROWS = 1_000_000, 1000
RUNS = re.compile(r"^(?:[=@\t\r]|[+-](?![\d\s(]))")
"""What a spreadsheet would run. A plus before digits is a telephone number."""


@dataclass(frozen=True)
class Refused:
    line: int
    why: str


@dataclass(frozen=True)
class Reading:
    """`entries` by id, to be written together or not at all; `refused` names each line that isn't among them."""

    entries: dict[str, ContactEntry] = field(default_factory=dict)
    refused: tuple[Refused, ...] = ()
    new: int = 0


class NotATable(ValueError):
    """The sentence says what it is and what to do; nothing has been read."""


def read_table(data: bytes, directory: Directory) -> Reading:
    """Raises NotATable. Nothing is written: that is for `Directory.save_all`."""
    rows = list(_rows(_text(data)))
    if not rows:
        raise NotATable(say("The file is empty. Save the table as CSV with a line of headings."))
    columns = _columns(rows[0][1])
    if len(rows) > MOST_ROWS:
        why = say(
            "The table has {count} lines; at most {most} are read. Is it the right file?",
            count=f"{len(rows):,}",
            most=f"{MOST_ROWS:,}",
        )
        raise NotATable(why)
    return _Reader(directory, columns).read(rows[1:])


def write_table(services: Sequence[Service]) -> str:
    """With a mark of its encoding, as spreadsheets expect it; what they would run gets an apostrophe."""
    rows = [(one.id, one.name, one.telephone, one.hours, one.how, one.checked) for one in services]
    return "\ufeff" + table_csv([HEAD, *rows])


class _Reader:
    def __init__(self, directory: Directory, columns: dict[str, int]) -> None:
        self._directory, self._columns = directory, columns
        self._entries: dict[str, ContactEntry] = {}
        self._lines: dict[str, int] = {}
        self._refused: list[Refused] = []

    def read(self, rows: Sequence[tuple[int, list[str]]]) -> Reading:
        for line, cells in rows:
            if any(cell.strip() for cell in cells):
                why = self._take(line, cells)
                if why:
                    self._refused.append(Refused(line, why))
        new = sum(id not in self._directory.practice.now.contacts for id in self._entries)
        return Reading(self._entries, tuple(self._refused), new)

    def _take(self, line: int, cells: list[str]) -> str:
        """Why the line can't be taken, or nothing."""
        said = {name: cells[place].strip() for name, place in self._columns.items() if place < len(cells)}
        if any(RUNS.match(cell) for cell in cells):
            return say("A cell begins like a formula (= @ + -). Write it as plain text.")
        said = {name: cell.removeprefix("'") for name, cell in said.items()}
        if not said.get("name") and not said.get("id"):
            return say("There is no name of a service.")
        try:
            checked = self._checked(said.get("checked", ""))
        except ValueError as error:
            return str(error)
        return self._keep(line, said, checked)

    def _keep(self, line: int, said: dict[str, str], checked: str) -> str:
        id = self._directory.named(said.get("id", "")) or self._directory.named(said.get("name", ""))
        known = id is not None
        id = id or Directory.new_id(said.get("name", ""), ())
        if id in self._lines:
            return say("The same service stands in line {line} already.", line=self._lines[id])
        if not known and not said.get("name"):
            return say("There is no service “{id}”; give it a name to add it.", id=said.get("id", ""))
        own = id.startswith("own_")
        entry = tidied(
            ContactEntry(
                telephone=said.get("telephone", ""),
                hours=said.get("hours", ""),
                how=said.get("how", ""),
                checked=checked,
                name=(said.get("name", "") or self._directory.service(id).name) if own else "",
            )
        )
        if mistakes := contact_mistakes(entry):
            return " ".join(mistakes.values())
        self._entries[id], self._lines[id] = entry, line
        return ""

    def _checked(self, text: str) -> str:
        if not text:
            return ""
        found = date_in(re.sub(r"^(\d\d?/\d\d?)/(\d\d)$", r"\1/20\2", text))
        if found is None:
            raise ValueError(say("“{text}” is not a date. Write it as 28-Nov-2026 or 2026-11-28.", text=text[:40]))
        if found > self._directory.today:
            raise ValueError(say("“{text}” is still to come.", text=text[:40]))
        return found.isoformat()


def _text(data: bytes) -> str:
    if len(data) > BIGGEST:
        raise NotATable(say("The file is larger than a directory can be (1 MB). Is it the right file?"))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, "utf-16")
    if data.startswith((b"PK", b"%PDF", b"\xd0\xcf\x11\xe0")) or b"\0" in data:
        raise NotATable(say("This is not a CSV file. In the spreadsheet, choose Save as and CSV (UTF-8)."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decoded(data, "cp1252")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        why = say("The letters of this file can’t be read. Save it as CSV (UTF-8) and try again.")
        raise NotATable(why) from None


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each with the line it ends on."""
    first = text.lstrip("\r\n").split("\n", 1)[0]
    separator = max(SEPARATORS, key=first.count)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in table:
            if cells:
                yield table.line_num, cells
    except csv.Error:
        why = say(
            "Line {line} can’t be read. A quotation mark may be left open, or stand in the middle of a cell.",
            line=table.line_num,
        )
        raise NotATable(why) from None


def _columns(head: Sequence[str]) -> dict[str, int]:
    names = [" ".join(cell.split()).casefold() for cell in head]
    found = {}
    for column, called in COLUMNS.items():
        place = next((names.index(name) for name in called if name in names), None)
        if place is not None:
            found[column] = place
    if not found.keys() & {"name", "id"} or "telephone" not in found:
        why = say(
            "The first line must name the columns, at least “service” and “telephone”. Known: {known}.",
            known=", ".join(HEAD),
        )
        raise NotATable(why)
    return found
