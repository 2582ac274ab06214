"""The theme of a system that asks for contrast: its own palette untouched, urgencies told by mark, words and frame."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from desktop.ui.theme import Theme

GROUND = ("window", "surface", "inset")
TINTS = ("accent_tint", "emergency_tint", "urgent_tint", "soon_tint", "routine_tint")
FILLED = ("accent", "accent_hover", "emergency_fill", "urgent_fill", "soon_fill", "routine_fill")


def system_palette() -> QPalette:
    """As the platform has it, without ours on top."""
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    ours = QGuiApplication.palette()
    application.setPalette(QPalette())
    theirs = QGuiApplication.palette()
    application.setPalette(ours)
    return theirs


def in_system_contrast(theme: Theme, palette: QPalette) -> Theme:
    """Only the two pairs of colours that every contrast theme has are used, so nothing can be faint on another."""
    role = QPalette.ColorRole
    ground, ink = palette.color(role.Window), palette.color(role.WindowText)
    filled, on_filled = palette.color(role.Highlight), palette.color(role.HighlightedText)
    return replace(theme, colours={token: _colour(token, ground, ink, filled, on_filled) for token in theme.colours})


def _colour(token: str, ground: QColor, ink: QColor, filled: QColor, on_filled: QColor) -> QColor:
    if token in (*GROUND, *TINTS):
        return ground
    if token in FILLED:
        return filled if token == "emergency_fill" else ink
    if token == "on_emergency":
        return on_filled
    return ground if token.startswith("on_") else ink
