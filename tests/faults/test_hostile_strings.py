"""Forty strings that break programs, in every text field of the store: they come back literally, from the store, its
backup, the export and the paper."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from db.backup import FILE, FOLDER, make_backup
from db.store import Store
from desktop.clinical.content import load
from desktop.paper.record_text import record_text
from desktop.record.demonstration import KEY
from desktop.record.roles import Rights
from desktop.record.subject_access import SubjectAccess

from ..hostile import HOSTILE

AT = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
FIELDS = {
    "patients": ("family", "given", "title", "telephone", "address"),
    "encounters": ("clinician", "rule_set"),
    "answers": ("item", "value", "who"),
    "versions": ("assessment", "who", "why"),
}


def fill(store: Store, number: int, text: str) -> None:
    uid = f"{number}"
    names = {"family": text, "given": text, "title": text, "telephone": text, "address": text}
    store.patients.add(uid, born=date(1965, 3, 12), at=AT, who=text, **names)  # type: ignore[arg-type]
    store.begin_encounter(uid, patient_uid=uid, at=AT, clinician=text, rule_set=text)
    store.save_answer(uid, text, text, who=text, at=AT)
    store.sign_encounter(uid, who=text, at=AT, assessment_json=json.dumps(text))
    if text.strip():
        store.amend(uid, reason=text, changes={text: text}, who=text, at=AT, assessment_json=json.dumps(text))


def wrong(store: Store) -> list[tuple[int, str]]:
    found = []
    for number, text in enumerate(HOSTILE):
        held = store.custody.holdings(str(number))
        for table, columns in FIELDS.items():
            for row, column in [(row, column) for row in held[table] for column in columns]:
                expected = {text, json.dumps(text), ""} if column == "why" else {text, json.dumps(text)}
                if row[column] not in expected:
                    found.append((number, f"{table}.{column}"))
    return found


def test_there_are_forty() -> None:
    assert len(set(HOSTILE)) == 40


def test_they_come_back_literally(tmp_path: Path) -> None:
    content = load()
    with Store.open(tmp_path / "store", KEY) as store:
        with store.all_or_nothing():
            for number, text in enumerate(HOSTILE):
                fill(store, number, text)
        assert wrong(store) == []
        assert store.verify() is None
        found = {row.uid for text in HOSTILE if text.strip() for row in store.patients.find(text, limit=100)}
        assert found >= {str(number) for number, text in enumerate(HOSTILE) if re.search(r"\w", text)}
        backup = make_backup(tmp_path / "store", store.keys, tmp_path / "store" / FOLDER, at=AT, why="asked for")
        access = SubjectAccess(store, rights=Rights.of_demonstration("Dr One"), clock=lambda: AT)
        for number, text in enumerate(HOSTILE):
            held = access.holdings(str(number))
            assert json.loads(held.as_json())["tables"]["patients"][0]["family"] == text
            assert text.replace("\n", "\n      ") in record_text(content, held.tables, held.trail, "now")
            cells = [cell for row in csv.reader(io.StringIO(held.answers_csv(), newline="")) for cell in row]
            assert json.dumps(text) in cells or f"'{json.dumps(text)}" in cells
            assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    (tmp_path / "copy").mkdir()
    shutil.copy(backup.folder / FILE, tmp_path / "copy" / FILE)
    with Store.open(tmp_path / "copy", KEY) as copy:
        assert wrong(copy) == []


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is missing")
def test_on_paper_they_are_text_and_nothing_else(tmp_path: Path) -> None:
    """What has no glyph may be shown as missing; what looks like markup stands there as it was typed."""
    from desktop.clinical.assessment import assess
    from desktop.clinical.checklist import Person
    from desktop.paper.basis import Basis
    from desktop.paper.summary import summary
    from desktop.record.encounter import LONDON, Patient

    content = load()
    written = [text for text in HOSTILE if text.strip() and text.isascii() and text.isprintable() and len(text) < 100]
    for text in written:
        patient = Patient("p", text, "M", date(1965, 3, 12), title="")
        file = tmp_path / "summary.pdf"
        assessment = assess(content, Person(61, None), {"treatments_tried": text}, AT)
        file.write_bytes(summary(Basis(content, assessment, LONDON, patient=patient)))
        told = subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, text=True, check=True).stdout
        assert squeezed(text).upper() in squeezed(told).upper(), text
    assert len(written) > 20


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)
