"""Reading the audit trail: each filter, who may, that looking is told, and that no spreadsheet runs an export."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from db.store import Store
from desktop.record.demonstration import KEY
from desktop.record.encounter import LONDON
from desktop.record.errors import RecordError
from desktop.record.roles import Act, Rights, Role
from desktop.record.tables import harmless
from desktop.record.trail import PAGE, AuditTrail, Filter

from ..prepared import open_store

AT = datetime(2026, 10, 24, 22, 30, tzinfo=UTC)  # 23:30 in London, the evening before the clocks go back
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trail") / "store"
    with open_store(folder, KEY) as store:
        fill(store)
    return folder


@pytest.fixture
def filled(made_once: Path, tmp_path: Path) -> Iterator[Store]:
    with open_store(Path(shutil.copytree(made_once, tmp_path / "copy")), KEY) as store:
        yield store


def fill(store: Store) -> None:
    for number, name in enumerate(("Larkspur", "Walker"), 1):
        who, at = f"dr.{name.lower()}", AT + number * DAY
        store.patients.add(f"p{number}", family=name, given="M", born=date(1965, 3, 12), at=at, who=who)
        store.begin_encounter(f"e{number}", patient_uid=f"p{number}", at=at, clinician=who, rule_set="1")
        store.save_answer(f"e{number}", "injury", True, who=who, at=at)


def reader(store: Store, *roles: Role) -> AuditTrail:
    rights = Rights("anna", "Anna", frozenset(roles or {Role.ADMINISTRATOR}))
    return AuditTrail(store, rights=rights, clock=lambda: AT + 9 * DAY, zone=LONDON)


FILTERS = [
    (Filter(), [6, 5, 4, 3, 2, 1]),
    (Filter(who="dr.walker"), [6, 5, 4]),
    (Filter(what="answer saved"), [6, 3]),
    (Filter(whom="larkspur"), [3, 2, 1]),
    (Filter(whom="p2"), [6, 5, 4]),
    (Filter(whom="e2"), [6, 5]),
    (Filter(whom="nobody"), []),
    (Filter(whom="'; DROP TABLE trail; --"), []),
    (Filter(since=date(2026, 10, 26)), [6, 5, 4]),
    (Filter(until=date(2026, 10, 25)), [3, 2, 1]),
    (Filter(since=date(2026, 10, 27)), []),
    (Filter(who="dr.walker", what="answer saved", whom="walker"), [6]),
]


@pytest.mark.parametrize(("wanted", "numbers"), FILTERS)
def test_each_filter(filled: Store, wanted: Filter, numbers: list[int]) -> None:
    found = [row.number for row in reader(filled).rows(wanted) if row.who != "anna"]
    assert found == numbers


def test_what_an_entry_is_about_is_said_in_words(filled: Store) -> None:
    filled.trail.append(who="anna", at=AT, what="follow-up changed", which={"act": "made", "followup": "1"})
    assert reader(filled).rows(Filter())[1].which == "made, follow-up 1"


def test_looking_is_told_once_and_without_the_name(filled: Store) -> None:
    trail = reader(filled)
    trail.rows(Filter(whom="Larkspur"))
    trail.rows(Filter(whom="Larkspur"), before=3)
    told = list(filled.trail.entries())[6:]
    assert [entry.what for entry in told] == ["audit trail read"]
    assert "arkspur" not in str(told)
    assert '"one patient": "yes"' in told[0].which
    assert filled.verify() is None


def test_page_by_page(filled: Store) -> None:
    with filled.all_or_nothing():
        for _ in range(PAGE):
            filled.trail.append(who="anna", at=AT, what="summary printed")
    trail = reader(filled)
    first = trail.rows(Filter())
    assert len(first) == PAGE
    assert [row.number for row in trail.rows(Filter(), before=first[-1].number)] == [7, 6, 5, 4, 3, 2, 1]


@pytest.mark.parametrize("role", [Role.NURSE, Role.RECEPTIONIST])
def test_who_may_not_read_it_reads_nothing(filled: Store, role: Role) -> None:
    trail, before = reader(filled, role), filled.trail.head()
    for read in (lambda: trail.rows(Filter()), lambda: trail.csv(Filter()), trail.choices):
        with pytest.raises(RecordError, match="may not read the audit trail"):
            read()
    assert filled.trail.head() == before
    assert not trail._rights.may(Act.AUDIT)


def test_the_export_is_whole_and_in_itself(filled: Store) -> None:
    text = reader(filled).csv(Filter())
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[0] for row in rows] == ["number", "7", "6", "5", "4", "3", "2", "1"]
    assert rows[1][4] == "audit trail exported"


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1", "=cmd|' /C calc'!A0", "|x", "%x", '=HYPERLINK("x")']


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_is_text_in_the_export(filled: Store, formula: str) -> None:
    filled.trail.append(who=formula, at=AT, what=formula, why=formula, which={"x": formula})
    rows = list(csv.reader(io.StringIO(reader(filled).csv(Filter(who=formula)), newline="")))
    assert [rows[1][column] for column in (3, 4, 8)] == [f"'{formula}"] * 3
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)


@pytest.mark.parametrize("plain", ["anna", "", "1234", "Ünlü", "a=b", "2026-10-24"])
def test_plain_words_stay_as_they_are(plain: str) -> None:
    assert harmless(plain) == plain
