"""Banner, coverage, flags, what is not yet ruled out, and plan, as the column shows them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from db.store import Store
from desktop.clinical.checklist import Answer, Unsure
from desktop.clinical.content import Content
from desktop.clinical.question import next_question, shortest
from desktop.clinical.rules import Urgency
from desktop.record.clinic import Clinic
from desktop.record.encounter import Patient
from desktop.record.patients import add_patient
from desktop.record.practice import ContactEntry
from desktop.ui.answer_row import AnswerRow
from desktop.ui.assessment_panel import AssessmentPanel
from desktop.ui.choice_field import ChoiceField
from desktop.ui.conflict_line import ConflictLine
from desktop.ui.flag_card import FlagCard
from desktop.ui.paragraphs import Paragraphs
from desktop.ui.plan_lines import plan_lines
from desktop.ui.plan_row import PlanRow
from desktop.ui.question_chip import QuestionChip
from desktop.ui.self_test import SelfTest
from desktop.ui.text_link import TextLink
from desktop.ui.undecided_row import UndecidedRow
from desktop.ui.window import Window

NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
ZONE = ZoneInfo("Europe/London")
Answers = dict[str, Answer]


def column(window: Window) -> AssessmentPanel:
    assert window.consultation is not None
    return window.consultation.assessment


def give(window: Window, answers: Answers) -> AssessmentPanel:
    assert window.model is not None
    for item, answer in answers.items():
        window.model.answer(item, answer)
    settle()
    return column(window)


def settle() -> None:
    """Layouts ask for one another's sizes through posted events; what was replaced goes when they are done."""
    for _ in range(4):
        QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def all_no(content: Content, *but: str) -> Answers:
    items = [item for item in content.safety_screen.items if item.id not in but]
    return {item.id: False if item.kind == "yes-no" else "no" for item in items}


def words(panel: AssessmentPanel) -> str:
    return "\n".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())


LEVELS: list[tuple[Answers, Urgency, str]] = [
    ({"bladder_change": "new"}, Urgency.emergency, "now"),
    ({"fever_or_unwell": True}, Urgency.same_day, "today"),
    ({"bilateral_leg_symptoms": "new"}, Urgency.urgent, "by Mon 07\N{NON-BREAKING HYPHEN}Dec"),
]


@pytest.mark.parametrize(("answers", "urgency", "when"), LEVELS)
def test_the_banner_names_the_level_and_an_action_with_a_time(
    window: Window, answers: Answers, urgency: Urgency, when: str
) -> None:
    banner = give(window, answers).banner
    said = banner.accessibleName().replace("\N{NO-BREAK SPACE}", " ")
    assert banner.headline.urgency is urgency
    assert when in said
    assert any(verb in said for verb in ("Phone", "Call", "Send", "eferral"))


def test_the_banner_carries_the_number_or_says_that_there_is_none(window: Window) -> None:
    """Seen as a GP: “Phone the MSCC coordinator now”, and the number was below the fold."""
    banner = give(window, {"cancer_history": True, "limb_weakness": "new"}).banner
    assert banner.headline.number == "No number in the directory: ask the switchboard"
    page = window.clinic.directory
    page.save("mscc_coordinator", ContactEntry("01632 960 114", "day and night", "", "2026-11-20"))
    assert window.model is not None
    window.clinic.use_directory(window.model.consultation)
    banner = give(window, {"fever_or_unwell": False}).banner
    assert banner.headline.number.replace("\N{NO-BREAK SPACE}", " ") == "01632 960 114 · day and night"
    assert "day and night" in words(column(window))
    assert banner.headline.number in banner.accessibleName()


@pytest.mark.parametrize("by", ["click", "key"])
def test_the_number_is_copied_when_it_is_pressed(window: Window, qtbot: QtBot, by: str) -> None:
    banner = give(window, {"cancer_history": True, "limb_weakness": "new"}).banner
    clipboard = QApplication.clipboard()
    clipboard.setText("before")
    assert not banner.ring.isVisible()
    banner.copy_number()
    assert clipboard.text() == "before"
    window.clinic.directory.save("mscc_coordinator", ContactEntry("01632 960 114", "", "", "2026-11-20"))
    assert window.model is not None
    window.clinic.use_directory(window.model.consultation)
    give(window, {"fever_or_unwell": False})
    answers = dict(window.model.assessment.answers)
    if by == "click":
        qtbot.mouseClick(banner.ring, Qt.MouseButton.LeftButton)
    else:
        qtbot.keyClick(window.focusWidget(), "p")
    assert clipboard.text() == "01632 960 114"
    assert "Number copied" in window.status._last.text()
    assert dict(window.model.assessment.answers) == answers


