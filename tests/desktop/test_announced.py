"""What a screen reader is told of that has not got the focus, and what it is told that things are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.record.encounter import Patient
from desktop.ui.answer_row import AnswerRow
from desktop.ui.choice_field import ChoiceField
from desktop.ui.command_palette import CommandPalette
from desktop.ui.flag_card import FlagCard
from desktop.ui.flag_decision_card import FlagDecisionCard
from desktop.ui.plan_decision_row import PlanDecisionRow
from desktop.ui.window import Window

from . import accessible_walk as walk

Passed = Callable[[], list[str]]


@pytest.fixture
def window(window: Window) -> Window:
    walk.settle()
    return window


def press(key: Qt.Key | str) -> None:
    QTest.keyClick(QApplication.focusWidget(), key)
    walk.settle()


def state_of(widget: QWidget) -> QAccessible.State:
    return QAccessible.queryAccessibleInterface(widget).state()


def row(window: Window, item: str) -> AnswerRow:
    return next(one for one in window.findChildren(AnswerRow) if one.item.id == item)


def test_details_that_open_are_told_and_the_question_is_open(window: Window, heard: list[str]) -> None:
    window.consultation.go_to("bladder_change")
    bladder = row(window, "bladder_change")
    assert not state_of(bladder).expanded
    press("y")
    assert [words for words in heard if "Details opened: Bladder features" in words]
    assert state_of(bladder).expandable
    assert state_of(bladder).expanded
    heard.clear()
    window.consultation.go_to("bladder_change")
    press("n")
    assert not state_of(bladder).expanded
    assert [words for words in heard if "Details" in words] == []


def test_what_opens_with_the_consultation_is_not_told(window: Window, heard: list[str]) -> None:
    assert window.model is not None
    window.model.answer("bladder_change", "new")
    uid = window.model.consultation.encounter.uid
    window.show_room("today")
    heard.clear()
    window.open_encounter(uid)
    walk.settle()
    assert state_of(row(window, "bladder_change")).expanded
    assert [words for words in heard if "Details" in words] == []


def test_a_lower_urgency_is_told_too(window: Window, heard: list[str]) -> None:
    """Somebody who takes an answer back would go on as if the emergency stood."""
    assert window.model is not None
    window.model.answer("bladder_change", "new")
    assert heard[-1].startswith("Emergency")
    window.model.undo()
    assert window.model.assessment.urgency.word != "emergency"
    assert not heard[-1].startswith("Emergency")


def test_the_end_of_a_section_is_told(window: Window, heard: list[str]) -> None:
    """The focus stays on the last question: whoever does not see that would go on pressing."""
    window.consultation.go_to("injury")
    press("n")
    assert heard[-1] == "End of Safety screen: 1 of 13 asked. S goes to the next section."
    window.consultation.go_to("bladder_change")
    heard.clear()
    press("n")
    assert [words for words in heard if words.startswith("End of")] == []


def test_nothing_else_has_the_focus_on_the_way_to_the_next_section(window: Window, focus_passed: Passed) -> None:
    """What is hidden with the focus inside gives it to whatever is next, and a reader began with that."""
    passed = focus_passed()
    press("s")
    assert passed == ["AnswerRow"]


def test_the_patient_is_told_with_the_consultation(window: Window, patient: Patient) -> None:
    panel = window.rooms.panel("consultation")
    assert panel.accessibleName().startswith(f"Patient: {patient.name}, born ")
    assert walk.role_of(panel) is QAccessible.Role.Grouping
    window.desk.open_review()
    assert window.rooms.panel("review").accessibleName().startswith(f"Patient: {patient.name}")


def test_whom_enter_opens_is_told_in_the_search(make_window: Callable[..., Window], demonstration: None) -> None:
    today = make_window().rooms.panel("today")
    today.search.setText("larksp")
    told = today.search.accessibleDescription()
    assert told.startswith("1 found. Enter opens: LARKSPUR, Marigold (Mrs) · 61 y. Born ")
    assert told.endswith("Unfinished")
    today.search.setText("qqqq")
    assert today.search.accessibleDescription() == "Nobody found"
    today.search.clear()
    assert today.search.accessibleDescription() == ""


def test_what_was_asked_is_told_after_the_impression(window: Window, heard: list[str]) -> None:
    """The focus goes on to the flags or to signing: past what was asked, which is only looked at."""
    assert window.model is not None
    window.model.answer("bladder_change", "no")
    window.desk.open_review()
    review = window.rooms.panel("review")
    review.impression.field.setText("strain")  # type: ignore[attr-defined]
    review.impression.go_on.click()  # type: ignore[attr-defined]
    told = next(words for words in heard if words.startswith("2 · What was asked. "))
    assert told.startswith("2 · What was asked. Safety screen 1 of 13. 0 yes, 1 no, 1 value, 0 unsure, ")


def test_what_can_be_answered_is_told_with_the_question(window: Window) -> None:
    """Who does not see the buttons would not know which question takes *old*, or what 2 stands for."""
    for item, told in {
        "cancer_history": "Ask: ",
        "bladder_change": "N No, Y New, O Old. Ask: ",
        "pain_course": "1 New, 2 Changed, 3 Unchanged. Ask: ",
        "pain_duration_weeks": "weeks, 0 to 4000. Ask: ",
    }.items():
        window.consultation.go_to(item)
        assert row(window, item).accessibleDescription().startswith(told)


def test_nothing_else_has_the_focus_once_it_is_signed(window: Window, focus_passed: Passed) -> None:
    window.desk.open_review()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert window.rooms.isAncestorOf(focused)
    passed = focus_passed()
    window.rooms.forget("review")
    window.show_room("consultation")
    walk.settle()
    assert passed == ["AnswerRow"]


def test_what_is_missing_before_signing_is_told_and_gone_to(window: Window, heard: list[str]) -> None:
    assert window.model is not None
    window.model.answer("bladder_change", "new")
    window.desk.open_review()
    QTest.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    walk.settle()
    heard.clear()
    window.setFocus()
    QTest.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    walk.settle()
    assert [words for words in heard if words.startswith("Before signing: ")]
    card = next(one for one in window.findChildren(FlagDecisionCard) if one.isVisible())
    assert QApplication.focusWidget() is card.accept


def test_where_it_was_left_is_told(make_window: Callable[..., Window], patient: Patient, heard: list[str]) -> None:
    first = make_window()
    first.begin(patient.uid)
    assert first.model is not None
    first.model.answer("cancer_history", True)
    uid = first.model.consultation.encounter.uid
    first.close()
    again = make_window()
    again.open_encounter(uid)
    walk.settle()
    assert [words for words in heard if words.startswith("Resumed: left")]


def test_groups_and_the_window_say_what_they_are(window: Window) -> None:
    """A reader passes over a filler: the patient's name, or which flag a button belongs to, would go untold."""
    assert window.model is not None
    window.model.answer("bladder_change", "new")
    walk.settle()
    assert walk.role_of(window) is QAccessible.Role.Window
    for kind in (FlagCard, ChoiceField):
        found = next(one for one in window.findChildren(kind) if one.isVisible() and one.accessibleName())
        assert walk.role_of(found) is QAccessible.Role.Grouping
    features = next(one for one in window.findChildren(ChoiceField) if one.item.id == "bladder_features")
    assert walk.name_of(next(iter(features._segments.values()))) == "Hesitancy: Bladder features"
    assert features.accessibleDescription().startswith("1 Hesitancy, 2 ")


