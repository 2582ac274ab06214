"""Everything that is held about one patient as text that a person can read, from the rows themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any, Protocol

from desktop.clinical.answer import AnswerError, read_answer
from desktop.clinical.content import Content
from desktop.clinical.words import answer_words
from desktop.record.decisions import NOTE

Rows = Mapping[str, list[dict[str, Any]]]
LEFT_OUT = {"id", "patient_id", "encounter_id", "followup_id", "answers", "merged_into"}
FIRST = ("patients", "encounters", "answers", "versions", "followups")


class Held(Protocol):
    """Every row about one patient, as desktop.record.subject_access gives it."""

    @property
    def tables(self) -> dict[str, list[dict[str, Any]]]: ...
    @property
    def trail(self) -> tuple[dict[str, Any], ...]: ...
    @property
    def at(self) -> datetime: ...
    @property
    def head(self) -> str: ...
    def as_json(self) -> str: ...
    def answers_csv(self) -> str: ...
    def documents(self) -> dict[str, bytes]: ...


def record_files(content: Content, held: Held, *, demo: bool = False) -> dict[str, bytes]:
    """For a computer, for a person twice, for a spreadsheet, and the papers themselves. Nothing of it is encrypted."""
    from desktop.paper.record_pdf import record_pdf

    text = record_text(content, held.tables, held.trail, held.at.isoformat(timespec="seconds"))
    texts = {"record.json": held.as_json(), "record.txt": text, "answers.csv": held.answers_csv()}
    files = {name: words.encode(errors="surrogatepass") for name, words in texts.items()}
    return {"record.pdf": record_pdf(content, held, demo=demo)} | files | held.documents()


def record_text(content: Content, tables: Rows, trail: tuple[dict[str, Any], ...], made_at: str) -> str:
    """Nothing is left out that a table holds; what is written in it is given word for word."""
    return "\n".join(_lines(content, tables, trail, made_at)) + "\n"


def _lines(content: Content, tables: Rows, trail: tuple[dict[str, Any], ...], made_at: str) -> Iterator[str]:
    yield "ALL THAT BACKSTOP HOLDS ABOUT ONE PATIENT"
    yield f"Made at {made_at}. Times are in UTC."
    for table in kinds_in(tables):
        yield ""
        yield table.replace("_", " ").upper()
        for row in tables[table]:
            yield ""
            yield from _row(content, table, row)
    yield ""
    yield "WHAT WAS DONE WITH THE RECORD (the audit trail: who, when, what)"
    for entry in trail:
        yield f"  {entry['at'][:19]}  {entry['who'] or 'nobody'}: {entry['what']}"


def _row(content: Content, table: str, row: dict[str, Any]) -> Iterator[str]:
    if table == "answers":
        yield f"  {question_of(content, row['item'])}"
        yield f"    {_indented(said(content, row))}"
        yield f"    said by the {row['said_by']}, written by {row['who']} at {row['at'][:19]}"
        return
    for name, value in cells_of(row):
        yield f"  {name}: {_indented(value)}"


def kinds_in(tables: Rows) -> list[str]:
    """In the order of reading."""
    return [table for table in (*FIRST, *sorted(set(tables) - set(FIRST))) if tables.get(table)]


def cells_of(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What a person can make something of, each with its name."""
    for column, value in row.items():
        if column not in LEFT_OUT and value not in (None, "", "{}") and not isinstance(value, bytes):
            yield column.replace("_", " "), str(value)


def question_of(content: Content, item: str) -> str:
    """An item of an earlier checklist is named by its id."""
    if item.startswith(NOTE):
        section = item.removeprefix(NOTE)
        return f"Note: {next((one.title for one in content.sections if one.id == section), section)}"
    return content.items[item].ask if item in content.items else item


def said(content: Content, row: dict[str, Any]) -> str:
    """Text word for word; what was chosen by its words, unless this checklist doesn't know it any more."""
    if row["value"] is None:
        return "back to not asked"
    read, item = json.loads(row["value"]), content.items.get(row["item"])
    if isinstance(read, bool):
        return "yes" if read else "no"
    if isinstance(read, str) and (item is None or item.kind != "choice"):
        return read
    with suppress(AnswerError):
        if item is not None:
            return answer_words(item, read_answer(item, read, date.max))
    return json.dumps(read, ensure_ascii=False)


def _indented(text: str) -> str:
    return text.replace("\n", "\n      ")