def test_a_rising_urgency_is_announced_once_and_the_focus_stays(window: Window, heard: list[str]) -> None:
    heard.clear()
    before = window.focusWidget()
    give(window, {"bilateral_leg_symptoms": "new", "bladder_change": "new", "bowel_change": "new"})
    assert [words.split()[0] for words in heard] == ["Urgent", "Emergency"]
    assert window.focusWidget() is before


def test_a_further_flag_is_announced_and_pointed_out(window: Window, heard: list[str]) -> None:
    """Of the same urgency or less: the banner stays as it is, and somebody who can't see would not know."""
    give(window, {"cancer_history": True, "limb_weakness": "new"})
    heard.clear()
    before, urgency = window.focusWidget(), column(window).banner.headline.urgency
    give(window, {"acutely_ill": True})
    assert column(window).banner.headline.urgency == urgency
    words = heard[-1]
    assert window.focusWidget() is before
    assert words.split(". ") == [f"Emergency flag: {card.flag.rule.flag}" for card in new_cards(window)]
    heard.clear()
    give(window, {"first_episode": True})
    assert heard == []
    assert new_cards(window) == []


def new_cards(window: Window) -> list[FlagCard]:
    cards = [card for card in column(window).findChildren(FlagCard) if card.isVisible()]
    return [card for card in cards if card.head.accessibleDescription() == f"{card.flag.rule.id}, new"]


def test_nothing_asked_says_so(window: Window) -> None:
    banner = column(window).banner
    assert (banner.headline.level, banner.headline.action) == ("Not assessed", "Nothing asked yet")


def test_without_a_flag_the_headline_is_what_is_missing(window: Window, content: Content) -> None:
    banner = give(window, all_no(content, "bowel_change", "sexual_change")).banner
    assert banner.headline.action == "Two safety questions still to ask"
    assert "bowel change, sexual change" in banner.headline.detail


def test_an_unsure_answer_never_reads_as_clear(window: Window, content: Content) -> None:
    banner = give(window, all_no(content) | {"injury": Unsure()}).banner
    assert "not clear" in banner.headline.detail


def test_a_doubt_is_said_in_the_banner_beside_what_is_missing_and_beside_a_milder_flag(
    window: Window, content: Content
) -> None:
    doubt = "Not sure: bladder change. Settle it now."
    missing = all_no(content, "injury") | {"bladder_change": Unsure()}
    for answers, said in (
        (missing, True),
        (missing | {"sexual_change": "old"}, True),
        (missing | {"bladder_change": "no"}, False),
        (missing | {"saddle_numbness": "new"}, False),
    ):
        assert (doubt in give(window, answers).banner.headline.detail) is said


@pytest.mark.parametrize("answers", [{}, {"acutely_ill": False}, {"bladder_change": "new"}, {"injury": Unsure()}])
def test_nothing_reassures(window: Window, answers: Answers) -> None:
    shown = words(give(window, answers)).lower()
    assert not [claim for claim in ("no red flags\n", "low risk\n", "all clear", "reassur") if claim in shown]


def test_the_missing_question_is_one_press_away(qtbot: QtBot, window: Window, content: Content) -> None:
    panel = give(window, all_no(content, "saddle_numbness"))
    qtbot.mouseClick(panel.banner.ask_button, Qt.MouseButton.LeftButton)
    focus = window.focusWidget()
    assert isinstance(focus, AnswerRow)
    assert focus.item.id == "saddle_numbness"


def test_coverage_counts_the_screen_and_the_cauda_equina_questions(window: Window) -> None:
    panel = give(window, {"bladder_change": "no", "bowel_change": "no", "injury": Unsure()})
    assert panel.coverage.accessibleName() == "Safety screen 3 of 13, 1 unsure. Cauda equina 2 of 5 asked"


def test_a_flag_shows_its_reasons_sources_and_sign_off(window: Window) -> None:
    panel = give(window, {"bladder_change": "new"})
    flag = panel.findChildren(FlagCard)[0].flag
    shown = words(panel)
    assert "Bladder change: new." in shown
    assert flag.sources[0] in shown
    assert "checked" in flag.sources[0]
    assert ("needs clinical sign-off" in shown) == flag.rule.needs_sign_off


def test_the_first_flag_is_open_and_the_others_fold(qtbot: QtBot, window: Window) -> None:
    panel = give(window, {"bladder_change": "new", "cancer_history": True, "limb_weakness": "new"})
    cards = shown_cards(panel)
    assert [bool(card.findChildren(Paragraphs)) for card in cards] == [True] + [False] * (len(cards) - 1)
    qtbot.mouseClick(cards[1].head, Qt.MouseButton.LeftButton)
    settle()
    assert shown_cards(panel)[1].findChildren(Paragraphs)


def shown_cards(panel: AssessmentPanel) -> list[FlagCard]:
    """From top to bottom: a card that stays is older than the one put above it."""
    return sorted((card for card in panel.findChildren(FlagCard) if not card.isHidden()), key=lambda card: card.y())


