"""Strings that break programs, all the way: pasted into the forms of the window, they come back literally from the
store, on the screen, on paper, in the Word file, as text and from the export; or are refused beside their field."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import docx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget

from db.store import Store
from desktop.clinical.content import Content
from desktop.paper.reading import pdf_text
from desktop.paper.record_text import record_text
from desktop.record.clinic import Clinic
from desktop.record.encounter import Patient
from desktop.record.notes import LONGEST
from desktop.record.review import ADDED
from desktop.ui.directory_page import DirectoryPage
from desktop.ui.flag_decision_card import FlagDecisionCard
from desktop.ui.patient_form import PatientForm
from desktop.ui.patient_page import PatientPage
from desktop.ui.phrases_page import PhrasesPage
from desktop.ui.plan_decision_row import PlanDecisionRow
from desktop.ui.window import Window

from ..hostile import HOSTILE
from .every_field import one_of, settle

SHORT = ["<img src=file:///etc/passwd>"]
TEXTS = [*SHORT, *(pytest.param(text, marks=pytest.mark.heavy) for text in HOSTILE if text not in SHORT)]
LINES = ("family", "given", "title", "hospital_number", "other_number", "telephone", "address")
FLAGGED = {"cancer_history": True, "limb_weakness": "new", "fever_or_unwell": True}


def paste(field: QLineEdit | QPlainTextEdit, text: str, *, enter: bool = True) -> None:
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    field.selectAll()
    QApplication.clipboard().setText(text)
    field.paste()
    if enter:
        QTest.keyClick(field, Qt.Key.Key_Escape if isinstance(field, QPlainTextEdit) else Qt.Key.Key_Return)
    settle()


def squeezed(text: str) -> str:
    """Where a line is broken, and how it is spaced, is the paper's own affair."""
    return re.sub(r"\s", "", text)


