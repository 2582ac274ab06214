"""Care at once is said to be done before signing, line by line or in one press; what is not stands on the board."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from desktop.record.followers import followers_of
from desktop.ui.window import Window

WEAK = {"cancer_history": True, "limb_weakness": "new"}


@pytest.fixture
def window(make_window, clinic, store, patient) -> Window:
    clinic._followers = followers_of(store, clinic.zone)
    window = make_window()
    window.begin(patient.uid)
    for item, answer in WEAK.items():
        window.model.answer(item, answer)
    window.desk.open_review()
    window.rooms.panel("review").model.write_impression("")
    return window


def plan(window):
    return window.rooms.panel("review").plan


def sign(window):
    panel = window.rooms.panel("review")
    for flag in panel.review.decisions.flags:
        panel.model.accept(flag.rule)
    panel.bar.go_on()
    panel.bar.go_on()


def at_once(window, *rows):
    return [one for one in rows if one.stored.kind == "immediate"]


def test_one_press_says_that_all_of_it_is_done(window):
    card = plan(window)
    rows = [row for row in card.rows.values() if row.line.kind == "immediate"]
    assert len(rows) > 2
    assert not any(row.done.isChecked() for row in rows)  # nobody has said so, and nothing says it for them
    assert f"{len(rows)} lines" in card.care.findChild(QLabel).text()
    card.care.button.click()
    assert all(row.done.isChecked() for row in rows)
    assert not card.care.button.isVisible()
    sign(window)
    board = window.clinic.board
    assert len(at_once(window, *board.closed("done"))) == len(rows)
    assert at_once(window, *board.open()) == []


def test_one_line_is_marked_and_taken_back_and_what_is_left_is_open_on_the_board(window):
    rows = [row for row in plan(window).rows.values() if row.line.kind == "immediate"]
    for row in rows[:2]:
        row.done.click()
    rows[1].done.click()
    assert [row.done.isChecked() for row in rows[:3]] == [True, False, False]
    sign(window)
    board = window.clinic.board
    assert [one.stored.what for one in at_once(window, *board.closed("done"))] == [rows[0].line.what]
    assert len(at_once(window, *board.open())) == len(rows) - 1


def test_only_care_at_once_has_it(window):
    kinds = {row.line.kind for row in plan(window).rows.values() if not row.done.isHidden()}
    assert kinds == {"immediate"}
