"""The audit in the window: numbers with the list behind them, and past encounters under the rules in force."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from db.errors import DiskFull
from db.screenings import Screenings
from desktop.clinical.condition import parse
from desktop.clinical.dates import MONTHS
from desktop.paper.plot import across, scale_of, stacked
from desktop.record.clinic import Clinic
from desktop.record.encounter import LONDON
from desktop.record.followers import followers_of
from desktop.record.patients import add_patient
from desktop.record.rescreen import BATCH
from desktop.record.roles import Rights, Role
from desktop.ui.outgoing import Outgoing

from ..hand_clock import HandClock
from .conftest import sign

CORD = {"cancer_history": True, "limb_weakness": "new"}
FORMULA = "=HYPERLINK"


@pytest.fixture
def role():
    return Role.CLINICIAN


@pytest.fixture
def clinic(content, store, role):
    clock = HandClock(datetime(2026, 12, 10, 10, 40, tzinfo=UTC))
    add_patient(store, family=FORMULA, given="A", born=date(1965, 3, 12), sex="female", uid="p1", at=clock())
    rights = Rights("anna", "Dr Anna Hill", frozenset({role}))
    followers = followers_of(store, LONDON)
    return Clinic(content, store, who="anna", clock=clock, zone=LONDON, rights=rights, followers=followers)


@pytest.fixture
def signed(clinic):
    for answers in (CORD, CORD, {}):
        sign(clinic, answers)


@pytest.fixture
def panel(make_window, signed):
    window = make_window()
    window.show_room("audit")
    yield window.rooms.panel("audit")
    window.leave()


def with_rule(clinic, when="cancer_history"):
    """The rules of tomorrow: one more."""
    content = clinic.content
    rule = next(rule for rule in content.rules if rule.id == "R53").but(id="R98", when=when)
    return replace(content, rules=(*content.rules, rule), conditions={**content.conditions, when: parse(when)})


def run(qtbot, panel):
    with qtbot.waitSignal(panel._window.rescreening.ended, timeout=20_000) as ended:
        panel.rescreen.run.click()
    return ended.args[0]


def cell(panel, table, row, head):
    figures = panel.tables[table].figures
    return figures.rows[row][figures.heads.index(head)]


def test_months_are_counted_and_a_number_opens_the_list_behind_it(qtbot, panel):
    assert cell(panel, "months", 0, "Emergency").words == "2"
    table = panel.tables["months"]
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, table.figures.heads.index("Emergency")))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert len(panel.behind.found) == 2
    with qtbot.waitSignal(panel.behind.opened) as opened:
        panel.behind.opened.emit(panel.behind.found[0].encounter)
    assert opened.args[0] == panel.behind.found[0].encounter


def test_escape_leaves_the_list_for_the_figures(qtbot, panel):
    panel.show_behind(cell(panel, "months", 0, "All"), "all")
    qtbot.keyClick(panel.behind.back, Qt.Key.Key_Escape)
    assert panel.behind is None
    assert panel.tables["months"].isVisible()


def test_the_whole_safety_screen_lists_those_that_were_not_whole(panel):
    one = cell(panel, "months", 0, "Whole safety screen")
    assert one.words == "0 of 3"
    assert len(one.behind()) == 3


@pytest.mark.parametrize("role", [Role.NURSE, Role.RECEPTIONIST])
def test_who_may_not_audit_has_no_such_room(make_window, clinic):
    window = make_window()
    assert not window.rooms.is_open("audit")


@pytest.mark.parametrize("ask", ["save_csv", "save_pdf"])
def test_what_is_saved_is_told_to_the_trail_first(panel, store, tmp_path, monkeypatch, ask):
    file = tmp_path / "figures"
    monkeypatch.setattr(Outgoing, "ask_place", staticmethod(lambda *_: str(file)))
    getattr(panel, ask)()
    assert file.stat().st_size > 200
    assert list(store.trail.entries())[-1].what == "audit figures exported"


def test_the_pdf_has_the_columns_of_the_months_beside_their_table(panel, tmp_path, monkeypatch):
    """The table has a row for December alone; the names of the other months stand under the columns."""
    file = tmp_path / "figures.pdf"
    monkeypatch.setattr(Outgoing, "ask_place", staticmethod(lambda *_: str(file)))
    panel.save_pdf()
    pages = pypdfium2.PdfDocument(file)
    words = pages[0].get_textpage().get_text_range().split()
    pages.close()
    assert [month for month in MONTHS if month not in words] == []


def test_a_file_that_may_only_be_read_is_said_and_left_as_it_is(panel, tmp_path, monkeypatch):
    place = tmp_path / "there" / "figures.csv"
    place.parent.mkdir()
    place.write_text("before")
    monkeypatch.setattr(Outgoing, "ask_place", staticmethod(lambda *_: str(place)))

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    panel.save_csv()
    assert "not written" in panel._window.errors.accessibleName()
    assert place.read_text() == "before"


def test_what_a_spreadsheet_would_run_is_made_harmless(qtbot, panel, tmp_path, monkeypatch, clinic, content):
    monkeypatch.setattr(clinic, "content", with_rule(clinic))
    file = tmp_path / "found.csv"
    monkeypatch.setattr(Outgoing, "ask_place", staticmethod(lambda *_: str(file)))
    run(qtbot, panel)
    panel._save_findings("csv")
    names = [row[0] for row in csv.reader(file.read_text("utf-8-sig").splitlines())]
    assert names[1].startswith("'=")


def test_it_says_that_past_encounters_were_not_looked_through(panel):
    assert "have not been looked through" in panel.rescreen.state.text()


def test_the_same_rules_find_nothing_and_say_so(qtbot, panel):
    assert run(qtbot, panel) == "finished"
    assert "anything else" in panel.rescreen.more.text()
    assert not panel.rescreen.run.isVisible() or panel.rescreen.found == ()


def test_a_new_rule_finds_those_it_concerns_with_the_rule_that_made_the_difference(qtbot, panel, clinic, monkeypatch):
    run(qtbot, panel)
    monkeypatch.setattr(clinic, "content", with_rule(clinic))
    monkeypatch.setattr(clinic.rules, "mark", "another mark")
    panel.refresh()
    assert "rules have changed" in panel.rescreen.state.text()
    run(qtbot, panel)
    assert [one.gained for one in panel.rescreen.found] == [("R98",), ("R98",)]
    assert "R98" in panel.rescreen.rows()[0][-1]


def test_the_work_list_is_on_the_board_and_never_twice(qtbot, panel, clinic, monkeypatch):
    monkeypatch.setattr(clinic, "content", with_rule(clinic))
    run(qtbot, panel)
    before = len(clinic.board.open())
    for _ in range(2):
        panel.rescreen.board.click()
    assert len(clinic.board.open()) == before + 2
    assert {one.stored.kind for one in clinic.board.open()} >= {"looking"}


@pytest.fixture
def many(store):
    """Three pieces and a bit, straight into the table."""
    template = store._database.conn.execute("SELECT patient_id FROM encounters LIMIT 1").fetchone()[0]
    rows = (
        (f"x{n}", template, "2026-12-01T10:00:00.000000Z", "Dr", "1", '{"cancer_history": true}', "2026-12-01", "mark")
        for n in range(3 * BATCH + 5)
    )
    with store.all_or_nothing():
        store._database.conn.executemany(
            "INSERT INTO encounters (uid, patient_id, began_at, clinician, rule_set, state, answers, changed_at, rules)"
            " VALUES (?, ?, ?, ?, ?, 'draft', ?, ?, ?)",
            rows,
        )


def test_cancelled_in_the_middle_nothing_is_lost_and_the_window_goes_on(qtbot, panel, clinic, store, many):
    work = panel._window.rescreening
    work.moved.connect(lambda done, of: work.cancel() if done < of else None)
    assert run(qtbot, panel) == "cancelled"
    held = store.screenings.all()[0]
    assert held.state == "cancelled"
    assert 0 < held.looked_at < 3 * BATCH
    assert panel.rescreen.run.isVisible()


def test_where_the_store_refuses_the_end_it_is_shown_as_interrupted(qtbot, panel, many, monkeypatch):
    def full(*_, **__):
        raise DiskFull("/store")

    monkeypatch.setattr(Screenings, "end", full)
    panel._window.rescreening.moved.connect(lambda done, of: panel.rescreen.stop.click() if done < of else None)
    assert run(qtbot, panel) == "interrupted"
    assert (panel.rescreen.stop.isVisible(), panel.rescreen.run.text()) == (False, "Go on")
    assert "the disk is full" in panel._window.errors.accessibleName()


def test_interrupted_by_a_kill_it_goes_on_where_it_was(qtbot, panel, clinic, store, many):
    rescreening = clinic.rescreening
    screening = rescreening.begin()
    pieces = rescreening.batches(screening)
    rescreening.keep(screening, next(pieces)[1])
    pieces.close()
    panel.refresh()
    assert f"{BATCH:,}" in panel.rescreen.state.text()
    assert panel.rescreen.run.text() == "Go on"
    assert run(qtbot, panel) == "finished"
    (done,) = store.screenings.all()
    assert done.looked_at == 3 * BATCH + 5 + 3
    assert len(list(store.screenings.findings(done.uid))) == 3 * BATCH + 5


def test_the_window_answers_while_it_runs(qtbot, panel, many):
    seen = []
    panel._window.rescreening.moved.connect(
        lambda done, of: seen.append((done, QApplication.activeWindow() is not None))
    )
    run(qtbot, panel)
    assert len(seen) == 4


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [(0, 4, (0, 1, 2, 3, 4)), (0, 10, (0, 5, 10)), (2.31, 2.9, (2.2, 2.4, 2.6, 2.8, 3.0)), (5, 5, None)],
)
def test_an_axis_has_round_values_that_hold_all(low, high, ticks):
    scale = scale_of(low, high)
    assert scale.low <= low <= high <= scale.high
    assert scale.low < scale.high
    assert ticks is None or scale.ticks == ticks


def test_stacked_boxes_fill_from_the_foot_and_never_overlap():
    (boxes,) = stacked([[1, 2, 1]], scale_of(0, 4))
    assert boxes[0].top + boxes[0].height == pytest.approx(1)
    assert [box.height for box in boxes] == pytest.approx([0.25, 0.5, 0.25])
    assert boxes[2].top == pytest.approx(0)


def test_one_moment_alone_stands_in_the_middle():
    assert across([7], 7, 7) == [0.5]
    assert across([0, 5, 10], 0, 10) == [0, 0.5, 1]


def test_late_ones_are_behind_the_share_within_the_limit(make_window, clinic, signed):
    from desktop.clinical.outcomes import load_outcomes
    from desktop.clinical.reasons import load_reasons
    from desktop.record.closing import Closing

    closing = Closing(clinic, clinic.board, load_outcomes(clinic.content.items), load_reasons())
    clinic._clock.now += timedelta(days=3)
    imaging = next(one for one in clinic.board.open() if one.stored.kind == "imaging")
    closing.close(imaging.uid, "nothing_serious", text="normal", born=date(1965, 3, 12))
    window = make_window()
    window.show_room("audit")
    panel = window.rooms.panel("audit")
    late = cell(panel, "times", 0, "Within the limit")
    assert late.words == "0 of 1"
    assert [one.encounter for one in late.behind()] == [imaging.stored.encounter]
