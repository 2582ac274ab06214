"""What has been put away is gone: an afternoon of encounters takes no more memory than one."""

from __future__ import annotations

import gc
import weakref

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.record.encounter import Patient
from desktop.ui.audit_panel import AuditPanel
from desktop.ui.column import Column
from desktop.ui.consultation_panel import ConsultationPanel
from desktop.ui.theme import Theme
from desktop.ui.window import Window


def held(kind: type[QWidget]) -> int:
    """How many are held although Qt has deleted them."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    return sum(isinstance(one, kind) and not shiboken6.isValid(one) for one in gc.get_objects())


def test_a_consultation_that_was_put_away_is_let_go_of(window: Window, patient: Patient) -> None:
    before = held(ConsultationPanel)
    for _ in range(3):
        window.begin(patient.uid)
    assert held(ConsultationPanel) == before


def test_so_is_a_room_that_was_drawn_anew(window: Window) -> None:
    window.show_room("audit")
    before = held(AuditPanel)
    window.redress()
    assert held(AuditPanel) == before


def test_what_is_held_is_noticed(window: Window, patient: Patient) -> None:
    """The twin: a lambda in the hands of something that lives on, as the program once had it."""

    def listen(panel: object) -> None:
        assert isinstance(panel, ConsultationPanel)
        window.self_test.done.connect(lambda: panel.go_to_next())

    before = held(ConsultationPanel)
    listen(window.consultation)
    window.begin(patient.uid)
    assert held(ConsultationPanel) == before + 1


def test_what_had_the_focus_is_let_go_of_at_once(qtbot: QtBot, theme: Theme) -> None:
    """A column that brings it in sight two turns later holds nothing until then, and minds nothing that has gone."""
    column = Column(theme, "Lines")
    column.follow_focus()
    qtbot.addWidget(column)
    column.add(QLineEdit())
    field = QLineEdit()
    column.add(field)
    column.show()
    with qtbot.waitActive(column):
        column.activateWindow()
    field.setFocus()
    gone = weakref.ref(field)
    field.setParent(None)
    del field
    assert gone() is None
    qtbot.wait(1)


def test_where_the_focus_goes_the_column_goes(qtbot: QtBot, theme: Theme) -> None:
    column = Column(theme, "Lines")
    column.follow_focus()
    qtbot.addWidget(column)
    fields = [QLineEdit() for _ in range(60)]
    for field in fields:
        column.add(field)
    column.resize(300, 200)
    column.show()
    with qtbot.waitActive(column):
        column.activateWindow()
    fields[-1].setFocus()
    qtbot.waitUntil(lambda: not fields[-1].visibleRegion().isEmpty())


def test_the_rows_of_a_consultation_go_without_the_collector(window: Window, patient: Patient) -> None:
    """Held in a circle they would stay until it comes by, which is seldom: a key would wait for it."""
    window.begin(patient.uid)
    assert isinstance(window.consultation, ConsultationPanel)
    rows = [weakref.ref(row) for row in window.consultation.questions.page.rows.values()]
    assert rows
    QCoreApplication.processEvents()
    gc.disable()
    try:
        window.begin(patient.uid)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        assert [row for row in rows if row() is not None] == []
    finally:
        gc.enable()
