"""Undo and redo of every answer by name; each is a new answer in the store."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from db.errors import DiskFull
from db.store import Store
from desktop.clinical.checklist import Answer, Unsure
from desktop.record.consultation import Consultation
from desktop.ui.answer_row import AnswerRow
from desktop.ui.consultation_model import ConsultationModel
from desktop.ui.window import Window

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
STEPS: list[tuple[str, Answer | None]] = [
    ("acutely_ill", False),
    ("bladder_change", "new"),
    ("bladder_change", Unsure()),
    ("pain_site", frozenset({"lumbar"})),
    ("bladder_change", None),
    ("temperature", 38.2),
]


def model(window: Window) -> ConsultationModel:
    assert window.model is not None
    return window.model


def press(qtbot: QtBot, window: Window, *, redo: bool = False) -> None:
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Z, CONTROL | SHIFT if redo else CONTROL)


def status(window: Window) -> str:
    return " ".join(label.text() for label in window.status.findChildren(QLabel) if label.isVisible())


def test_every_answer_can_be_undone_and_done_again(window: Window) -> None:
    seen = [dict(model(window).assessment.answers)]
    for item, answer in STEPS:
        model(window).answer(item, answer)
        seen.append(dict(model(window).assessment.answers))
    back, forth = [], []
    for _ in STEPS:
        model(window).undo()
        back.append(dict(model(window).assessment.answers))
    for _ in STEPS:
        model(window).redo()
        forth.append(dict(model(window).assessment.answers))
    assert (back, forth) == (seen[-2::-1], seen[1:])


def test_the_key_names_what_was_undone_and_goes_there(qtbot: QtBot, window: Window) -> None:
    for key in (Qt.Key.Key_N, Qt.Key.Key_Y):
        qtbot.keyClick(window.focusWidget(), key)
    press(qtbot, window)
    focus = window.focusWidget()
    assert isinstance(focus, AnswerRow)
    assert focus.item.id == "bladder_change"
    assert "Undone: Bladder change, new → not asked" in status(window)
    press(qtbot, window, redo=True)
    assert "Done again: Bladder change, not asked → new" in status(window)
    assert model(window).assessment.answers["bladder_change"] == "new"


def test_an_undo_is_a_new_answer_never_a_deletion(window: Window, store: Store) -> None:
    model(window).answer("acutely_ill", True)
    model(window).undo()
    model(window).redo()
    trail = store.trail_of(model(window).consultation.encounter.uid)
    assert [row.item for row in trail] == ["acutely_ill"] * 3


def test_a_new_answer_closes_the_way_forward(window: Window) -> None:
    model(window).answer("acutely_ill", True)
    model(window).undo()
    model(window).answer("injury", True)
    model(window).redo()
    assert model(window).assessment.answers == {"injury": True}


@pytest.mark.parametrize("redo", [False, True])
def test_with_nothing_to_undo_it_says_so(qtbot: QtBot, window: Window, redo: bool) -> None:
    press(qtbot, window, redo=redo)
    assert "Nothing to" in status(window)


def test_an_undo_that_cannot_be_written_stays_possible(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise DiskFull("/store")

    model(window).answer("acutely_ill", True)
    with monkeypatch.context() as patch:
        patch.setattr(Consultation, "answer", refuse)
        model(window).undo()
    assert window.errors.isVisible()
    assert model(window).assessment.answers == {"acutely_ill": True}
    model(window).undo()
    assert model(window).assessment.answers == {}


def test_in_a_text_field_the_key_belongs_to_the_text(qtbot: QtBot, window: Window) -> None:
    assert window.consultation is not None
    model(window).answer("acutely_ill", True)
    window.consultation.questions.go_to("temperature")
    field = window.consultation.questions.page.rows["temperature"].field
    assert field is not None
    field.setFocus()
    qtbot.keyClicks(field, "38")
    qtbot.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert model(window).assessment.answers == {"acutely_ill": True}
