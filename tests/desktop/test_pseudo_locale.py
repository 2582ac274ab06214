"""The window in a language that nobody speaks: longer by half, marked, and once from the right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QListView, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import make_gate
from desktop.clinical.content import Content
from desktop.record.encounter import Patient
from desktop.record.first_run import STEPS
from desktop.settings import INTENDED_USE, settings_for
from desktop.ui.help_dialog import HelpDialog, help_for
from desktop.ui.keys_dialog import KeysDialog
from desktop.ui.painted_button import PaintedButton
from desktop.ui.preferences import Preferences
from desktop.ui.self_test import SelfTest
from desktop.ui.style import dress
from desktop.ui.theme import load_theme
from desktop.ui.window import Window
from desktop.ui.window_actions import open_palette

ROOT = Path(__file__).resolve().parents[2]

PLACE = re.compile(r"(\{[^}]*\}|%n)")
ACCENTED = str.maketrans("aceinosuyzACEINOSUYZ", "àçéîñöšûýžÀÇÉÎÑÖŠÛÝŽ")


class Pseudo(QTranslator):
    """`Why: {why}` becomes `⟦Why: {why} ····⟧` with accents: what is outside of brackets was not translated."""

    def translate(self, context: str, words: str, comment: str = "", n: int = -1) -> str:
        parts = [part if PLACE.fullmatch(part) else part.translate(ACCENTED) for part in PLACE.split(words)]
        return f"⟦{''.join(parts)}{'·' * (len(words) // 2)}⟧"

    def isEmpty(self) -> bool:
        return False


@pytest.fixture
def pseudo(qapp: QApplication) -> Iterator[None]:
    translator = Pseudo()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


@pytest.fixture
def from_the_right(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def screens(window: Window, patient: Patient) -> Iterator[str]:
    """Each screen in turn, by name."""
    yield "today"
    for action in [action for action in window.all_actions.available() if action.id.startswith("settings ")]:
        window.all_actions.run(action.id)
        yield action.id
    window.begin(patient.uid)
    panel = window.consultation
    for section in panel.content.sections:
        if not section.is_details:
            panel.questions.show_section(section.id)
            yield section.id
    for page in ("could be", "change"):
        panel.show_page(page)
        yield page


def test_no_word_of_the_screen_is_untranslated(
    pseudo: None, make_window: Callable[..., Window], patient: Patient
) -> None:
    window = make_window()
    known = content_words(window, patient)
    left = {}
    for screen in screens(window, patient):
        QApplication.processEvents()
        for words in words_of(window):
            unknown = [part for part in outside(words) if part.lower() not in known]
            if unknown:
                left[words] = screen
    assert left == {}


def test_no_word_of_the_other_rooms_is_untranslated(
    pseudo: None, make_window: Callable[..., Window], patient: Patient
) -> None:
    """Beside what is content. What the store refuses is in test_told.py."""
    window = make_window()
    known = content_words(window, patient)
    left: dict[str, str] = {}
    for screen in (*rooms(window, patient), *dialogues(window)):
        for _ in range(3):
            QApplication.processEvents()
        for words in words_of(window):
            if any(part.lower() not in known for part in outside(words)):
                left[words] = screen
    assert left == {}


def dialogues(window: Window) -> Iterator[str]:
    """What opens over the rooms."""
    window.show_room("audit")
    yield "audit"
    for dialogue in (HelpDialog(window, help_for(window, None)), KeysDialog(window), open_palette(window)):
        dialogue.show()
        yield type(dialogue).__name__
        dialogue.close()


def test_longer_words_are_not_cut_off(pseudo: None, make_window: Callable[..., Window], patient: Patient) -> None:
    window = make_window()
    cut = {}
    for screen in screens(window, patient):
        QApplication.processEvents()
        cut |= dict.fromkeys(cut_off(window), screen)
    assert cut == {}


def rooms(window: Window, patient: Patient) -> Iterator[str]:
    """The rooms beside the questions, and the dialogues that open over them."""
    window.begin(patient.uid)
    assert window.model is not None
    for item, answer in {"cancer_history": True, "limb_weakness": "new"}.items():
        window.model.answer(item, answer)
    for room in ("documents", "library", "follow-up", "patients"):
        window.show_room(room)
        yield room
    window.desk.edit_patient()
    yield "patient form"
    window.desk.show_patient(patient.uid)
    yield "patient"
    window.desk.open_review()
    yield "review begun"
    review = window.desk.review
    assert review is not None
    review.write_impression("")
    yield "review"
    next(iter(window.rooms.panel("review").cards.values())).open_override()
    yield "override"
    for flag in review.review.decisions.flags:
        review.accept(flag.rule)
    window.rooms.panel("review").bar.go_on()
    yield "signing"
    window.desk.sign()
    yield "signed"
    window.show_room("follow-up")
    yield "board"


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_longer_words_are_not_cut_off_in_the_other_rooms(
    pseudo: None, make_window: Callable[..., Window], patient: Patient, scale: float
) -> None:
    window = make_window(theme=load_theme(scale=scale))
    cut = {}
    for screen in rooms(window, patient):
        for _ in range(3):
            QApplication.processEvents()
        cut |= dict.fromkeys(cut_off(window), screen)
    assert cut == {}


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_longer_words_are_not_cut_off_before_the_rooms(
    pseudo: None, qtbot: QtBot, qapp: QApplication, content: Content, self_test: SelfTest, tmp_path: Path, scale: float
) -> None:
    preferences = Preferences()
    preferences.change(text_size=round(scale * 100))
    dress(qapp, preferences.theme())
    gate = make_gate(content, settings_for(tmp_path), self_test, preferences)
    qtbot.addWidget(gate)
    gate.show()
    cut = {}
    fronts = [partial(lambda step: gate.card.show_step(step), step) for step in STEPS]
    for show in (*fronts, gate.show_sign_in, gate.show_recovery):
        show()
        for _ in range(3):
            QApplication.processEvents()
        cut |= dict.fromkeys(cut_off(gate), show)
    assert cut == {}


def test_the_look_for_words_cut_off_finds_one(make_window: Callable[..., Window]) -> None:
    window = make_window()
    label = QLabel("Longer than it is wide", window)
    label.setFixedWidth(20)
    label.show()
    assert list(cut_off(window)) == ["Longer than it is wide"]


def test_from_the_right_everything_stands_on_the_other_side(
    from_the_right: None, pseudo: None, make_window: Callable[..., Window], patient: Patient
) -> None:
    window = make_window()
    window.begin(patient.uid)
    QApplication.processEvents()
    panel = window.consultation
    assert window.rail.geometry().right() > window.rooms.geometry().right()
    assert panel.sections.geometry().left() > panel.middle.geometry().left() > panel.assessment.geometry().left()
    row = next(iter(panel.questions.page.rows.values()))
    assert row.buttons[True].x() > row.buttons[False].x()
    assert list(cut_off(window)) == []


def words_of(window: Window) -> Iterator[str]:
    """What can be read, or is read out, in the part of the window that is seen."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        if isinstance(widget, QLineEdit):
            yield widget.placeholderText()
        if isinstance(widget, QListView) and widget.model() is not None:
            for row in range(widget.model().rowCount()):
                yield str(widget.model().index(row, 0).data() or "")
        yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())


