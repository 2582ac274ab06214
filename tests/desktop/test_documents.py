"""The documents room: the page as it will be printed, what it still needs, and each way out of the program."""

from __future__ import annotations

import errno
import json
import re
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.errors import DiskFull
from db.store import Store
from db.trail import Head
from desktop.clinical.languages import english, load_languages
from desktop.record.encounter import Patient
from desktop.record.registry import details_of
from desktop.ui import document_desk, documents_panel
from desktop.ui.documents_panel import DocumentsPanel
from desktop.ui.form_start import form_data
from desktop.ui.library_panel import LibraryPanel
from desktop.ui.page_sheet import PageSheet
from desktop.ui.practice_page import PracticePage
from desktop.ui.printing import GONE, PrintFault, PrintJob
from desktop.ui.review_panel import ReviewPanel
from desktop.ui.window import Window

LETTER = "letter mscc_coordinator"
SIGNED = "signed-documents"
HEAD = re.compile(r"(?:Record|audit)\s(\d+)·([0-9a-f]{8})")


@pytest.fixture
def sent() -> list[tuple[bytes, PrintJob]]:
    return []


@pytest.fixture
def room(
    make_window: Callable[..., Window],
    patient: Patient,
    sent: list[tuple[bytes, PrintJob]],
    monkeypatch: pytest.MonkeyPatch,
) -> DocumentsPanel:
    """Of an encounter with a weak leg after cancer, on a workstation with two printers."""
    monkeypatch.setattr(DocumentsPanel, "find_printers", staticmethod(lambda: ["Office", "Reception"]))
    monkeypatch.setattr(DocumentsPanel, "send", staticmethod(lambda data, job: sent.append((data, job))))
    window = make_window()
    window.begin(patient.uid)
    assert window.model is not None
    window.model.consultation.answer("cancer_history", True)
    window.model.consultation.answer("limb_weakness", "new")
    window.show_room("documents")
    return documents_of(window)


def documents_of(window: Window, room: str = "documents") -> DocumentsPanel:
    panel = window.rooms.panel(room)
    assert isinstance(panel, DocumentsPanel)
    return panel


def open_review(window: Window) -> ReviewPanel:
    window.desk.open_review()
    panel = window.rooms.panel("review")
    assert isinstance(panel, ReviewPanel)
    panel.model.write_impression("")
    return panel


def sign(review: ReviewPanel) -> None:
    for rule in review.cards:
        review.model.accept(rule)
    review.bar.go_on()
    review.bar.go_on()


def press_documents(window: Window) -> None:
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)


def all_words(pdf: bytes) -> str:
    return " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))


def ids(room: DocumentsPanel) -> list[str]:
    return [
        room.list.entries.item(place).data(Qt.ItemDataRole.UserRole) for place in range(room.list.entries.rowCount())
    ]


def told(store: Store, what: str) -> list[dict[str, object]]:
    return [json.loads(entry.which) for entry in store.trail.entries() if entry.what == what]


def test_ctrl_p_goes_to_the_documents(qtbot: QtBot, window: Window) -> None:
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert window.rooms.current == "documents"


def test_what_the_plan_comes_to(room: DocumentsPanel) -> None:
    assert ids(room) == ["summary", LETTER, "imaging MRI, whole spine", "note", "sheet", "large", "card"]


def test_the_head_on_every_page_that_leaves_is_one_of_this_record(room: DocumentsPanel) -> None:
    """Of the encounter, for the patient, from the library and for the waiting room; and the record still knows it."""
    window = room.window()
    assert isinstance(window, Window)
    library = window.rooms.panel("library")
    assert isinstance(library, LibraryPanel)
    assert library.state.page is not None
    pdfs = {id: room.desk.made(id) for id in ids(room) if room.desk.document(id).kind == "pdf"}
    pdfs |= {"page": library._pdf(library.state.page), "form": form_data(window)}
    heads = {name: [HEAD.search(words) for words in words_of_pages(data)] for name, data in pdfs.items()}
    assert [name for name, found in heads.items() if None in found] == []
    for found in heads.values():
        for number, mac in (one.groups() for one in found if one):
            assert window.clinic._store.verify(Head(int(number), mac)) is None
            assert window.clinic._store.verify(Head(int(number), mac[::-1])) is not None


def words_of_pages(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]