def test_a_date_that_stands_is_not_told_to_be_none(window: Window) -> None:
    assert window.model is not None
    window.model.answer("bladder_change", "new")
    window.desk.open_review()
    for one in window.findChildren(PlanDecisionRow):
        face = QAccessible.queryAccessibleInterface(one.when)
        assert face.text(QAccessible.Text.Description).startswith("Such as")
        assert not one.accessibleName().endswith(". ")


def test_what_became_of_a_wish_is_told(window: Window, heard: list[str]) -> None:
    """An error, what was undone, what was sent or saved: the strip and the status line are far from the focus."""
    assert window.model is not None
    window.model.undo()
    assert heard[-1].startswith("Nothing to undo")
    window.errors.show_words("The disk is full.", "Every answer is saved.", "Free some space.")
    assert heard[-1] == "The disk is full. Every answer is saved. Free some space."
    heard.clear()
    window.model.answer("cancer_history", False)
    assert [words for words in heard if words.startswith("Last")] == []


def test_nothing_found_is_told_in_the_field(window: Window) -> None:
    window.all_actions.run("palette")
    palette = QApplication.activeModalWidget()
    assert isinstance(palette, CommandPalette)
    palette.search.setText("qqqqqqqqqqqq")
    assert palette.search.accessibleDescription().startswith("Nothing like that")
    palette.search.setText("undo")
    assert palette.search.accessibleDescription().startswith("Undo the last answer")
    palette.close()


