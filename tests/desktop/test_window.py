"""The window as a whole: rooms, names, sizes, texts, interruption, and many random events."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

import desktop.ui
from desktop.clinical.checklist import Answer, CouldNotExamine, Unsure
from desktop.clinical.content import Content
from desktop.record.clinic import Clinic
from desktop.record.encounter import Patient
from desktop.ui import errors
from desktop.ui.answer_row import AnswerRow
from desktop.ui.label import Label
from desktop.ui.painted_button import PaintedButton
from desktop.ui.paragraphs import Paragraphs
from desktop.ui.rows import sections
from desktop.ui.self_test import SelfTest
from desktop.ui.single_instance import SingleInstance
from desktop.ui.style import dress
from desktop.ui.theme import Theme, load_theme
from desktop.ui.today_row import TodayRow
from desktop.ui.window import Window

MakeWindow = Callable[..., Window]
STRESS: dict[str, Answer] = {
    "acutely_ill": False,
    "bladder_change": "new",
    "bowel_change": "old",
    "sexual_change": CouldNotExamine("Declined, and asked for another appointment"),
    "limb_weakness": "new",
    "weakness_sides": "both_legs",
    "cancer_history": True,
    "fever_or_unwell": Unsure(),
    "injury": True,
}


def stress(window: Window) -> None:
    assert window.model is not None
    for item, answer in STRESS.items():
        window.model.answer(item, answer)
    settle()


def settle() -> None:
    """Layouts ask for one another's sizes through posted events; what was replaced goes when they are done."""
    for _ in range(4):
        QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def visible(window: Window, kind: type[QWidget] = QWidget) -> Iterator[QWidget]:
    return (widget for widget in window.findChildren(kind) if widget.isVisible())


def every_section(window: Window, content: Content) -> Iterator[str]:
    assert window.consultation is not None
    for section in sections(content):
        window.consultation.questions.show_section(section.id)
        settle()
        yield section.id


def test_everything_that_takes_the_focus_has_a_name(window: Window, content: Content) -> None:
    stress(window)
    nameless = set()
    for _ in every_section(window, content):
        for widget in visible(window):
            face = QAccessible.queryAccessibleInterface(widget)
            takes_focus = widget.focusPolicy() != Qt.FocusPolicy.NoFocus
            if takes_focus and not (face and face.text(QAccessible.Text.Name)):
                nameless.add(type(widget).__name__)
    assert nameless == set()


def test_every_button_has_a_name(window: Window, content: Content) -> None:
    for _ in every_section(window, content):
        assert [button for button in visible(window, PaintedButton) if not button.accessibleName()] == []


def test_a_row_says_its_state(window: Window) -> None:
    assert window.consultation is not None
    row = window.consultation.questions.page.rows["acutely_ill"]
    before = row.accessibleName()
    stress(window)
    assert (before, row.accessibleName()) == (f"{row.item.ask} not asked", f"{row.item.ask} no")


def test_all_thirteen_rows_of_the_blank_screen_are_in_view(window: Window, content: Content) -> None:
    assert window.consultation is not None
    QTest.qWait(20)
    viewport = window.consultation.questions.column.viewport()
    last = window.consultation.questions.page.shown_rows()[-1]
    assert last.mapTo(viewport, QPoint(0, last.height())).y() <= viewport.height() + 1


def test_yes_and_no_stand_at_the_same_place_in_every_row(window: Window, content: Content) -> None:
    stress(window)
    places: dict[str, set[int]] = {"yes": set(), "no": set()}
    for _ in every_section(window, content):
        for row in visible(window, AnswerRow):
            assert isinstance(row, AnswerRow)
            for value, button in row.buttons.items():
                if value != "old":
                    where = "yes" if value in (True, "new") else "no"
                    places[where].add(button.mapTo(window, QPoint(0, 0)).x())
    assert [len(where) for where in places.values()] == [1, 1]


SIZES = [(0.8, "light"), (1.0, "dark"), (1.5, "light"), (2.0, "contrast")]


@pytest.mark.parametrize(("scale", "name"), SIZES)
def test_no_text_is_cut_off(
    make_window: MakeWindow, patient: Patient, content: Content, scale: float, name: str
) -> None:
    window = make_window(theme=load_theme(name, scale))  # type: ignore[arg-type]
    window.begin(patient.uid)
    stress(window)
    cut = set()
    for _ in every_section(window, content):
        for label in visible(window, QLabel):
            assert isinstance(label, QLabel)
            cut |= {f"{type(label).__name__} {label.text()}"} if is_cut(label) else set()
        for button in visible(window, PaintedButton):
            parent = button.parentWidget()
            if button.width() < button.sizeHint().width() or button.x() + button.width() > parent.width():
                cut.add(button.accessibleName())
            if button.hasHeightForWidth() and button.heightForWidth(button.width()) > button.height():
                cut.add(button.accessibleName())
    assert cut == set()


