"""Everything that is held about one patient as pages that a person can read: a table for each kind of row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from desktop.clinical.content import Content
from desktop.clinical.dates import date_words
from desktop.paper.listing import Listing, Table, listing_pdf
from desktop.paper.record_text import cells_of, kinds_in, question_of, said

if TYPE_CHECKING:
    from desktop.paper.record_text import Held

TITLE = "All that Backstop holds about one patient"
LONGEST = 1500  # of a cell: a longer text goes on in the row below, so that it can go on on the next page
FOR_A_COMPUTER = 400


def record_pdf(content: Content, held: Held, *, demo: bool = False) -> bytes:
    made = f"made {date_words(held.at)} {held.at:%H:%M} UTC; times are in UTC"
    return listing_pdf(Listing(TITLE, made, [*_tables(content, held)], demo, held.head))


def _tables(content: Content, held: Held) -> Iterator[Table]:
    for kind in kinds_in(held.tables):
        rows, title = held.tables[kind], kind.replace("_", " ").capitalize()
        if kind == "answers":
            head = ("Question", "Answer", "Said by, written by, when")
            told = [line for row in rows for line in _answer(content, row)]
            yield Table(f"{title}: {len(rows)}", head, told, (74, 58, 42), "None.")
            continue
        for number, row in enumerate(rows, start=1):
            pairs = [line for name, value in cells_of(row) for line in _cut(name, _readable(value))]
            yield Table(f"{title}: {number} of {len(rows)}", ("Field", "What is held"), pairs, (40, 134), "Nothing.")
    done = [(entry["at"][:19], entry["who"] or "nobody", entry["what"]) for entry in held.trail]
    yield Table("What was done with the record", ("When", "Who", "What"), done, (44, 50, 80), "Nothing.")


def _answer(content: Content, row: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    by = f"{row['said_by']}, {row['who']}, {row['at'][:19]}"
    for number, part in enumerate(_parts(said(content, row))):
        yield ("" if number else question_of(content, row["item"]), part, "" if number else by)


def _cut(name: str, value: str) -> Iterator[tuple[str, str]]:
    for number, part in enumerate(_parts(value)):
        yield ("" if number else name, part)


def _parts(text: str) -> list[str]:
    return [text[start : start + LONGEST] for start in range(0, len(text), LONGEST)] or [""]


def _readable(value: str) -> str:
    """An assessment as a computer keeps it is no reading; it stands whole in the file beside this one."""
    if value[:1] in ("{", "[") and len(value) > FOR_A_COMPUTER:
        return f"{len(value):,} characters for a computer, whole in record.json and record.txt"
    return value
