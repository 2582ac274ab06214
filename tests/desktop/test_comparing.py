"""What it could be and what would change: the pages in the place of the questions, and the lines in the column."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.clinical import causes
from desktop.clinical.causes import load_causes
from desktop.clinical.change import change_if
from desktop.clinical.checklist import Answer, Unsure
from desktop.clinical.content import Content
from desktop.clinical.dates import SPACE
from desktop.clinical.differential import differential
from desktop.clinical.mistakes import ContentError, Mistake
from desktop.ui import causes_reading
from desktop.ui.answer_row import AnswerRow
from desktop.ui.cause_card import CauseCard
from desktop.ui.cause_line import CauseLine
from desktop.ui.causes_reading import CausesReading, counts
from desktop.ui.change_panel import ChangePanel
from desktop.ui.column_heading import ColumnHeading
from desktop.ui.could_be_panel import CouldBePanel
from desktop.ui.error_card import ErrorCard
from desktop.ui.icon_grid import IconGrid
from desktop.ui.otherwise import other_answers, otherwise
from desktop.ui.otherwise_card import OtherwiseCard
from desktop.ui.question_chip import QuestionChip
from desktop.ui.side_by_side_table import TableRow
from desktop.ui.window import Window

Answers = dict[str, Answer]
CANCER: Answers = {"cancer_history": True, "cancer_spread": "no", "night_pain": True, "straining_pain": True}


def settle() -> None:
    for _ in range(6):
        QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def give(window: Window, answers: Answers) -> None:
    assert window.model is not None
    for item, answer in answers.items():
        window.model.answer(item, answer)
    settle()


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def could_be(window: Window) -> CouldBePanel:
    assert window.consultation is not None
    window.consultation.show_page("could be")
    settle()
    panel = window.consultation.middle.currentWidget()
    assert isinstance(panel, CouldBePanel)
    return panel


def change(window: Window, item: str) -> ChangePanel:
    assert window.consultation is not None
    window.consultation.go_to(item)
    window.consultation.show_page("change")
    settle()
    panel = window.consultation.middle.currentWidget()
    assert isinstance(panel, ChangePanel)
    return panel


def test_causes_are_read_when_they_are_first_asked_for(window: Window, content: Content) -> None:
    fresh = CausesReading(content)
    assert "causes" not in vars(fresh)
    assert window.model is not None
    assert fresh.leading(window.model.assessment) == ()
    assert "causes" not in vars(fresh)


def test_each_leading_cause_has_a_line_and_beside_a_flag_the_first_stands_in_the_heading(
    window: Window, content: Content
) -> None:
    assert window.model is not None
    assert window.consultation is not None
    column = window.consultation.assessment

    def lines() -> list[CauseLine]:
        return [one for one in column.findChildren(CauseLine) if not one.isHidden()]

    give(window, {"straining_pain": True})
    assert not window.model.assessment.urgency
    assert 1 <= len(lines()) <= 3
    give(window, CANCER)
    assessment = window.model.assessment
    found = differential(content, load_causes(content), assessment.person, assessment.answers)
    first = next(f"{one.cause.name}: {counts(one)}" for one in found if one.speaks_for)
    assert not lines()
    headings = [one.only for one in column.findChildren(ColumnHeading) if one.only is not None and one.isVisible()]
    assert [one.text().replace(SPACE, " ") for one in headings] == [first]


def test_the_table_has_every_row_with_what_not_to_conclude(window: Window, content: Content) -> None:
    give(window, CANCER)
    rows = could_be(window).findChildren(TableRow)
    table = load_causes(content).comparison
    assert len(rows) == len(table.rows)
    for row, entry in zip(rows, table.rows, strict=True):
        assert entry.never_infer in words(row)
        assert entry.never_infer in row.accessibleName()


def test_the_page_says_that_it_cannot_change_an_urgency(window: Window) -> None:
    panel = could_be(window)
    said = [words(panel)]
    panel.choose("all")
    settle()
    said.append(words(panel))
    assert all("can’t change an urgency" in one for one in said)


def test_after_cancer_nothing_beside_it_lowers_the_urgency(window: Window) -> None:
    give(window, CANCER)
    assert "nothing in the right-hand column lowers the urgency" in words(could_be(window))


def test_all_eleven_causes_open_and_fold(qtbot: QtBot, window: Window) -> None:
    give(window, CANCER)
    panel = could_be(window)
    panel.choose("all")
    settle()
    assert len(panel.findChildren(CauseCard)) == 11
    before = words(panel)
    qtbot.mouseClick(panel._cards["bone_metastasis"].head, Qt.MouseButton.LeftButton)
    settle()
    opened = words(panel)
    assert "Speaks for it" in opened
    assert "Speaks for it" not in before
    assert "Cancer, now or in the past" in opened
    assert panel._cards["bone_metastasis"].head.hasFocus()


def test_a_figure_stands_only_where_the_engine_gives_one_with_the_one_it_started_from(window: Window) -> None:
    give(window, {"night_pain": True})
    without = could_be(window).findChildren(IconGrid)
    give(window, CANCER)
    panel = could_be(window)
    (grid,) = panel.findChildren(IconGrid)
    said = grid.accessibleName()
    assert without == []
    assert "before that answer" in said
    assert " from " in said
    assert said in words(panel)


def test_ask_goes_to_the_question(window: Window) -> None:
    give(window, CANCER)
    row = next(row for row in could_be(window).findChildren(TableRow) if "Course" in words(row))
    row.findChildren(QuestionChip)[0].click()
    focus = window.focusWidget()
    assert isinstance(focus, AnswerRow)
    assert focus.item.id == "pain_course"
    assert focus.isVisible()


@pytest.mark.parametrize("page", ["could be", "change"])
def test_escape_goes_back_to_the_question_in_hand(qtbot: QtBot, window: Window, page: str) -> None:
    assert window.consultation is not None
    window.consultation.go_to("cancer_history")
    window.consultation.show_page(page)
    settle()
    sections = window.consultation.sections
    assert sections.compare.buttons[page].isChecked()
    assert not sections.list.selectedIndexes(), "two places are marked as what is seen"
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    focus = window.focusWidget()
    assert isinstance(focus, AnswerRow)
    assert focus.item.id == "cancer_history"
    assert not sections.compare.buttons[page].isChecked()
    assert sections.list.selectedIndexes() == [sections.list.currentIndex()]


def test_the_pages_are_reached_from_the_column_and_from_the_sections(qtbot: QtBot, window: Window) -> None:
    give(window, CANCER)
    assert window.consultation is not None
    panel = window.consultation
    qtbot.mouseClick(panel.sections.compare.buttons["could be"], Qt.MouseButton.LeftButton)
    assert panel.middle.page == "could be"
    panel.sections.chosen.emit("pain")
    assert panel.middle.page == ""
    panel.assessment.comparison_asked.emit()
    assert panel.middle.page == "could be"


def test_causes_with_mistakes_leave_the_flags_alone(
    window: Window, content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Content) -> None:
        raise ContentError([Mistake("causes/disc.toml", 7, "", "", "is wrong")])

    monkeypatch.setattr(causes, "load_causes", broken)
    monkeypatch.setattr(window, "causes", CausesReading(content))
    assert window.model is not None
    window.begin(window.model.consultation.patient.uid)
    give(window, {"bladder_change": "new"})
    card = could_be(window).findChild(ErrorCard)
    assert "causes/disc.toml:7" in words(card)
    assert window.model.shown.urgency.word == "emergency"


def test_another_answer_says_what_appears_and_what_goes(window: Window, content: Content) -> None:
    give(window, {"cancer_history": True, "limb_weakness": "new"})
    panel = change(window, "limb_weakness")
    assert window.model is not None
    expected = change_if(content, window.model.assessment, "limb_weakness", "no")
    card = next(card for card in panel.findChildren(OtherwiseCard) if "If it were no\n" in words(card))
    said = words(card)
    assert all(rule.flag in said for rule in (*expected.raised, *expected.dropped))
    assert "Urgency: Emergency → " in said
    assert "Now: new" in words(panel)


def test_a_look_at_what_would_change_answers_nothing(window: Window) -> None:
    give(window, {"limb_weakness": "new"})
    assert window.model is not None
    before = window.model.assessment
    change(window, "limb_weakness")
    assert window.model.assessment is before


def test_what_changes_nothing_is_said_in_one_line(window: Window, content: Content) -> None:
    give(window, {"acutely_ill": True})
    assert window.model is not None
    found = otherwise(content, window.model.assessment, "night_pain")
    assert [one.changes for one in found].count(False) == 1


def test_the_steps_of_a_short_scale_are_gone_through_and_those_that_bring_the_same_stand_in_one(
    window: Window, content: Content
) -> None:
    """Seen as a picture: with a power in hand the page was one sentence about unsure and not asked."""
    give(window, {"cancer_history": True, "power_hip_flexion_left": 4.0})
    assert window.model is not None
    found = otherwise(content, window.model.assessment, "power_hip_flexion_left")
    steps = [float(step) for step in (0, 1, 2, 3, 5)]
    assert other_answers(content.items["power_hip_flexion_left"], 4.0) == [*steps, Unsure(), None]
    held = [one for one in found if one.answer.startswith("5")]
    assert [one.title for one in held] == ["If it were 5, unsure or not asked"]
    assert any(title == "Flags that go" for title, _ in held[0].groups)
    assert len(found) < len(steps)


def test_not_asked_and_unsure_are_among_the_other_answers(content: Content) -> None:
    assert other_answers(content.items["acutely_ill"], True) == [False, Unsure(), None]
    assert other_answers(content.items["acutely_ill"], None) == [True, False, Unsure()]
    assert other_answers(content.items["temperature"], 38.0) == [Unsure(), None]


def test_undo_from_a_page_leads_back_to_the_question(qtbot: QtBot, window: Window) -> None:
    give(window, {"cancer_history": True})
    could_be(window)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.consultation is not None
    assert window.consultation.middle.page == ""
    assert window.model is not None
    assert window.model.assessment.answers == {}


def test_no_colour_but_severity_on_these_pages() -> None:
    source = Path(causes_reading.__file__).parent
    names = ("cause_card", "could_be_panel", "side_by_side_table", "patient_said", "icon_grid", "figure_card")
    used = [name for name in names if "severity" in (source / f"{name}.py").read_text("utf-8")]
    assert used == []
