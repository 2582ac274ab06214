"""No button flashes up as a window of its own: what is shown before it has its place is one, for a moment."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.label import Label
from desktop.ui.rooms import ROOMS
from desktop.ui.settings_pages import PAGES
from desktop.ui.window import Window


class Flashes(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


@pytest.fixture
def flashes(window: Window) -> Iterator[Flashes]:
    application, flashes = QApplication.instance(), Flashes()
    assert application is not None
    application.installEventFilter(flashes)
    yield flashes
    application.removeEventFilter(flashes)


def test_every_room_and_page_comes_at_once(window: Window, flashes: Flashes, qtbot: QtBot) -> None:
    for patient in window.clinic.patients()[:2]:
        window.desk.show_patient(patient.uid)
    for room in ROOMS:
        window.show_room(room.id)
    for page in PAGES:
        window.show_settings(page.id)
    for draft in window.clinic.drafts()[:2]:
        window.open_encounter(draft.encounter_uid)
        window.desk.open_review()
    qtbot.wait(1)
    assert flashes.seen == []


def test_a_flash_is_seen(window: Window, flashes: Flashes) -> None:
    """The twin."""
    words = Label(window.theme, "too early")
    words.setVisible(True)
    assert flashes.seen == ["Label "]
    words.hide()
