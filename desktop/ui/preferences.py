"""The workstation's own settings while the program runs, and the theme that follows from them and from the system."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from desktop.ui.system_contrast import in_system_contrast, system_palette
from desktop.ui.theme import Theme, ThemeName, load_theme
from desktop.workstation import LARGEST, SMALLEST, Workstation, read_workstation, write_workstation


class Preferences(QObject):
    """Signals: changed (what is drawn may look different now). Without a folder nothing is kept on disk."""

    changed = Signal()

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__()
        self._folder = folder
        self.now = read_workstation(folder) if folder else Workstation()
        # Held: without its hints the wrapper of their contrast is taken for deleted (PySide6).
        self._hints = QGuiApplication.styleHints()
        self._contrast = self._hints.accessibility()
        self._hints.colorSchemeChanged.connect(self._follow_system)
        self._contrast.contrastPreferenceChanged.connect(self._follow_system)

    def change(self, **values: Any) -> None:
        """Shown at once; a disk that refuses costs only the memory of it."""
        size = values.get("text_size", self.now.text_size)
        before, self.now = self.now, replace(self.now, **values | {"text_size": min(max(size, SMALLEST), LARGEST)})
        if self.now != before:
            self._keep()
            self.changed.emit()

    @property
    def remembers(self) -> bool:
        return self._folder is not None

    def know(self, **values: Any) -> None:
        """Kept, and nothing is drawn anew for it."""
        self.now = replace(self.now, **values)
        self._keep()

    def remember(self, action: str) -> None:
        self.now = self.now.with_recent(action)
        self._keep()

    def theme(self) -> Theme:
        """Where the system asks for contrast, in the system's own colours."""
        system_contrast = self.now.theme == "system" and self.asks_for_contrast()
        name = "contrast" if system_contrast else self._theme_name()
        theme = load_theme(name, self.now.text_size / 100, single_keys=self.now.single_keys)
        return in_system_contrast(theme, system_palette()) if system_contrast else theme

    def asks_for_contrast(self) -> bool:
        return self._contrast.contrastPreference() is Qt.ContrastPreference.HighContrast

    def _theme_name(self) -> ThemeName:
        if self.now.theme != "system":
            return self.now.theme
        return "dark" if QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark else "light"

    def _follow_system(self) -> None:
        if self.now.theme == "system":
            self.changed.emit()

    def _keep(self) -> None:
        if self._folder is not None:
            try:
                write_workstation(self._folder, self.now)
            except OSError:
                return
