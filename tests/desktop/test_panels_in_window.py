"""Body map and examination grid in the real window: what is marked there is written, shown and gone back to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from pytestqt.qtbot import QtBot

from db.errors import DiskFull
from desktop.clinical.checklist import Answer
from desktop.record.consultation import Consultation
from desktop.record.encounter import Patient
from desktop.ui.answer_row import AnswerRow
from desktop.ui.body_map_fold import BodyMapFold
from desktop.ui.column import Column
from desktop.ui.examination_grid import ExaminationGrid
from desktop.ui.examination_panel import ExaminationPanel
from desktop.ui.question_list import QuestionList
from desktop.ui.theme import load_theme
from desktop.ui.window import Window


def questions(window: Window) -> QuestionList:
    assert window.consultation is not None
    return window.consultation.questions


def answers(window: Window) -> dict[str, Answer]:
    assert window.model is not None
    return dict(window.model.assessment.answers)


def give(window: Window, item: str, answer: Answer) -> None:
    assert window.model is not None
    window.model.answer(item, answer)


def open_map(window: Window, section: str, row: str) -> BodyMapFold:
    questions(window).show_section(section)
    fold = questions(window).page.maps[row]
    fold.open_map()
    return fold


def grid(window: Window) -> ExaminationPanel:
    questions(window).show_section("examination")
    found = questions(window).page.grid
    assert found is not None
    return found


def focused(window: Window) -> str:
    widget = window.focusWidget()
    assert isinstance(widget, AnswerRow)
    return widget.item.id


def in_sight(column: Column, widget: QWidget) -> bool:
    """The widget, or the line of it that has the focus."""
    view = widget.viewport() if isinstance(widget, QAbstractItemView) else widget
    line = widget.visualRect(widget.currentIndex()) if isinstance(widget, QAbstractItemView) else widget.rect()
    return column.viewport().rect().contains(QRect(view.mapTo(column.viewport(), line.topLeft()), line.size()))


def test_map_opens_below_its_question_and_writes(qtbot: QtBot, window: Window) -> None:
    fold = open_map(window, "pain", "pain_site")
    assert fold.panel is not None
    assert window.focusWidget() is fold.panel.list
    qtbot.keyClick(fold.panel.list, Qt.Key.Key_Down)
    qtbot.keyClick(fold.panel.list, Qt.Key.Key_Space)
    assert answers(window)["pain_site"] == frozenset({"thoracic"})
    assert questions(window).page.rows["pain_site"].state.answer == frozenset({"thoracic"})
    assert [one.region.choice for one in fold.panel.maps["back"].regions if one.marked] == ["thoracic"]
    qtbot.keyClick(fold.panel.list, Qt.Key.Key_Space)
    assert "pain_site" not in answers(window)


def test_escape_closes_the_map_and_goes_back_to_the_question(qtbot: QtBot, window: Window) -> None:
    fold = open_map(window, "pain", "pain_site")
    assert fold.panel is not None
    qtbot.keyClick(fold.panel.list, Qt.Key.Key_Escape)
    assert not fold.is_open
    assert focused(window) == "pain_site"


def test_numbness_is_marked_only_once_there_is_some(window: Window) -> None:
    questions(window).show_section("nerves")
    fold = questions(window).page.maps["limb_numbness"]
    assert fold.isHidden()
    give(window, "limb_numbness", "new")
    assert not fold.isHidden()
    fold.open_map()
    assert fold.panel is not None
    assert fold.panel.tool == "numb_dermatomes"
    fold.panel.list.toggled.emit("L5")
    assert answers(window)["numb_dermatomes"] == frozenset({"L5"})


def test_the_grid_stands_for_its_rows(qtbot: QtBot, window: Window) -> None:
    panel = grid(window)
    assert not any(id.startswith(("power_", "reflex_")) for id in questions(window).page.rows)
    assert {"temperature", "plantars_upgoing"} <= set(questions(window).page.rows)
    panel.enter("power_toe_extension_left")
    qtbot.keyClicks(panel.grid, "3")
    assert answers(window)["power_toe_extension_left"] == 3.0
    assert "Weak big toe extension (3/5) left: L5." in panel._level.text()


def test_arrows_go_through_the_grid(qtbot: QtBot, window: Window) -> None:
    panel = grid(window)
    questions(window).page.rows["abdominal_aorta"].setFocus()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Down)
    assert window.focusWidget() is panel.grid
    qtbot.keyClick(panel.grid, Qt.Key.Key_Up)
    assert focused(window) == "abdominal_aorta"
    panel.enter("reflex_ankle_left")
    qtbot.keyClicks(panel.grid, "2")
    assert focused(window) == "plantars_upgoing"
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Up)
    assert window.focusWidget() is panel.grid
    assert answers(window) == {"reflex_ankle_left": "normal"}


def test_a_question_of_the_grid_is_gone_to(window: Window) -> None:
    questions(window).go_to("power_hip_flexion_left")
    found = window.focusWidget()
    assert isinstance(found, ExaminationGrid)
    item = found.current_item()
    assert item is not None
    assert item.id == "power_hip_flexion_left"


def test_what_could_not_be_written_is_said_and_not_shown(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise DiskFull("/store")

    panel = grid(window)
    panel.enter("power_hip_flexion_right")
    monkeypatch.setattr(Consultation, "answer", refuse)
    qtbot.keyClicks(panel.grid, "4")
    assert "power_hip_flexion_right" not in answers(window)
    assert panel._message.text().startswith("Not saved: Power, right hip flexion (L2), 4")
    assert panel.grid.cells.answer("power_hip_flexion_right") is None


@pytest.mark.parametrize(("scale", "size"), [(1.0, (1366, 768)), (2.0, (1366, 768)), (1.0, (1024, 768))])
def test_nothing_lies_outside_the_column(
    make_window: Callable[..., Window], patient: Patient, scale: float, size: tuple[int, int]
) -> None:
    window = make_window(theme=load_theme("light", scale), size=size)
    window.begin(patient.uid)
    for opening in (lambda: open_map(window, "pain", "pain_site"), lambda: grid(window).enter("reflex_ankle_left")):
        opening()
        QApplication.processEvents()
        column = questions(window).column
        assert questions(window).page.width() <= column.viewport().width()
        assert in_sight(column, window.focusWidget())
