"""The course of a patient: plots of what was measured, what changed with worsening first, and T for the table."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.paper.line_plot import placed
from desktop.paper.plot import in_lanes
from desktop.paper.summary import summary
from desktop.paper.text import summary_text
from desktop.record.clinic import Clinic
from desktop.record.encounter import LONDON
from desktop.record.followers import followers_of
from desktop.record.patients import add_patient
from desktop.ui.answer_row import AnswerRow
from desktop.ui.document_desk import DocumentDesk
from desktop.ui.outgoing import Outgoing
from desktop.ui.patient_page import PatientPage

from ..hand_clock import HandClock
from .conftest import sign, sign_it

FIRST = {"pain_score": 5, "power_hip_flexion_left": 5, "power_hip_flexion_right": 5, "bladder_change": "no"}
SECOND = {"pain_score": 8, "power_hip_flexion_left": 4, "power_hip_flexion_right": 5, "bladder_change": "new"}


@pytest.fixture
def clinic(content, store):
    clock = HandClock(datetime(2026, 10, 12, 10, 40, tzinfo=UTC))
    born = date(1965, 3, 12)
    add_patient(store, family="Larkspur", given="Marigold", born=born, sex="female", uid="p1", at=clock())
    followers = followers_of(store, LONDON)
    return Clinic(content, store, who="anna", clock=clock, zone=LONDON, followers=followers)


@pytest.fixture
def visits(clinic):
    sign(clinic, FIRST)
    clinic._clock.now += timedelta(weeks=3)
    sign(clinic, SECOND)


@pytest.fixture
def page(make_window, visits):
    window = make_window()
    window.desk.show_patient("p1")
    (page,) = window.findChildren(PatientPage)
    return page


def test_what_got_worse_comes_first(clinic, visits):
    changes = clinic.course("p1").changes
    worse = [one.worse for one in changes]
    assert worse == sorted(worse, key=lambda one: {True: 0, None: 1, False: 2}[one])
    assert {one.item.id for one in changes if one.worse} == {"pain_score", "power_hip_flexion_left", "bladder_change"}


def test_power_is_the_weakest_movement_of_each_leg(clinic, visits):
    chart = next(chart for chart in clinic.course("p1").charts if chart.id == "power")
    assert {line.name: [value for _, value in line.points] for line in chart.lines} == {"left": [5, 4], "right": [5, 5]}


def test_what_only_the_patient_said_is_no_point(clinic):
    consultation = clinic.begin("p1")
    consultation.hear("pain_score", 7)
    sign_it(clinic, consultation)
    assert clinic.course("p1").charts == ()


def test_t_shows_the_table_with_every_value(qtbot, page):
    page.begin.setFocus()
    qtbot.keyClick(page.begin, Qt.Key.Key_T)
    assert page.course.in_table
    rows = [[cell.words for cell in row] for row in page.course.table.figures.rows]
    assert len(rows) == 8
    assert [row[0] for row in rows].count("Encounter") == 2
    assert page.course.table.isVisible()
    qtbot.keyClick(page.course.table, Qt.Key.Key_T)
    assert not page.course.in_table


def test_the_timeline_has_a_mark_for_each_encounter_above_the_plots_and_to_their_scale(page):
    timeline = page.course.timeline
    assert len(timeline.visits) == 2
    assert "Emergency: " in timeline.accessibleName()
    first, last = timeline.places()
    (pain,) = [plot for plot in page.course.plots if plot.chart.id == "pain_score"]
    assert [x for x, _ in pain.placed.lines[0]] == timeline._along == [0.0, 1.0]
    assert first.center().x() < last.center().x()


def test_encounters_of_one_week_stand_above_each_other():
    assert in_lanes([10, 12, 40, 41, 42, 43], 20, lanes=3) == [0, 1, 0, 1, 2, 2]


def test_a_year_three_or_all_of_it(make_window, visits, clinic):
    clinic._clock.now += timedelta(days=400)
    sign(clinic, SECOND)
    window = make_window()
    window.now = clinic._clock
    window.desk.show_patient("p1")
    (page,) = window.findChildren(PatientPage)
    card = page.course
    assert len(card.timeline.visits) == 3
    card.spans.buttons["1"].click()
    assert len(card.timeline.visits) == 1
    assert [len(plot.chart.lines[0].points) for plot in card.plots] == [1, 1]
    card.spans.buttons["3"].click()
    assert len(card.timeline.visits) == 3


def test_where_the_time_has_nothing_it_says_so(make_window, visits, clinic):
    clinic._clock.now += timedelta(days=400)
    window = make_window()
    window.now = clinic._clock
    window.desk.show_patient("p1")
    (page,) = window.findChildren(PatientPage)
    page.course.spans.buttons["1"].click()
    assert page.course.timeline is None
    assert "All shows" in " ".join(label.text() for label in page.course.findChildren(QLabel))


@pytest.mark.parametrize(
    ("item", "then", "now", "worse"),
    [
        ("limb_weakness", "no", "old", True),
        ("limb_weakness", "old", "new", True),
        ("limb_weakness", "new", "old", False),
        ("weight_loss", False, True, True),
        ("better_with_movement", False, True, None),
        ("power_hip_flexion_left", 5, 3, True),
        ("adjusted_calcium", 2.4, 2.7, True),
        ("adjusted_calcium", 2.7, 2.4, False),
        ("roland_morris_total", 10, 14, True),
        ("pain_duration_weeks", 3, 9, None),
        ("cancer_spread", "no", "bone_or_spine", True),
        ("bladder_features", frozenset({"urgency"}), frozenset({"urgency", "retention"}), True),
    ],
)
def test_what_is_worse_is_what_the_theorems_call_more_harmful(content, item, then, now, worse):
    from desktop.record.course import _changes

    (change,) = _changes(content, {item: then}, {item: now})
    assert change.worse is worse


def test_a_plot_says_its_values_to_a_screen_reader(page):
    (pain,) = [plot for plot in page.course.plots if plot.chart.id == "pain_score"]
    assert "12\N{NON-BREAKING HYPHEN}Oct\N{NON-BREAKING HYPHEN}2026 5" in pain.accessibleName()
    assert pain.accessibleName().endswith("8")


def test_it_is_saved_as_pdf_and_told_to_the_trail(page, store, tmp_path, monkeypatch):
    file = tmp_path / "course.pdf"
    monkeypatch.setattr(Outgoing, "ask_place", staticmethod(lambda *_: str(file)))
    page.course.pdf.click()
    page = pypdfium2.PdfDocument(file)
    text = page[0].get_textpage().get_text_range().replace("\ufffe", "-").replace("\r\n", " ")
    page.close()
    assert "Encounters" in text
    assert "Emergency Suspected cauda equina syndrome" in text
    assert list(store.trail.entries())[-1].what == "course saved as PDF"


def test_an_earlier_answer_stands_beside_its_question_and_is_not_counted(make_window, visits, clinic):
    clinic._clock.now += timedelta(weeks=3)
    window = make_window()
    window.begin("p1")
    panel = window.consultation
    section = next(section for section in clinic.content.sections if section.safety_screen)
    panel.questions.show_section(section.id)
    row = next(row for row in panel.findChildren(AnswerRow) if row.item.id == "bladder_change")
    assert row.state.earlier.startswith("3 weeks ago, 02")
    assert row.state.answer is None
    window.model.answer("bladder_change", "no")
    assert row.state.earlier == ""


def test_points_stand_where_screen_and_page_draw_them():
    start = datetime(2026, 1, 1, tzinfo=UTC)
    line = [(start, 0.0), (start + timedelta(days=5), 5.0), (start + timedelta(days=10), 10.0)]
    found = placed([line], low=0, high=10)
    assert found.lines == (((0.0, 1.0), (0.5, 0.5), (1.0, 0.0)),)
    assert placed([line[:1]]).lines[0][0][0] == 0.5


def test_the_summary_of_a_later_visit_marks_what_is_not_as_it_was(clinic, visits, content):
    last, first = clinic.encounters("p1")
    desk = DocumentDesk(clinic, last.uid)
    pages = pypdfium2.PdfDocument(summary(desk.basis))
    text = " ".join(page.get_textpage().get_text_range() for page in pages)
    pages.close()
    for words in (text, summary_text(desk.basis)):
        flat = " ".join(words.replace("\ufffe", "-").replace("\N{NON-BREAKING HYPHEN}", "-").split())
        assert "Worse since 12-Oct-2026" in flat
        assert "Bladder change: no → new" in flat
        assert "Pain score: 5 out of 10 → 8 out of 10" in flat
    assert "Worse since" not in summary_text(DocumentDesk(clinic, first.uid).basis)


def test_a_visit_of_more_than_a_year_ago_is_not_compared(clinic, visits):
    """It was for another pain, as likely as not."""
    clinic._clock.now += timedelta(days=400)
    sign(clinic, FIRST)
    course = clinic.course("p1")
    assert (course.since, course.changes) == (None, ())
    assert len(course.visits) == 3
