"""What the application is dressed in: the colours and the font of a theme."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from desktop.ui.theme import Theme, load_theme

_worn: list[Theme] = []


def current_theme() -> Theme:
    return _worn[0] if _worn else load_theme()


def dress(app: QApplication, theme: Theme) -> None:
    _worn[:] = [theme]
    app.setPalette(theme.palette())
    app.setFont(theme.font("body"))