def outside(words: str) -> list[str]:
    """The words that stand outside of what was translated."""
    while (less := re.sub(r"⟦[^⟦⟧]*⟧", " ", words)) != words:
        words = less
    return re.findall(r"[^\W\d_]{2,}", words)


def content_words(window: Window, patient: Patient) -> set[str]:
    """Of questions, rules, causes and citations, of what the engine says, of the patient and the intended use."""
    files = [*(ROOT / "resources").rglob("*.toml"), *(ROOT / "desktop/clinical").glob("*.py")]
    told = " ".join(path.read_text("utf-8") for path in files if "look" not in path.relative_to(ROOT).parts)
    told += f" {patient.name} {window.clinic.who} {INTENDED_USE} Backstop Ctrl Esc Del Enter Space Tab"
    return {word.lower() for word in re.findall(r"[^\W\d_]{2,}", told)}


def cut_off(window: QWidget) -> Iterator[str]:
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.width() == 0:
            continue
        if isinstance(widget, QLabel) and not widget.wordWrap() and widget.text():
            if widget.sizeHint().width() > widget.width() + 1:
                yield widget.text()
        elif isinstance(widget, PaintedButton) and widget.text():
            fits = widget.hasHeightForWidth() or widget.sizeHint().width() <= widget.width() + 1
            if not fits or widget.height() + 1 < widget.minimumSizeHint().height():
                yield widget.text()
