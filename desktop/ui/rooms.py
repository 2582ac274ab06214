"""Every room of the window, in the order of the rail. A room stands here once there is something in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from desktop.record.roles import Act
from desktop.ui.library_links import read_rule
from desktop.ui.room import Room, RoomPanel

if TYPE_CHECKING:
    from desktop.ui.window import Window


def make_today(window: Window) -> RoomPanel:
    from desktop.ui.today_panel import TodayPanel

    panel = TodayPanel(window.theme, window.clinic, window.now(), window.self_test)
    panel.begin_asked.connect(window.begin)
    panel.resume_asked.connect(window.open_encounter)
    return panel


def make_consultation(window: Window) -> RoomPanel:
    from desktop.ui.consultation_panel import ConsultationPanel

    assert window.model is not None
    panel = ConsultationPanel(window.theme, window.model, window.causes)
    panel.summary_asked.connect(window.write_summary)
    panel.documents_asked.connect(lambda: window.show_room("documents"))
    panel.said.connect(window.status.show_last)
    panel.read_asked.connect(lambda rule: read_rule(window, rule))
    return panel


def make_documents(window: Window) -> RoomPanel:
    from desktop.ui.documents_panel import DocumentsPanel

    return DocumentsPanel(window)


def make_library(window: Window) -> RoomPanel:
    from desktop.ui.library_panel import LibraryPanel

    return LibraryPanel(window)


def make_settings(window: Window) -> RoomPanel:
    from desktop.ui.settings_panel import SettingsPanel

    return SettingsPanel(window)


ROOMS = (
    Room("today", str(QT_TRANSLATE_NOOP("Room", "Today")), "calendar", make_today),
    Room(
        "consultation",
        str(QT_TRANSLATE_NOOP("Room", "Consultation")),
        "stethoscope",
        make_consultation,
        needs=Act.ANSWER,
        there=lambda window: window.model is not None,
    ),
    Room(
        "documents",
        str(QT_TRANSLATE_NOOP("Room", "Documents")),
        "file-text",
        make_documents,
        needs=Act.PRINT,
        there=lambda window: window.model is not None,
    ),
    Room("library", str(QT_TRANSLATE_NOOP("Room", "Library")), "book-open", make_library),
    Room("settings", str(QT_TRANSLATE_NOOP("Room", "Settings")), "settings", make_settings),
)