def test_undecided_rules_come_most_urgent_first_and_the_rest_is_counted(qtbot: QtBot, window: Window) -> None:
    panel = column(window)
    settle()
    rows = [row for row in panel.findChildren(UndecidedRow) if row.isVisible()]
    assert len(rows) == 5
    assert all("emergency" in row.accessibleName() for row in rows)
    panel._toggle_undecided()
    settle()
    assert window.model is not None
    shown = [row for row in panel.findChildren(UndecidedRow) if not row.isHidden()]
    assert len(shown) == len(window.model.assessment.undecided)


@pytest.mark.parametrize("item", ["sensory_level", "height_loss_cm", "cancer_history"])
def test_a_chip_goes_to_its_question(qtbot: QtBot, window: Window, content: Content, item: str) -> None:
    panel = column(window)
    panel._toggle_undecided()
    chips = [chip for chip in panel.findChildren(QuestionChip) if content.items[item].ask in chip.accessibleName()]
    chips[-1].click()
    focus = window.focusWidget()
    assert isinstance(focus, AnswerRow)
    assert focus.item.id == item


def open_rows(panel: AssessmentPanel) -> dict[str, UndecidedRow]:
    return {row.rule.rule_id: row for row in panel.findChildren(UndecidedRow) if not row.isHidden()}


def test_a_rule_shows_the_fewest_questions_that_could_raise_it(window: Window, content: Content) -> None:
    panel = give(window, {"cancer_history": True})
    assert window.model is not None
    assessment = window.model.assessment
    fewest = {one.rule.id: shortest(content, assessment, one) for one in assessment.undecided}
    shown = open_rows(panel)
    assert shown
    assert all(set(fewest[id]) <= set(row.rule.questions) for id, row in shown.items())
    assert all(len(row.rule.questions) <= len(fewest[id]) + 1 for id, row in shown.items())


def test_the_next_best_question_stands_once_and_f2_goes_there(qtbot: QtBot, window: Window, content: Content) -> None:
    panel = give(window, {"acutely_ill": False})
    assert window.model is not None
    best = next_question(content, window.model.assessment)
    assert best is not None
    assert [row.rule.best for row in open_rows(panel).values() if row.rule.best] == [best.item]
    window.rail.list.setFocus()
    qtbot.keyClick(window.rail.list, Qt.Key.Key_F2)
    focus = window.focusWidget()
    assert isinstance(focus, AnswerRow)
    assert focus.item.id == best.item
    assert best.words in shown_words(window.status)


def test_f2_leads_from_gap_to_gap_of_the_screen(qtbot: QtBot, window: Window, content: Content) -> None:
    asked = set()
    for _ in content.safety_screen.items:
        qtbot.keyClick(window, Qt.Key.Key_F2)
        focus = window.focusWidget()
        assert isinstance(focus, AnswerRow)
        asked.add(focus.item.id)
        qtbot.keyClick(focus, Qt.Key.Key_N)
    assert asked == {item.id for item in content.safety_screen.items}


def shown_words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_an_answer_keeps_what_it_does_not_change(window: Window) -> None:
    panel = give(window, {"bladder_change": "new"})
    before = {id(row) for row in panel.findChildren(PlanRow)}
    give(window, {"injury": False})
    assert before == {id(row) for row in panel.findChildren(PlanRow)}


def test_a_chip_for_a_detail_goes_into_its_row(window: Window) -> None:
    panel = give(window, {"limb_weakness": "new"})
    panel.asked_for.emit("foot_drop")
    focus = window.focusWidget()
    assert isinstance(focus, ChoiceField)
    assert focus.item.id == "foot_drop"


def test_a_question_that_waits_leads_to_the_one_that_opens_it(window: Window) -> None:
    column(window).asked_for.emit("foot_drop")
    focus = window.focusWidget()
    assert isinstance(focus, AnswerRow)
    assert focus.item.id == "limb_weakness"


MISFITS = [
    ({"limb_weakness": "no", "power_ankle_dorsiflexion_left": 2.0}, "limb_weakness", "power_ankle_dorsiflexion_left"),
    ({"limb_weakness": "new", "foot_drop": True, "power_ankle_dorsiflexion_left": 5.0}, "limb_weakness", "power_"),
    ({"limb_weakness": "old", "weakness_worsening": True}, "limb_weakness", "weakness_worsening"),
]


@pytest.mark.parametrize(("answers", "item", "other"), MISFITS)
def test_answers_that_do_not_fit_say_so_on_the_row_with_a_way_to_the_other(
    window: Window, answers: Answers, item: str, other: str
) -> None:
    give(window, answers)
    assert window.consultation is not None
    assert window.model is not None
    row = window.consultation.questions.page.rows[item]
    (line,) = row.findChildren(ConflictLine)
    assert "does not fit" in shown_words(line)
    assert "does not fit" in row.accessibleName()
    link = next(link for link in line.findChildren(TextLink) if link.isVisible())
    with_other = [one.against[0] for one in window.model.assessment.contradictions]
    assert with_other[0].startswith(other)
    link.click()
    settle()
    focus = window.focusWidget()
    assert focus is not None
    assert focus is not row