def is_cut(label: QLabel) -> bool:
    if isinstance(label, Paragraphs):  # each in a type of its own
        return label.heightForWidth(label.width()) > label.height()
    margins = label.contentsMargins()
    width = label.width() - margins.left() - margins.right()
    metrics = label.fontMetrics()
    if not label.wordWrap():
        return width < metrics.horizontalAdvance(label.text())
    needed = metrics.boundingRect(0, 0, width, 0, int(Qt.TextFlag.TextWordWrap), label.text())
    return needed.height() > label.height() + 1 or needed.width() > width + 1


def test_no_style_sheet_anywhere(window: Window) -> None:
    assert window.findChildren(QWidget)
    assert [widget for widget in window.findChildren(QWidget) if widget.styleSheet()] == []
    source = Path(desktop.ui.__file__).parent
    assert [path.name for path in source.glob("*.py") if "setStyleSheet" in path.read_text("utf-8")] == []


def test_texts_are_never_read_as_rich_text(window: Window) -> None:
    stress(window)
    labels = [label for label in visible(window, QLabel) if isinstance(label, QLabel)]
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
    assert all(isinstance(label, Label) for label in labels)


def test_the_banner_names_the_patient_as_the_nhs_does(window: Window) -> None:
    assert window.consultation is not None
    banner = window.consultation.banner
    shown = " ".join(label.text() for label in visible(window, Label) if banner.isAncestorOf(label))
    assert "WALKER , Susan (Ms)" in shown
    assert "14\N{NON-BREAKING HYPHEN}Mar\N{NON-BREAKING HYPHEN}1964 (62 y)" in shown
    assert "NHS No. 999 000 0042" in shown
    assert "MRI safety: not asked" in shown


def test_the_status_line_names_what_was_saved(window: Window) -> None:
    stress(window)
    shown = " ".join(label.text() for label in visible(window, Label) if window.status.isAncestorOf(label))
    assert "Saved 10:42:00" in shown
    assert "Last: Injury → yes Undo" in shown
    assert "DEMO" in shown
    assert "UK 2026.11" in window.status.about.text()


def test_what_changes_in_the_status_line_moves_nothing_else(window: Window) -> None:
    before = window.status.about.pos()
    stress(window)
    assert window.status.about.pos() == before


def test_what_it_is_for_is_one_press_away(window: Window) -> None:
    window.status.about.click()
    assert (window.rooms.current, window.settings_page) == ("settings", "about")


def test_today_finds_a_patient_and_enter_begins(qtbot: QtBot, make_window: MakeWindow, patient: Patient) -> None:
    window = make_window()
    qtbot.keyClick(window.today.search, Qt.Key.Key_Return)
    assert window.model is None, "nobody was looked for"
    qtbot.keyClicks(window.today.search, "walk")
    settle()
    assert [row.accessibleName()[:13] for row in visible(window, TodayRow)] == ["WALKER, Susan"]
    qtbot.keyClick(window.today.search, Qt.Key.Key_Return)
    assert window.model is not None
    assert window.model.consultation.patient.uid == patient.uid


def test_enter_on_a_patient_resumes_what_was_left_unfinished(window: Window, qtbot: QtBot, patient: Patient) -> None:
    """Seen as a GP: Enter began a second, empty consultation, and what the first had raised stood in the other list."""
    assert window.model is not None
    window.model.answer("bladder_change", "new")
    left = window.model.consultation.encounter.uid
    window.show_room("patients")
    window.show_room("today")
    search: QWidget = window.today.search  # type: ignore[attr-defined]
    qtbot.keyClicks(search, patient.family)
    settle()
    assert "Unfinished" in [label.text() for label in window.today.findChildren(QLabel)]
    ways_in = [one for one in visible(window, TodayRow) if "WALKER" in one.accessibleName()]
    offered = {button.text() for row in ways_in for button in row.findChildren(PaintedButton)}
    assert offered == {"Resume"}, "no second, empty consultation is offered either"
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert window.model.consultation.encounter.uid == left
    window.show_room("today")
    assert search.text() == ""  # type: ignore[attr-defined]