def test_the_preview_is_the_pdf_page_by_page(room: DocumentsPanel) -> None:
    room.show_document(LETTER)
    sheets = room.preview.findChildren(PageSheet)
    pages = pypdfium2.PdfDocument(room.desk.made(LETTER))
    assert len(sheets) == len(pages)
    assert "Referral: spinal metastases" in sheets[0].accessibleDescription()
    assert sheets[0].width() / sheets[0].height() == pytest.approx(210 / 297, abs=0.01)


def test_the_note_is_shown_as_text(room: DocumentsPanel) -> None:
    room.show_document("note")
    assert room.preview.findChildren(PageSheet) == []


def test_arrows_show_the_next_document(room: DocumentsPanel, qtbot: QtBot) -> None:
    qtbot.keyClick(room.list, Qt.Key.Key_Down)
    assert room.details.title.text() == "Letter: MSCC coordinator"


def test_the_meter_names_what_the_receiver_still_needs(room: DocumentsPanel) -> None:
    room.show_document(LETTER)
    assert room.details.meter.text() == "1 of 15 answers that the receiver needs"
    assert room.details.missing.text().startswith("Not asked: Type of cancer; Cancer status; Site of the pain")


def test_an_empty_contact_is_seen_and_filled_in(room: DocumentsPanel, store: Store) -> None:
    room.show_document(LETTER)
    assert "No telephone number is entered" in room.details.number.text()
    room.details.telephone.setText("ask the desk")
    room.details.keep.click()
    assert "digits and spaces" in room.details.wrong.text()
    room.details.telephone.setText("01632 960 114")
    room.details.keep.click()
    assert (room.details.number.text(), room.details.telephone.isVisible()) == (
        "01632 960 114: number never checked. Make sure of it before the page leaves.",
        False,
    )
    assert "01632 960 114" in pypdfium2.PdfDocument(room.desk.made(LETTER))[0].get_textpage().get_text_bounded()


def test_what_the_clinician_adds_stands_in_the_letter(room: DocumentsPanel) -> None:
    room.show_document(LETTER)
    room.details.note.setText("Spoke to R. Ibe at 10:51.")
    room.details.note.editingFinished.emit()
    text = " ".join(room.desk.document(LETTER).make().decode("latin-1").split())
    assert text.startswith("%PDF")
    words = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(room.desk.made(LETTER)))
    assert "Spoke to R. Ibe at 10:51." in words


def test_printing_keeps_first_and_sends_the_same_bytes(
    room: DocumentsPanel, store: Store, sent: list[tuple[bytes, PrintJob]]
) -> None:
    room.show_document(LETTER)
    shown = room.desk.made(LETTER)
    room.box.copies.buttons["2"].click()
    room.box.duplex.setChecked(True)
    room.box.buttons["print"].click()
    (kept,) = room.desk.record.kept()
    assert sent == [(shown, PrintJob("Office", 2, duplex=True))]
    assert room.desk.record.data(kept) == shown
    assert [which["where"] for which in told(store, "document printed")] == ["Office"]