def words(widget: QWidget) -> str:
    return squeezed(" ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)))


def is_drawn(text: str) -> bool:
    """What paper and screen have a letter for; and what is so long is cut where it is shown, never in the store."""
    return text.isascii() and text.isprintable() and bool(text.strip()) and len(text) < 100


def same(got: str, text: str, most: int = 10**6) -> bool:
    """As it was pasted, but for what stands round it and how a line ends."""
    return got.replace("\r\n", "\n").strip() == text[:most].replace("\r\n", "\n").strip()


@pytest.mark.timeout(0)
@pytest.mark.parametrize("text", TEXTS, ids=lambda text: repr(text)[:20])
def test_the_whole_way(window: Window, store: Store, clinic: Clinic, content: Content, text: str) -> None:
    uid = a_patient(window, clinic, text)
    written = a_consultation(window, uid, text)
    signed = reviewed_and_signed(window, store, text)
    if text.strip():
        assert store.answers_of(signed)["treatments_tried"].value == written
    papers(window, clinic, signed, text)
    export(clinic, content, uid, text)
    practice(window, text)
    assert store.verify() is None


def a_patient(window: Window, clinic: Clinic, text: str) -> str:
    """The one that could be saved with it; else the one of the fixture, and nothing was added."""
    before = len(clinic.patients(""))
    window.desk.edit_patient()
    form = one_of(window, PatientForm)
    for name in LINES:
        paste(form.fields[name].field, text, enter=False)
    paste(form.fields["born"].field, "12/03/1965", enter=False)
    for _ in range(2):  # the second says that it is somebody else than one of a similar name
        if form.isVisible():
            form.save_button.click()
            settle()
    if form.isVisible():
        assert any(field.field.invalid for field in form.fields.values())
        assert len(clinic.patients("")) == before
        form.cancel.click()
        return clinic.patients("Walker")[0].uid
    patient = one_of(window, PatientPage).patient
    assert_details(patient, text)
    if is_drawn(text):
        assert squeezed(text).upper() in words(one_of(window, PatientPage)).upper()
    assert patient.uid in [one.uid for one in clinic.patients(text)] or not re.search(r"\w", text)
    return str(patient.uid)


def assert_details(patient: Patient, text: str) -> None:
    for name in ("family", "given", "title", "telephone"):
        assert same(getattr(patient, name), text), name
    assert same(patient.address, text.replace(", ", "\n"))
    assert all(same(number, text) for number in patient.identifiers.values())


def a_consultation(window: Window, uid: str, text: str) -> object:
    window.begin(uid)
    assert window.model is not None
    panel: Any = window.consultation
    paste(panel.questions.page.note.field, text)
    notes = window.clinic.look_at(window.model.consultation.encounter.uid).writing.notes
    fits = text.strip() and len(text) <= LONGEST
    assert [*notes.values()] == ([text.replace("\r\n", "\n")] if fits else [])
    for item, answer in FLAGGED.items():
        window.model.answer(item, answer)
    panel.go_to("treatments_tried")
    settle()
    fields = [field for field in window.findChildren(QPlainTextEdit) if field.isVisible()]
    paste(next(field for field in fields if field.accessibleName() == label(window)), text)
    if not fits:
        window.model.answer("treatments_tried", "rest")
    return window.model.assessment.answers["treatments_tried"]


def label(window: Window) -> str:
    return window.clinic.content.items["treatments_tried"].label


def reviewed_and_signed(window: Window, store: Store, text: str) -> str:
    assert window.model is not None
    uid = window.model.consultation.encounter.uid
    window.desk.open_review()
    panel: Any = window.rooms.panel("review")
    paste(panel.impression.field, text)
    if text.strip():
        assert same(store.answers_of(uid)["clinical_impression"].value, text, panel.impression.field.maxLength())
    *others, last = window.findChildren(FlagDecisionCard)
    assert others
    last.open_override()
    last.reasons.choose("other")
    paste(last.reasons.words, text)
    for card in others + ([] if text.strip() else [last]):
        card._accept()
    row = next(row for row in window.findChildren(PlanDecisionRow) if row.isVisible())
    row.open_edit()
    for field in (row.who, row.wording):
        paste(field, text)
    paste(panel.plan.add, text)
    plan = panel.review.decisions.plan
    if text.strip():
        assert any(same(line.what, text, 400) for line in plan if line.id.startswith(ADDED))
        assert any(same(line.who, text, 400) for line in plan)
        assert any(same(flag.text, text, 400) for flag in panel.review.decisions.flags)
    window.desk.sign()
    settle()
    assert store.encounter(uid).state == "signed", words(window.errors)
    if is_drawn(text):
        assert squeezed(text) in words(window.rooms.panel("encounter"))
    return str(uid)


def papers(window: Window, clinic: Clinic, signed: str, text: str) -> None:
    window.desk.open_documents(signed)
    desk: Any = window.rooms.panel("signed-documents").desk  # type: ignore[attr-defined]
    told = {document.id: in_words(document.kind, desk.made(document.id)) for document in desk.documents}
    files = {document.id: in_words("docx", document.word()) for document in desk.documents if document.word is not None}
    assert files
    if is_drawn(text):
        for found in (told["summary"], *files.values(), *(one for id, one in told.items() if id.startswith("letter"))):
            assert squeezed(text).upper() in squeezed(found).upper()


def in_words(kind: str, data: bytes) -> str:
    if kind == "pdf":
        return pdf_text(data)
    if kind == "docx":
        file = docx.Document(io.BytesIO(data))
        cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
        heads = [part.text for one in file.sections for part in (*one.header.paragraphs, *one.footer.paragraphs)]
        return "\n".join([*(one.text for one in file.paragraphs), *cells, *heads])
    return data.decode()


def export(clinic: Clinic, content: Content, uid: str, text: str) -> None:
    held = clinic.access.holdings(uid)
    if not text.strip() or len(text) > LONGEST:
        return
    assert squeezed(text) in squeezed(record_text(content, held.tables, held.trail, "now"))
    cells = [cell for row in csv.reader(io.StringIO(held.answers_csv(), newline="")) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    answers = [row["value"] for row in held.tables["answers"] if row["item"] == "treatments_tried"]
    assert {answers[-1], f"'{answers[-1]}"} & set(cells)


def practice(window: Window, text: str) -> None:
    """What the practice writes for itself: taken literally, or refused beside its field with nothing written."""
    window.show_settings("directory")
    page = one_of(window, DirectoryPage)
    before = len(page.directory.services())
    page.edit("new")
    for name in ("name", "hours", "how"):
        paste(page.form.fields[name], text, enter=False)
    page.form.save_button.click()
    added = [one for one in page.directory.services() if one.own]
    one_line = squeezed(text[:400])  # a line is a line: what was on several is on one
    assert all(squeezed(one.name) == squeezed(one.how) == one_line for one in added)
    assert added or len(page.directory.services()) == before
    window.show_settings("phrases")
    phrases = one_of(window, PhrasesPage)
    phrases.edit(None)
    phrases.form.short.setText("odd")
    paste(phrases.form.text, text, enter=False)
    phrases.form.save_button.click()
    kept = [one.text for one in window.clinic.phrases.all()]
    assert kept in ([], [text.replace("\r\n", "\n").strip("\n")])