def test_today_resumes_a_draft_at_its_last_question(
    qtbot: QtBot, make_window: MakeWindow, window: Window, demonstration: None
) -> None:
    stress(window)
    again = make_window()
    settle()
    resume = [button for button in visible(again, PaintedButton) if "WALKER" in button.accessibleName()]
    qtbot.mouseClick(next(b for b in resume if b.text() == "Resume"), Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]
    assert again.model is not None
    assert dict(again.model.assessment.answers) == STRESS
    focus = again.focusWidget()
    assert isinstance(focus, AnswerRow)
    assert focus.item.id == "injury"


@pytest.mark.parametrize(("width", "columns"), [(1366, 3), (1180, 3), (1024, 2), (800, 1)])
def test_as_many_columns_as_the_width_holds(
    make_window: MakeWindow, patient: Patient, width: int, columns: int
) -> None:
    window = make_window(size=(width, 768))
    window.begin(patient.uid)
    panel = window.consultation
    assert panel is not None
    shown = [part.isVisible() for part in (panel.sections, panel.questions, panel.assessment)]
    assert sum(shown) == columns


def test_in_one_column_the_urgency_stays_in_sight(make_window: MakeWindow, patient: Patient) -> None:
    window = make_window(size=(800, 768))
    window.begin(patient.uid)
    stress(window)
    assert window.consultation is not None
    seen = window.consultation.urgency.isVisible()
    window.consultation.tabs.choose(1)
    assert (seen, window.consultation.assessment.banner.isVisible()) == (True, True)


def test_a_window_takes_the_theme_of_the_application(
    qapp: QApplication, clinic: Clinic, qtbot: QtBot, self_test: SelfTest
) -> None:
    dark = load_theme("dark")
    dress(qapp, dark)
    window = Window(clinic, self_test=self_test)
    qtbot.addWidget(window)
    assert window.theme is dark


def test_a_second_start_raises_the_first_window(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = SingleInstance(str(tmp_path)), SingleInstance(str(tmp_path))
    assert not first.raise_first()
    first.listen()
    with qtbot.waitSignal(first.raised, timeout=2000):
        assert second.raise_first()
    first.close()


def test_an_uncaught_error_is_told_once_without_its_message(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr("threading.excepthook", None)
    errors.catch_everything(told.append)
    try:
        raise ValueError("WALKER, Susan")
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    assert len(told) == 1
    assert "ValueError in test_an_uncaught_error" in told[0]
    assert "WALKER" not in told[0]


def test_repainting_keeps_every_reference(window: Window) -> None:
    """PySide6 6.12 loses one reference of None for each paintEvent on Python 3.11, and aborts after minutes."""
    row = next(visible(window, AnswerRow))
    row.repaint()
    before = sys.getrefcount(None)
    for _ in range(1000):
        row.repaint()
    assert abs(sys.getrefcount(None) - before) < 200


KEYS = "ynouxs123 \r\t"
CODES = [
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Delete,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Return,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Left,
    Qt.Key.Key_PageDown,
]


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("seed", [1, 2])
def test_random_events_end_without_an_exception(
    qtbot: QtBot, window: Window, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system's own file dialogs would wait for somebody: here they are always cancelled."""
    for name, nothing in {"getExistingDirectory": "", "getOpenFileName": ("", ""), "getSaveFileName": ("", "")}.items():
        monkeypatch.setattr(QFileDialog, name, staticmethod(lambda *_, nothing=nothing: nothing))
    chance = random.Random(seed)
    for _ in range(500):
        target = QApplication.focusWidget() or window
        match chance.randrange(10):
            case 0 | 1 | 2 | 3:
                qtbot.keyClicks(target, chance.choice(KEYS))
            case 4 | 5:
                qtbot.keyClick(target, chance.choice(CODES))
            case 6 | 7 | 8:
                _click_somewhere(qtbot, window, chance)
            case _:
                window.resize(chance.randint(640, 1920), chance.randint(480, 1080))
        for menu in window.findChildren(QMenu):
            menu.close()
    assert window.isVisible()


def _click_somewhere(qtbot: QtBot, window: Window, chance: random.Random) -> None:
    place = QPoint(chance.randrange(window.width()), chance.randrange(window.height()))
    target = window.childAt(place) or window
    qtbot.mouseClick(target, Qt.MouseButton.LeftButton, pos=target.mapFrom(window, place))


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_a_theme_has_every_colour_that_is_asked_for(qapp: QApplication, name: str) -> None:
    theme: Theme = load_theme(name)  # type: ignore[arg-type]
    assert theme.palette().color(theme.palette().ColorRole.Window) == theme.window
    with pytest.raises(AttributeError, match="no colour “mauve”"):
        theme.mauve  # noqa: B018
