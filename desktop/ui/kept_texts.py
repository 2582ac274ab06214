"""What somebody has typed and not yet recorded, carried over while the window is made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QWidget

if TYPE_CHECKING:
    from desktop.ui.window import Window

Texts = dict[str, tuple[str, bool]]


def kept_texts(window: QWidget) -> Texts:
    """The text of each field by its name, and whether it has the focus. Passwords and codes are not kept, and of what
    is recorded only where the focus was: it may be another by the time it is put back.
    """
    kept = {field.accessibleName(): (_typed(field), field.hasFocus()) for field in _fields(window)}
    return {name: (text, focused) for name, (text, focused) in kept.items() if text or focused}


def half_typed(widget: QWidget | None) -> str:
    """What stands in that field, if it is one, and is not recorded."""
    if not isinstance(widget, QLineEdit | QPlainTextEdit) or not widget.accessibleName() or _is_secret(widget):
        return ""
    return _typed(widget)


def put_back(window: Window, texts: Texts) -> None:
    window.rooms.panel(window.rooms.current).reopen(texts)
    for field in _fields(window):
        text, focused = texts.get(field.accessibleName(), ("", False))
        if text and text != _text(field):
            _type(field, text)
        if focused:
            field.setFocus()


def say_no_more(window: QWidget) -> None:
    """What stands half typed must not become an answer because its field goes away; nor a press that a screen reader
    has begun, which Qt lets go of a tenth of a second later: the store is closed by then."""
    for kind in (QLineEdit, QPlainTextEdit, QAbstractButton):
        for field in window.findChildren(kind):
            field.blockSignals(True)


def _fields(window: QWidget) -> list[QLineEdit | QPlainTextEdit]:
    fields: list[QLineEdit | QPlainTextEdit] = [*window.findChildren(QLineEdit), *window.findChildren(QPlainTextEdit)]
    return [field for field in fields if field.accessibleName() and field.isVisible() and not _is_secret(field)]


def _is_secret(field: QLineEdit | QPlainTextEdit) -> bool:
    return bool(field.inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData)


def _typed(field: QLineEdit | QPlainTextEdit) -> str:
    """A field that records knows whether its text is recorded."""
    return _text(field) if getattr(field, "is_unrecorded", True) else ""


def _text(field: QLineEdit | QPlainTextEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def _type(field: QLineEdit | QPlainTextEdit, text: str) -> None:
    """As typed, so that the field knows it isn't recorded yet."""
    if isinstance(field, QLineEdit):
        field.setText(text)
        field.setModified(True)
    else:
        field.setPlainText(text)