def test_a_cell_is_named_before_it_is_filled_and_what_does_not_fit_is_told(window: Window, heard: list[str]) -> None:
    window.consultation.go_to("power_hip_flexion_left")
    walk.settle()
    assert heard[-1] == "Hip flexion left, L2: not asked"
    press("9")
    assert "9 is not possible" in heard[-1]
    assert window.model is not None
    assert "power_hip_flexion_left" not in window.model.assessment.answers


def test_a_text_that_is_too_long_is_told(window: Window, heard: list[str]) -> None:
    field = window.consultation.questions.page.note.field
    QApplication.clipboard().setText("x" * 1_000_000)
    field.setFocus()
    field.paste()
    assert heard[-1].startswith("That is 1,000,000 characters")
    assert field.toPlainText() == ""


def test_the_assessment_is_read_as_it_stands(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its rows are used again where they can be: in the order of their making, the plan came before the flags."""
    monkeypatch.setattr("desktop.ui.reading_order.QAccessible.isActive", lambda: True)
    assert window.model is not None
    for item, answer in {"bladder_change": "new", "cancer_history": True, "limb_weakness": "new"}.items():
        window.model.answer(item, answer)
        walk.settle()
        inner = window.consultation.assessment._column.widget()
        rows = [one for one in inner.children() if isinstance(one, QWidget) and one.isVisible()]
        assert [one.y() for one in rows] == sorted(one.y() for one in rows)


def test_what_is_told_comes_after_the_focus_and_the_flag_first(
    window: Window, focus_passed: Passed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the focus goes a reader breaks off what it is saying: the next question would cut off the emergency."""
    order = focus_passed()
    monkeypatch.setattr(
        "desktop.ui.announce._say", lambda _, words, politeness: order.append(f"{politeness.name} {words}")
    )
    window.consultation.go_to("bladder_change")
    order.clear()
    QTest.keyClick(QApplication.focusWidget(), "y")
    QTest.qWait(60)
    told = [words for words in order if " " in words]
    assert order.index(told[0]) == 1
    assert order[-len(told) :] == told
    assert [words[:21] for words in told] == ["Assertive Emergency ·", "Polite Details opened"]


def test_what_space_made_of_a_region_is_told(window: Window, heard: list[str]) -> None:
    window.consultation.go_to("pain_site")
    page = window.consultation.questions.page
    page.maps["pain_site"].open_map()
    walk.settle()
    heard.clear()
    press(Qt.Key.Key_Space)
    assert heard[-1] == "Neck, pain"
    press(Qt.Key.Key_Space)
    assert heard[-1] == "Neck, not marked"


def test_why_it_could_not_be_examined_says_which_digit_is_which(window: Window) -> None:
    window.consultation.go_to("power_hip_flexion_left")
    press("x")
    field = QApplication.focusWidget()
    assert field is not None
    told = field.accessibleDescription()
    assert told == "1 Declined, 2 Too painful, 3 No chaperone, 4 Not possible here, or type, then Enter"


def test_why_a_flag_is_set_aside_says_which_digit_is_which(window: Window) -> None:
    assert window.model is not None
    window.model.answer("bladder_change", "new")
    window.desk.open_review()
    window.rooms.panel("review").model.write_impression("strain")  # type: ignore[attr-defined]
    walk.settle()
    card = next(one for one in window.findChildren(FlagDecisionCard) if one.isVisible())
    card.other.click()
    assert card.reasons.accessibleDescription().startswith("1 ")
    assert ", 2 " in card.reasons.accessibleDescription()


PUT_AWAY = ["map", "reason in the grid", "reason", "override", "section"]


@pytest.mark.parametrize("what", PUT_AWAY)
def test_what_is_put_away_does_not_hand_the_focus_round(window: Window, focus_passed: Passed, what: str) -> None:
    """Hidden with the focus inside, it came to the rail first, and a reader said so."""
    match what:
        case "map":
            window.consultation.go_to("pain_site")
            window.consultation.questions.page.maps["pain_site"].open_map()
        case "reason in the grid":
            window.consultation.go_to("power_hip_flexion_left")
            press("x")
        case "reason":
            window.consultation.go_to("bladder_change")
            press("x")
        case "override":
            assert window.model is not None
            window.model.answer("bladder_change", "new")
            window.desk.open_review()
            window.rooms.panel("review").model.write_impression("strain")  # type: ignore[attr-defined]
            walk.settle()
            next(one for one in window.findChildren(FlagDecisionCard) if one.isVisible()).other.click()
    walk.settle()
    passed = focus_passed()
    press("s") if what == "section" else press(Qt.Key.Key_Escape)
    assert len(passed) == 1
    assert "NavList" not in passed
