"""A digit fills a cell and moves on; arrows never fill; what cannot be is refused and said."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.clinical.checklist import Answer, CouldNotExamine, Range, Said, Unsure
from desktop.clinical.content import Content
from desktop.ui.examination_model import Cell
from desktop.ui.examination_panel import ExaminationPanel
from desktop.ui.grade_menu import GradeMenu
from desktop.ui.style import dress
from desktop.ui.theme import load_theme

HIP, KNEE, TOE = "power_hip_flexion_right", "power_knee_extension_right", "power_toe_extension_left"
REFLEX = "reflex_knee_right"
Pair = tuple[str, Answer | None]


@pytest.fixture
def make_panel(qtbot: QtBot, qapp: QApplication, content: Content) -> Callable[..., ExaminationPanel]:
    def make(scale: float = 1.0, width: int = 626) -> ExaminationPanel:
        theme = load_theme("light", scale)
        dress(qapp, theme)
        panel = ExaminationPanel(theme, content)
        qtbot.addWidget(panel)
        panel.resize(width, 900)
        panel.show()
        panel.activateWindow()
        panel.grid.setFocus()
        qapp.processEvents()
        return panel

    return make


@pytest.fixture
def panel(make_panel: Callable[..., ExaminationPanel]) -> ExaminationPanel:
    return make_panel()


@pytest.fixture
def heard(panel: ExaminationPanel) -> list[Pair]:
    found: list[Pair] = []
    panel.answered.connect(lambda id, answer: found.append((id, answer)))
    return found


@pytest.mark.parametrize(
    ("item", "key", "answer"),
    [
        (HIP, "0", 0.0),
        (HIP, "5", 5.0),
        (HIP, "u", Unsure()),
        (REFLEX, "0", "absent"),
        (REFLEX, "1", "reduced"),
        (REFLEX, "2", "normal"),
        (REFLEX, "3", "brisk"),
    ],
)
def test_one_key_fills_a_cell_and_moves_down(
    qtbot: QtBot, panel: ExaminationPanel, heard: list[Pair], item: str, key: str, answer: Answer
) -> None:
    panel.grid.go_to(item)
    before = panel.grid.currentIndex().row()
    qtbot.keyClicks(panel.grid, key)
    assert heard == [(item, answer)]
    assert panel.grid.currentIndex().row() == before + 1


@pytest.mark.parametrize(("item", "key"), [(HIP, "6"), (HIP, "9"), (REFLEX, "4")])
def test_what_cannot_be_is_said_and_not_recorded(
    qtbot: QtBot, panel: ExaminationPanel, heard: list[Pair], item: str, key: str
) -> None:
    panel.grid.go_to(item)
    qtbot.keyClicks(panel.grid, key)
    assert heard == []
    assert f"{key} is not possible" in panel._message.text()
    current = panel.grid.current_item()
    assert current is not None
    assert current.id == item


def test_letters_of_the_rows_mean_nothing_here(qtbot: QtBot, panel: ExaminationPanel, heard: list[Pair]) -> None:
    qtbot.keyClicks(panel.grid, "ynosp! ")
    assert heard == []


def test_arrows_move_over_headings_and_never_fill(qtbot: QtBot, panel: ExaminationPanel, heard: list[Pair]) -> None:
    gone: list[int] = []
    panel.left.connect(gone.append)
    panel.grid.go_to("power_ankle_plantarflexion_right")
    qtbot.keyClick(panel.grid, Qt.Key.Key_Down)
    assert item_of(panel) == "power_elbow_flexion_right"
    qtbot.keyClick(panel.grid, Qt.Key.Key_Right)
    assert item_of(panel) == "power_elbow_flexion_left"
    panel.grid.go_to(HIP)
    qtbot.keyClick(panel.grid, Qt.Key.Key_Up)
    panel.grid.go_to("reflex_ankle_left")
    qtbot.keyClick(panel.grid, Qt.Key.Key_Down)
    assert (heard, gone) == ([], [-1, 1])


def test_after_the_right_column_comes_the_left(qtbot: QtBot, panel: ExaminationPanel) -> None:
    panel.grid.go_to("reflex_ankle_right")
    qtbot.keyClicks(panel.grid, "2")
    assert item_of(panel) == "power_hip_flexion_left"


def test_delete_is_not_asked_again_and_stays(qtbot: QtBot, panel: ExaminationPanel, heard: list[Pair]) -> None:
    panel.grid.go_to(TOE)
    qtbot.keyClick(panel.grid, Qt.Key.Key_Delete)
    assert heard == [(TOE, None)]
    assert item_of(panel) == TOE


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_mouse_alone_fills_cells(qtbot: QtBot, panel: ExaminationPanel, heard: list[Pair]) -> None:
    """Seen where a whole consultation was driven by clicks: a cell could be taken in hand and not be filled."""
    grid = panel.grid
    place = grid.visualRect(grid.cells.place_of(KNEE)).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert not grid.findChildren(GradeMenu), "the first click takes it in hand"
    for digit in ("4", "5"):
        where = grid.visualRect(grid.currentIndex()).center()
        qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=where)
        (menu,) = grid.findChildren(GradeMenu)
        action = next(one for one in menu.actions() if one.text() == f"&{digit}")
        qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
        qtbot.waitUntil(lambda: not grid.findChildren(GradeMenu))
    assert heard == [(KNEE, 4.0), ("power_ankle_dorsiflexion_right", 5.0)]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_digit_fills_the_cell_while_its_list_is_open(
    qtbot: QtBot, panel: ExaminationPanel, heard: list[Pair]
) -> None:
    where = panel.grid.visualRect(panel.grid.currentIndex()).center()
    qtbot.mouseClick(panel.grid.viewport(), Qt.MouseButton.LeftButton, pos=where)
    (menu,) = panel.grid.findChildren(GradeMenu)
    qtbot.keyClick(menu, "3")
    assert heard == [(HIP, 3.0)]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize(
    ("words", "answers"), [("Unsure", [(HIP, Unsure())]), ("Not asked", [(HIP, None)]), ("Could not examine…", [])]
)
def test_what_is_no_grade_stands_in_the_list_too(
    qtbot: QtBot, panel: ExaminationPanel, heard: list[Pair], words: str, answers: list[Pair]
) -> None:
    where = panel.grid.visualRect(panel.grid.currentIndex()).center()
    qtbot.mouseClick(panel.grid.viewport(), Qt.MouseButton.LeftButton, pos=where)
    (menu,) = panel.grid.findChildren(GradeMenu)
    next(one for one in menu.actions() if one.text() == words).trigger()
    menu.close()
    assert heard == answers
    assert panel.focusWidget() is panel.grid or not answers


@pytest.mark.parametrize("key", ["/", "x"])
def test_could_not_examine_asks_why(qtbot: QtBot, panel: ExaminationPanel, heard: list[Pair], key: str) -> None:
    panel.grid.go_to(HIP)
    qtbot.keyClicks(panel.grid, key)
    assert heard == []
    assert panel._reason is not None
    qtbot.keyClicks(panel._reason.words, "2")
    assert heard == [(HIP, CouldNotExamine("Too painful"))]
    assert item_of(panel) == KNEE


@pytest.mark.parametrize(
    ("item", "answer", "text", "sentence"),
    [
        (HIP, None, "–", "Hip flexion right, L2: not asked"),
        (HIP, 4.0, "4", "Hip flexion right, L2: 4\N{NO-BREAK SPACE}out of 5"),
        (HIP, Said("reduced"), "reduced", "Hip flexion right, L2: reduced"),
        (HIP, Unsure(), "unsure", "Hip flexion right, L2: unsure"),
        (HIP, CouldNotExamine("cast"), "could not", "Hip flexion right, L2: could not examine: cast"),
        (HIP, Range(0, 3), "at most 3", "Hip flexion right, L2: at most 3\N{NO-BREAK SPACE}out of 5"),
        (REFLEX, "absent", "absent", "Knee reflex right, L3 or L4: absent"),
    ],
)
def test_cell_in_words(panel: ExaminationPanel, item: str, answer: Answer | None, text: str, sentence: str) -> None:
    panel.show_answers({item: answer} if answer is not None else {})
    cell = panel.grid.cells.cell(panel.grid.cells.place_of(item))
    assert isinstance(cell, Cell)
    assert (cell.text, cell.sentence) == (text, sentence)


def test_screen_reader_hears_cells_and_headers(panel: ExaminationPanel) -> None:
    panel.show_answers({TOE: 3.0})
    spoken = QAccessible.queryAccessibleInterface(panel.grid)
    names = {spoken.child(place).text(QAccessible.Text.Name) for place in range(spoken.childCount())}
    assert "Big toe extension left, L5: 3\N{NO-BREAK SPACE}out of 5" in names
    assert {"Right", "Left", "Big toe extension, L5"} <= names


def test_level_in_words_and_what_is_missing(panel: ExaminationPanel) -> None:
    panel.show_answers({TOE: 4.0, HIP: CouldNotExamine("cast"), KNEE: Unsure()})
    assert panel._level.text() == "In words: Weak big toe extension (4/5) left: L5."
    assert panel._guide.text().startswith("1 of 24 examined. A guide, not a diagnosis")


@pytest.mark.parametrize(("scale", "width"), [(0.8, 460), (1.0, 560), (1.5, 760), (2.0, 900)])
def test_nothing_is_cut_off(make_panel: Callable[..., ExaminationPanel], scale: float, width: int) -> None:
    panel = make_panel(scale, width)
    panel.resize(width, panel.layout().totalHeightForWidth(width))  # type: ignore[union-attr]
    QApplication.processEvents()
    grid = panel.grid
    assert grid.verticalHeader().width() >= grid.verticalHeader().sizeHint().width()
    last = grid.visualRect(grid.cells.index(grid.cells.rowCount() - 1, 1))
    assert grid.viewport().rect().contains(last)


def item_of(panel: ExaminationPanel) -> str:
    item = panel.grid.current_item()
    assert item is not None
    return item.id
