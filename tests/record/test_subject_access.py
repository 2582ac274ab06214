"""Export of all that is held, being taken out, and the list of those whose time is over."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from db.errors import NotAllowed
from db.store import Store
from desktop.cli import main
from desktop.paper.reading import pdf_text
from desktop.paper.record_pdf import record_pdf
from desktop.paper.record_text import record_text
from desktop.record.demonstration import KEY
from desktop.record.roles import Rights, Role
from desktop.record.subject_access import SubjectAccess
from desktop.record.tables import harmless

from ..prepared import open_store, shipped_content

AT = datetime(2026, 11, 23, 10, 40, tzinfo=UTC)
NOTE = "=HYPERLINK(1)\n<b>bold</b>"


@pytest.fixture
def store(tmp_path: Path):  # type: ignore[no-untyped-def]
    with open_store(tmp_path / "demonstration", KEY) as store:
        patient(store, "p1", "Larkspur", date(1965, 3, 12), AT)
        yield store


def patient(store: Store, uid: str, family: str, born: date, at: datetime) -> None:
    store.patients.add(uid, family=family, given="M", born=born, at=at)
    store.begin_encounter(f"{uid}-1", patient_uid=uid, at=at, clinician="Dr One", rule_set="1")
    store.save_answer(f"{uid}-1", "injury", True, who="Dr One", at=at)
    store.save_answer(f"{uid}-1", "notes", NOTE, who="Dr One", at=at)


def access(store: Store, role: Role = Role.CLINICIAN) -> SubjectAccess:
    return SubjectAccess(store, rights=Rights("anna", "Anna", frozenset({role})), clock=lambda: AT)


def test_everything_is_in_all_three_forms_word_for_word(store: Store) -> None:
    patient(store, "p2", "Teasel", date(1980, 1, 1), AT)
    held = access(store).holdings("p1")
    told = json.loads(held.as_json())
    assert told["tables"]["patients"][0]["family"] == "Larkspur"
    assert [row["value"] for row in told["tables"]["answers"]] == ["true", json.dumps(NOTE)]
    assert [row["what"] for row in told["audit_trail"]][-1] == "patient exported"
    assert "Teasel" not in held.as_json()
    text = record_text(shipped_content(), held.tables, held.trail, "now")
    assert "Larkspur" in text
    assert shipped_content().items["injury"].ask in text
    assert NOTE.replace("\n", "\n      ") in text
    rows = list(csv.reader(io.StringIO(held.answers_csv())))
    assert rows[2][1:3] == ["notes", "'" + json.dumps(NOTE)]


def test_what_was_chosen_is_told_in_its_words(store: Store) -> None:
    """Not by the name that the rules know it by; what this checklist does not know is given as it is held."""
    for item, value in (("night_pain", "forces_up"), ("pain_course", "gone_since"), ("no_item", ["a", "b"])):
        store.save_answer("p1-1", item, value, who="Dr One", at=AT)
    held = access(store).holdings("p1")
    text = record_text(shipped_content(), held.tables, held.trail, "now")
    assert "    forces up\n" in text
    assert "forces_up" not in text
    assert '    "gone_since"\n' in text
    assert '    ["a", "b"]\n' in text


def test_it_can_be_read_on_pages(store: Store) -> None:
    """Tagged, with all that was said; what is too long for a page goes on on the next."""
    store.save_answer("p1-1", "patient_concern", "word " * 2000, who="Dr One", at=AT)
    store.save_answer("p1-1", "saddle_numbness", {"unsure": True}, who="Dr One", at=AT)
    store.save_answer("p1-1", "gone_since", {"unsure": True}, who="Dr One", at=AT)
    told = " ".join(pdf_text(record_pdf(shipped_content(), access(store).holdings("p1"))).split())
    assert shipped_content().items["injury"].ask in told
    for words in (
        "Larkspur",
        "=HYPERLINK(1) <b>bold</b>",
        "Dr One",
        "patient exported",
        "1965-03-12",
        "unsure",
        '{"unsure": true}',
    ):
        assert words in told
    assert told.count("word") == 2000
    assert f"audit {store.trail.head()}" in told


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\t=1", '"=1"'])
def test_no_cell_is_taken_for_a_formula(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert harmless("plain - text") == "plain - text"


def test_who_may(store: Store) -> None:
    with pytest.raises(NotAllowed):
        access(store, Role.RECEPTIONIST).erase("p1", "request")
    with pytest.raises(NotAllowed):
        access(store, Role.ADMINISTRATOR).holdings("p1")


DUE = {
    "nine years unseen": (date(1950, 1, 1), 2017, True),
    "eight years less a day": (date(1950, 1, 1), 2019, False),
    "a child of then, 25 by now": (date(2000, 1, 1), 2017, True),
    "a child of then, not 25 yet": (date(2002, 1, 1), 2017, False),
}


@pytest.mark.parametrize(("born", "year", "due"), DUE.values(), ids=DUE)
def test_whose_record_is_due_to_be_looked_at(store: Store, born: date, year: int, due: bool) -> None:
    patient(store, "p9", "Oldman", born, datetime(year, 6, 1, tzinfo=UTC))
    assert [one.patient_uid for one in access(store).due_for_review()] == (["p9"] if due else [])


def test_on_the_terminal(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.close()
    monkeypatch.setenv("BACKSTOP_STORE", str(tmp_path))

    def run(*arguments: str):  # type: ignore[no-untyped-def]
        return CliRunner().invoke(main, ["--demo", "store", *arguments])

    assert run("backup").exit_code == 0
    assert run("export", "lark", str(tmp_path / "out")).exit_code == 0
    files = {"record.json", "record.txt", "record.pdf", "answers.csv"}
    assert {path.name for path in (tmp_path / "out").iterdir()} == files
    assert "DEMO" in pdf_text((tmp_path / "out" / "record.pdf").read_bytes())
    assert run("export", "nobody", str(tmp_path / "out")).exit_code == 2
    assert run("due").exit_code == 0
    done = run("erase", "lark", "--reason", "request", "--yes")
    assert done.exit_code == 0, done.stderr
    assert "Taken out: 1 encounters" in done.stdout
    assert "Still in the backup" in done.stdout
    assert run("erase", "lark", "--reason", "request", "--yes").exit_code == 2
    assert run("verify").exit_code == 0
