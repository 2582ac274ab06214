"""What is wrong with a form stands below each field that it concerns, and is told with it to a screen reader."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt

from desktop.ui.label import Label
from desktop.ui.line_field import LineField
from desktop.ui.text_box import TextBox


def show_beside(
    fields: Mapping[str, LineField] | Mapping[str, LineField | TextBox],
    whys: Mapping[str, Label],
    mistakes: Mapping[str, str],
) -> None:
    """The first field with a mistake gets the focus."""
    for name, field in fields.items():
        why = mistakes.get(name, "")
        field.show_invalid(bool(why))
        field.setAccessibleDescription(why)
        whys[name].show_text(why)
    wrong = next((field for name, field in fields.items() if name in mistakes), None)
    if wrong is not None:
        wrong.setFocus(Qt.FocusReason.OtherFocusReason)