def test_when_the_answer_fits_again_the_line_goes(window: Window) -> None:
    give(window, {"limb_weakness": "no", "power_ankle_dorsiflexion_left": 2.0})
    give(window, {"limb_weakness": "new"})
    assert window.consultation is not None
    assert window.consultation.questions.page.rows["limb_weakness"].findChildren(ConflictLine) == []


def test_an_age_the_rules_are_not_written_for_is_said_beside_the_flags(
    clinic: Clinic, store: Store, make_window: Callable[..., Window]
) -> None:
    child = add_patient(
        store, family="Young", given="Tim", title="", sex="male", born=date(2014, 3, 1), nhs_number="", at=NOW
    )
    window = make_window()
    window.begin(child.uid)
    settle()
    assert "The rules are written for adults" in words(column(window))


@pytest.mark.parametrize(("years", "said"), [(1, False), (3, True)])
def test_a_rule_nobody_reviewed_for_two_years_says_so(
    content: Content, store: Store, patient: Patient, self_test: SelfTest, qtbot: QtBot, years: int, said: bool
) -> None:
    later = NOW + timedelta(days=365 * years)
    clinic = Clinic(content, store, who="Dr Test", clock=lambda: later, zone=ZONE, demo=True)
    window = Window(clinic, self_test=self_test, now=lambda: later)
    qtbot.addWidget(window)
    window.show()
    window.begin(patient.uid)
    assert ("over 24 months ago" in words(give(window, {"bladder_change": "new"}))) is said


LIMITS = [
    (date(2024, 11, 24), True),
    (date(2024, 11, 25), False),
    (date(2026, 11, 23), False),
    (date(2020, 1, 1), True),
]


@pytest.mark.parametrize(("reviewed", "stale"), LIMITS)
def test_stale_is_counted_in_whole_months(content: Content, reviewed: date, stale: bool) -> None:
    rule = content.rules[0].but(reviewed=reviewed)
    assert rule.is_stale(date(2026, 11, 24)) is stale


def test_the_plan_shows_every_line_with_its_limit(window: Window, content: Content) -> None:
    panel = give(window, {"bladder_change": "new"})
    assert window.model is not None
    plan = window.model.assessment.plan
    groups = (plan.immediate, plan.imaging, plan.bloods, plan.referral, plan.safety_net, plan.nothing, plan.withheld)
    rows = [row for row in panel.findChildren(PlanRow) if not row.isHidden()]
    assert len(rows) == sum(map(len, groups)) + len(plan.notes)
    said = " | ".join(row.accessibleName() for row in rows).replace("\N{NO-BREAK SPACE}", " ")
    assert "within 4 hours" in said
    assert plan.referral[0].to.lower() in said.lower()


def test_a_row_that_shows_another_line_shows_all_of_it(window: Window) -> None:
    """Rows are filled anew when the plan changes: none keeps a word of the line before."""
    each: tuple[Answers, ...] = (
        {"limb_weakness": "new"},
        {"bladder_change": "new"},
        {"cancer_history": True},
        {"injury": True},
    )
    for answer in each:
        panel = give(window, answer)
        assert window.model is not None
        lines = plan_lines(window.model.assessment.plan, panel.zone, panel._doubt)
        shown = (row for row in panel.findChildren(PlanRow) if not row.isHidden())
        rows = sorted(shown, key=lambda row: row.y())
        assert [row.accessibleName() for row in rows] == [line.words for line in lines]
        assert [row.text().split("\n") for row in rows] == [[line.what, *line.notes] for line in lines]
        # Laid out for what it shows now.
        assert [row.height() for row in rows] == [row.heightForWidth(row.width()) for row in rows]


def test_a_withheld_line_says_why(window: Window) -> None:
    panel = give(window, {"osteoporosis": True, "new_deformity": True, "injury": True})
    assert window.model is not None
    withheld = window.model.assessment.plan.withheld
    said = words(panel)
    assert all(f"Held back: {line.modality}, {line.region}" in said for line in withheld)


def test_the_row_carries_the_mark_of_the_flag_that_rests_on_it(window: Window) -> None:
    give(window, {"bladder_change": "new"})
    assert window.consultation is not None
    row = window.consultation.questions.page.rows["bladder_change"]
    assert row.accessibleName().endswith("new, emergency flag")
    entries = window.consultation.sections.list.entries
    sentence = entries.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert sentence == "Safety screen, 1 of 13 asked, emergency flag"