def test_print_all_says_how_far_it_is(
    room: DocumentsPanel, qtbot: QtBot, sent: list[tuple[bytes, PrintJob]], monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(room, "_say", said.append)
    room.box.buttons["print all"].click()
    qtbot.waitUntil(lambda: len(sent) == 5)
    assert [words.partition(":")[0] for words in said] == [f"{number} of 5" for number in range(1, 6)]
    assert room.desk.made("large") not in [data for data, _ in sent]


def test_large_print_goes_in_the_place_of_the_sheet(
    room: DocumentsPanel, qtbot: QtBot, sent: list[tuple[bytes, PrintJob]]
) -> None:
    room.show_document("sheet")
    room.box.large.click()
    assert room.details.title.text() == "Patient sheet, large print"
    room.box.buttons["print all"].click()
    qtbot.waitUntil(lambda: len(sent) == 5)
    printed = [data for data, _ in sent]
    assert (room.desk.made("large") in printed, room.desk.made("sheet") in printed) == (True, False)
    room.box.large.click()
    assert room.details.title.text() == "Patient sheet"


def test_what_has_no_number_to_call_is_named_before_all_are_printed(room: DocumentsPanel) -> None:
    room.show_document("summary")
    assert room.box.gaps.text() == (
        "Without a number to call: Letter: MSCC coordinator; Imaging request: MRI, whole spine; Patient sheet; "
        "Wallet card"
    )
    room.show_document("sheet")
    assert "leaves a line to write it on" in room.details.number.text()
    room.details.telephone.setText("01632 960 000")
    room.details.keep.click()
    assert "01632 960 000" in all_words(room.desk.made("sheet")).replace("\xa0", " ")
    assert "Patient sheet" not in room.box.gaps.text()
    assert room._window.clinic.practice.now.telephone == "01632 960 000"


def test_a_draft_of_a_language_is_no_choice(room: DocumentsPanel) -> None:
    assert [language.code for language in load_languages(room.desk.handouts)] == ["ar"]
    assert room.box.languages is None
    assert [language.code for language in room.desk.languages] == ["en-GB"]


def test_an_approved_language_is_a_choice(room: DocumentsPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    handouts = room.desk.handouts
    texts = {id: f"[{words}]" for id, words in handouts.texts.items()}
    welsh = replace(english(handouts), code="cy", name="Cymraeg", english_name="Welsh", texts=texts)
    monkeypatch.setattr(document_desk, "load_languages", lambda _: (welsh,))
    room.desk.__init__(room.desk.clinic, room.desk.encounter_uid, room.desk.consultation)  # type: ignore[misc]
    room.enter()
    room.show_document("sheet")
    assert room.box.languages is not None
    room.box.languages.buttons["cy"].click()
    assert room.details.title.text() == "Patient sheet, Welsh"
    assert "[Go to A&E or call 999 now if:]" in all_words(room.desk.made("sheet"))
    assert "[" not in all_words(room.desk.made("summary"))


def test_a_scan_that_was_taken_off_the_plan_is_promised_to_nobody(room: DocumentsPanel) -> None:
    assert room._window.model is not None
    for item, answer in (("limb_weakness", "no"), ("pain_course", "new")):
        room._window.model.consultation.answer(item, answer)
    room.refresh()
    assert "scan of your back" in all_words(room.desk.made("sheet"))
    review = open_review(room._window)
    (line,) = [line for line in review.review.decisions.plan if line.kind == "imaging"]
    assert review.model.drop_line(line.id, "done_by_others")
    room.refresh()
    assert "scan of your back" not in all_words(room.desk.made("sheet"))


def test_a_printer_that_is_gone_loses_nothing(
    room: DocumentsPanel, monkeypatch: pytest.MonkeyPatch, sent: list[tuple[bytes, PrintJob]]
) -> None:
    def gone(data: bytes, job: PrintJob) -> None:
        raise PrintFault(GONE, job.printer)

    monkeypatch.setattr(room, "send", gone)
    room.do("print")
    errors = room._window.errors
    assert errors.isVisible()
    assert "The printer is not there any more: Office" in errors.accessibleName()
    assert "kept in the record" in errors.accessibleName()
    assert len(room.desk.record.kept()) == 1


def test_what_could_not_be_kept_is_not_said_to_be_printed(
    room: DocumentsPanel, monkeypatch: pytest.MonkeyPatch, sent: list[tuple[bytes, PrintJob]]
) -> None:
    def full(*_: object, **__: object) -> bytes:
        raise DiskFull("/store")

    said: list[str] = []
    monkeypatch.setattr(room, "_say", said.append)
    monkeypatch.setattr(room.desk, "keep", full)
    room.do("print all")
    QApplication.processEvents()  # the next one would have its turn
    assert "the disk is full" in room._window.errors.accessibleName()
    assert (said, sent) == ([], [])


def test_without_a_printer_saving_is_left(room: DocumentsPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "find_printers", list)
    room.enter()
    assert (room.box.none.isVisible(), room.box.buttons["print"].isVisible()) == (True, False)
    room.do("print")
    assert "No printer is chosen" in room._window.errors.accessibleName()


def test_the_printer_is_remembered(room: DocumentsPanel) -> None:
    assert room.box._printers is not None
    room.box._printers.buttons["Reception"].click()
    assert room._window.preferences.now.printer == "Reception"
    assert room._window.rooms.held("documents") is room, "nothing looks different, so nothing is made anew"
    room.enter()
    assert room.box.job.printer == "Reception"


@pytest.mark.parametrize(("way", "form", "start"), [("save", "pdf", b"%PDF"), ("word", "docx", b"PK")])
def test_saving_writes_what_was_kept(
    room: DocumentsPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str, form: str, start: bytes
) -> None:
    asked: list[str] = []

    def place(parent: object, words: str, name: str, kinds: str) -> str:
        asked.append(name)
        return str(tmp_path / name)

    monkeypatch.setattr(room, "ask_place", place)
    room.show_document(LETTER)
    room.do(way)
    file = tmp_path / f"letter-mscc-coordinator.{form}"
    assert (asked, file.read_bytes()[: len(start)]) == ([file.name], start)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    (kept,) = room.desk.record.kept()
    assert (kept.form, room.desk.record.data(kept)) == (form, file.read_bytes())


@pytest.mark.parametrize(
    ("code", "why"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "the disk is full"),
        (errno.EACCES, "open in another program"),
        (errno.EROFS, "can only be read"),
        (errno.ENOENT, "the folder is not there any more"),
    ],
)
def test_a_file_that_cannot_be_written_says_why(
    room: DocumentsPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, why: str
) -> None:
    def refuse(file: Path, data: bytes) -> None:
        raise OSError(code, "system words")

    monkeypatch.setattr(documents_panel, "write_file", refuse)
    monkeypatch.setattr(room, "ask_place", lambda *_: str(tmp_path / "summary.pdf"))
    room.do("save")
    said = room._window.errors.accessibleName()
    assert (why in said, "kept in the record" in said, len(room.desk.record.kept())) == (True, True, 1)


def test_the_folder_opens_where_it_was_saved(
    room: DocumentsPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    monkeypatch.setattr(room, "ask_place", lambda *_: str(tmp_path / "summary.pdf"))
    assert not room.box.buttons["folder"].isVisible()
    room.do("save")
    room.box.buttons["folder"].click()
    assert opened == [str(tmp_path)]


def test_a_folder_that_was_taken_away_leaves_nothing_behind(
    room: DocumentsPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place, why in ((tmp_path / "stick" / "summary.pdf", "not there any more"), (tmp_path, "it is a folder")):
        monkeypatch.setattr(room, "ask_place", lambda *_, place=place: str(place))
        room.do("save")
        assert why in room._window.errors.accessibleName()
    assert not any(path.name.startswith(".backstop") or path.suffix == ".pdf" for path in tmp_path.rglob("*"))


def test_copying_takes_the_words(room: DocumentsPanel, store: Store) -> None:
    room.show_document("note")
    room.do("copy")
    assert QGuiApplication.clipboard().text().startswith("DEMO: an invented patient.")
    assert [which["id"] for which in told(store, "document copied")] == ["note"]


def test_tab_over_the_kept_copies_chooses_none_of_them(room: DocumentsPanel) -> None:
    """The list goes to its first line by itself, and that copy was then saved in the place of the document chosen."""
    room.show_document("note")
    room.do("copy")
    room.copies.setFocus(Qt.FocusReason.TabFocusReason)
    assert room._id == "note"
    QTest.keyClick(room.copies, Qt.Key.Key_Space)
    assert room._id not in ids(room)


def test_nothing_is_shown_before_the_rules_have_passed(room: DocumentsPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(room._window.self_test), "passed", False)
    room.refresh()
    assert ("held back" in room.nothing.text(), room.list.isVisible(), room.side.isVisible()) == (True, False, False)
    assert ids(room) == []


def test_an_answer_that_changed_is_on_the_next_page_seen(room: DocumentsPanel) -> None:
    assert room._window.model is not None
    room._window.model.consultation.answer("limb_weakness", "no")
    room.refresh()
    assert LETTER not in ids(room)


def test_no_file_is_left_behind(room: DocumentsPanel, tmp_path: Path) -> None:
    """What is looked at and printed stands in the store alone."""
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    room.show_document(LETTER)
    room.do("print")
    room.do("copy")
    assert set(tmp_path.rglob("*.pdf")) - before == set()


def test_the_documents_of_what_was_just_signed_are_one_key_away(
    room: DocumentsPanel, qtbot: QtBot, sent: list[tuple[bytes, PrintJob]]
) -> None:
    """The letter says who signed; what was left out in the review is not printed with the others."""
    window = room._window
    review = open_review(window)
    notes = [box.accessibleDescription() for box in review.documents.boxes.values()]
    assert notes[1] == "1 of 15 answers · no number entered"
    assert [id for id, box in review.documents.boxes.items() if not box.isChecked()] == ["large"]
    review.documents.boxes["card"].setChecked(False)
    sign(review)
    assert window.rooms.current == "encounter"
    press_documents(window)
    signed = documents_of(window, SIGNED)
    assert signed.details.state.text().startswith("Signed Mon")
    assert "Draft" not in all_words(signed.desk.made(LETTER))
    assert signed.box.buttons["print all"].text() == "Print the 4 chosen"
    signed.do("print all")
    qtbot.waitUntil(lambda: len(sent) == 4)
    assert {kept.version for kept in signed.desk.record.kept()} == {1}


def test_a_signed_encounter_is_printed_as_it_was_then(room: DocumentsPanel, store: Store) -> None:
    """A patient who married since has the name of then, and the copy kept then comes back."""
    window, uid = room._window, room.desk.encounter_uid
    sign(open_review(window))
    window.desk.open_documents(uid)
    first = documents_of(window, SIGNED).desk.keep(LETTER, "printed")
    clinic, patient = window.clinic, window.clinic.encounter(uid).patient
    clinic.registry.change(patient.uid, structs.replace(details_of(patient), family="Ibe"), "Married")
    window.desk.show_patient(patient.uid)
    window.desk.open_documents(uid)
    assert documents_of(window, SIGNED).desk.made(LETTER) == first
    assert "Walker" in all_words(documents_of(window, SIGNED).desk.made("summary")).title()


def test_documents_on_the_rail_are_of_the_consultation(room: DocumentsPanel, patient: Patient) -> None:
    window, signed = room._window, room.desk.encounter_uid
    sign(open_review(window))
    window.begin(patient.uid)
    window.open_encounter(signed)
    press_documents(window)
    assert (window.rooms.current, documents_of(window, SIGNED).desk.encounter_uid) == (SIGNED, signed)
    window.show_room("documents")
    assert window.model is not None
    assert documents_of(window).desk.encounter_uid == window.model.consultation.encounter.uid


def test_a_referral_that_was_dropped_has_no_letter(room: DocumentsPanel) -> None:
    review = open_review(room._window)
    line = next(line for line in review.review.decisions.plan if line.kind == "referral")
    review.model.drop_line(line.id, "done_already")
    assert LETTER not in review.documents.boxes
    scan = next(line for line in review.review.decisions.plan if line.kind == "imaging")
    review.model.drop_line(scan.id, "done_already")
    assert list(review.documents.boxes) == ["summary", "sheet", "large", "card"]


def test_what_left_stands_in_the_history_and_opens_as_it_was(
    room: DocumentsPanel, sent: list[tuple[bytes, PrintJob]], store: Store
) -> None:
    room.show_document(LETTER)
    room.do("print")
    assert room._window.model is not None
    room._window.model.consultation.answer("cancer_type", "breast")
    room.refresh()
    assert room.desk.made(LETTER) != sent[0][0]
    (copy,) = room.desk.copies
    assert room.copies.isVisible()
    room.copies.chosen.emit(copy.id)
    assert room.details.about.text().startswith("Kept Mon")
    assert room.details.missing.text().startswith("Printed Mon")
    assert room.details.missing.text().endswith("Dr Test, Office")
    room.do("print")
    assert sent[1][0] == sent[0][0]
    assert len(room.desk.record.kept()) == 1
    assert len(told(store, "document printed")) == 2


def test_without_the_rules_of_then_what_was_kept_is_left(
    room: DocumentsPanel, monkeypatch: pytest.MonkeyPatch, sent: list[tuple[bytes, PrintJob]]
) -> None:
    window, uid = room._window, room.desk.encounter_uid
    sign(open_review(window))
    monkeypatch.setattr(type(window.clinic), "_content_of", lambda self, mark: None)
    window.desk.open_documents(uid)
    assert "No copy was kept" in documents_of(window, SIGNED).nothing.text()
    monkeypatch.undo()
    monkeypatch.setattr(DocumentsPanel, "find_printers", staticmethod(lambda: ["Office"]))
    monkeypatch.setattr(DocumentsPanel, "send", staticmethod(lambda data, job: sent.append((data, job))))
    window.desk.open_documents(uid)
    documents_of(window, SIGNED).do("print")
    monkeypatch.setattr(type(window.clinic), "_content_of", lambda self, mark: None)
    window.desk.open_documents(uid)
    signed = documents_of(window, SIGNED)
    assert "copies kept at the time open as they were" in signed.nothing.text()
    assert (signed.list.isVisible(), signed.copies.isVisible()) == (False, True)
    signed.do("print")
    assert sent[0][0] == sent[1][0]


def test_the_practice_switches_on_that_the_encounter_goes_along(room: DocumentsPanel, qtbot: QtBot) -> None:
    room.show_document("summary")
    assert attached(room.desk.made("summary")) == []
    page = PracticePage(room.theme, room.desk.clinic.practice)
    qtbot.addWidget(page)
    assert not page.attach.isChecked()
    page.attach.click()
    room.refresh()
    assert attached(room.desk.made("summary")) == ["encounter.json"]
    assert attached(room.desk.made("sheet")) == []


def attached(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [document.get_attachment(place).get_name() for place in range(document.count_attachments())]
