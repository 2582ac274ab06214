"""The pages of the settings, in their order. A page is a widget; it stands here once it works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtWidgets import QWidget

from desktop.record.roles import Act

if TYPE_CHECKING:
    from desktop.ui.window import Window


@dataclass(frozen=True)
class SettingsPage:
    """`words` are marked for translation in the context "Settings"."""

    id: str
    words: str
    make: Callable[[Window], QWidget]
    needs: Act | None = None


def make_appearance(window: Window) -> QWidget:
    from desktop.ui.appearance_page import AppearancePage

    return AppearancePage(window.theme, window.preferences)


def make_backups(window: Window) -> QWidget:
    from desktop.ui.backups_page import BackupsPage

    return BackupsPage(window.theme, window.keeper, window.clinic.zone)


PAGES = (
    SettingsPage("appearance", str(QT_TRANSLATE_NOOP("Settings", "Appearance and keys")), make_appearance),
    SettingsPage("backups", str(QT_TRANSLATE_NOOP("Settings", "Backups")), make_backups, Act.BACKUPS),
)
