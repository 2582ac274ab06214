"""Every screen on which something can be typed, one after the other, in a real window on a real store."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from desktop.record.clinic import Clinic
from desktop.record.first_run import STEPS
from desktop.ui.accounts_page import AccountsPage
from desktop.ui.amend_bar import AmendBar
from desktop.ui.answer_row import AnswerRow
from desktop.ui.backups_page import BackupsPage
from desktop.ui.body_map_fold import BodyMapFold
from desktop.ui.body_map_panel import BodyMapPanel
from desktop.ui.command_palette import CommandPalette
from desktop.ui.directory_page import DirectoryPage
from desktop.ui.examination_panel import ExaminationPanel
from desktop.ui.flag_decision_card import FlagDecisionCard
from desktop.ui.followup_form import FollowUpForm
from desktop.ui.followup_head import FollowUpHead
from desktop.ui.found import EVERYTHING, QUESTIONS
from desktop.ui.gate import Gate
from desktop.ui.patient_page import PatientPage
from desktop.ui.phrases_page import PhrasesPage
from desktop.ui.plan_decision_row import PlanDecisionRow
from desktop.ui.rows import sections
from desktop.ui.window import Window

UI = Path(__file__).parents[2] / "desktop" / "ui"
Field = QLineEdit | QPlainTextEdit
# What a field is made of; a module that makes one of these has to be met on the way.
KINDS = {"SearchBox", "EntryField", "LineField", "TextField", "Entry", "TextBox", "ReasonField", "WritingField"}
KINDS |= {"NoteField", "ValueField", "TypedLine", "FormField", "DetailField", "PageSearchBox"}
PARTS = {"detail_field", "text_field", "typed_line", "form_field", "entry", "search_box"}


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def makers() -> set[str]:
    """The modules that make a field for somebody to type in, without those that only are one."""
    return {path.stem for path in UI.glob("*.py") if path.stem not in PARTS and makes_a_field(path)}


def makes_a_field(path: Path) -> bool:
    calls = (node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
    return any(isinstance(one, ast.Name) and one.id in KINDS for one in calls)


def fields_of(gate: QWidget) -> list[Field]:
    found: list[Field] = [*gate.findChildren(QLineEdit), *gate.findChildren(QPlainTextEdit)]
    return [one for one in found if one.isVisible() and one.isEnabled() and not one.isReadOnly()]


def modules_of(widget: QWidget) -> Iterator[str]:
    one: QWidget | None = widget
    while one is not None:
        yield from (kind.__module__.rpartition(".")[2] for kind in type(one).__mro__)
        one = one.parentWidget()


def first_run(gate: Gate) -> Iterator[str]:
    """`gate` has no store yet."""
    wizard: Any = gate.card
    for step in STEPS:
        wizard.show_step(step)
        yield f"first run: {step}"


def front(gate: Gate) -> Iterator[str]:
    gate.show_sign_in()
    yield "sign in"
    gate.show_recovery()
    yield "recovery code"


def rooms_and_settings(window: Window) -> Iterator[str]:
    for room in ("today", "patients", "follow-up", "library"):
        window.show_room(room)
        yield room
    library: Any = window.rooms.panel("library")
    library.find_bar.open_with("", focus=True)
    yield "find in a page"
    for name, act in SETTINGS.items():
        window.show_settings(name.split(",")[0])
        settle()
        act(window)
        yield f"settings: {name}"
    for finders in (EVERYTHING, QUESTIONS):
        palette = CommandPalette(window, finders, "Find")
        palette.setModal(False)
        palette.show()
        yield "the command palette"
        palette.close()
        palette.deleteLater()


def sign_one(clinic: Clinic) -> None:
    """With a flag, so that something has to happen."""
    consultation = clinic.begin("p1")
    consultation.answer("limb_weakness", "new")
    review = clinic.review(consultation)
    review.write_impression("")
    for flag in consultation.assessment.flags:
        review.accept(flag.rule.id)
    clinic.sign(review)


def one_of(window: Window, kind: type[Any]) -> Any:
    found = [one for one in window.findChildren(kind) if one.isVisible()]
    assert found, f"no {kind.__name__} in sight"
    return found[0]


SETTINGS: dict[str, Callable[[Window], object]] = {
    "practice": lambda window: None,
    "directory": lambda window: one_of(window, DirectoryPage).edit("new"),
    "phrases": lambda window: one_of(window, PhrasesPage).edit(None),
    "password": lambda window: None,
    "accounts": lambda window: one_of(window, AccountsPage).show_new(),
    "accounts, new kit": lambda window: one_of(window, AccountsPage).show_renewal(),
    "trail": lambda window: None,
    "backups": lambda window: one_of(window, BackupsPage).restore.old.show(),
}


def patients(window: Window) -> Iterator[str]:
    window.desk.edit_patient()
    yield "a new patient"
    window.desk.edit_patient("p1")
    yield "a patient changed"
    window.desk.show_patient("p1")
    one_of(window, PatientPage).open_merge()
    yield "two entries of one person"
    window.desk.show_patient("p1")
    one_of(window, PatientPage).open_removal()
    yield "a patient removed"


def consultation(window: Window, *, most: int = 1000) -> Iterator[str]:
    """Every section, with the details of what is there and the reason why something could not be examined; `most`
    rows of each."""
    window.begin("p1")
    assert window.model is not None
    panel: Any = window.consultation
    for section in sections(panel.content):
        panel._show_section(section.id)
        settle()
        for row in [row for row in window.findChildren(AnswerRow) if row.isVisible()][:most]:
            if row.item.kind == "yes-no":
                window.model.answer(row.item.id, True)
            row.ask_why()
        for fold in window.findChildren(BodyMapFold):
            fold.open_map()
        for one in [*window.findChildren(BodyMapPanel)]:
            one.ask_why()
        for grid in window.findChildren(ExaminationPanel):
            grid.ask_why(grid.first_open())
        yield f"questions: {section.id}"
    panel.show_page("note")
    yield "a note to be read"


def after_it(window: Window) -> Iterator[str]:
    window.begin("p1")
    assert window.model is not None
    window.model.answer("limb_weakness", "new")
    window.desk.open_review()
    yield "review"
    for card in window.findChildren(FlagDecisionCard):
        card.open_override()
        card.reasons.choose("other")
    for row in window.findChildren(PlanDecisionRow):
        row.open_edit()
    yield "review: decided otherwise"
    window.show_room("documents")
    yield "documents"
    documents: Any = window.rooms.panel("documents")
    for document in (next(one for one in documents.desk.documents if one.contact), documents.desk.documents[0]):
        documents.show_document(document.id)
        yield f"document: {document.id}"
    window.desk.read("signed")
    one_of(window, AmendBar).open_reason()
    yield "a signed encounter amended"
    for _ in range(3):  # Enter closes some of them
        sign_one(window.clinic)
    window.show_room("follow-up")
    for place in range(5):
        one_of(window, FollowUpHead).search.clear()  # it was tried too, and then finds nobody
        settle()
        one_of(window, FollowUpForm).choose(place)
        yield f"follow-up: {place}"
