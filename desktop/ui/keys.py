"""What a key means for the question that has the focus. By character, so that every keyboard layout works."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from desktop.clinical.checklist import Answer, Item, Unsure

Nothing = object()


def key_words(keys: str) -> str:
    """As they stand on the keyboards of this platform: the key that Qt calls Return says Enter."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter")


COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


def character(event: QKeyEvent) -> str:
    """The character typed, in lower case; empty for a shortcut and for keys that type nothing."""
    if event.modifiers() & COMMANDS:
        return ""
    text = event.text().lower()
    return text if len(text) == 1 and text.isprintable() else ""


def digit(key: str) -> int | None:
    """Of a typed character. The ² of a French keyboard is a digit to Python as well, and no number."""
    return int(key) if key.isdecimal() else None


def answer_of(item: Item, key: str, held: Answer | None) -> Answer | object:
    """The answer that a character gives to an item; `Nothing` where it has no meaning there."""
    if key == "u":
        return Unsure()
    if item.kind == "yes-no" and key in "yn" and key:
        return key == "y"
    if item.is_timed:
        return {"y": "new", "n": "no", "o": "old"}.get(key, Nothing)
    if item.choices and (place := digit(key)) is not None:
        return chosen(item, place - 1, held)
    return Nothing


def chosen(item: Item, place: int, held: Answer | None) -> Answer | object:
    """The answer after pressing the choice at `place`; after the last choice of a multi stands none of these."""
    choices = list(item.choices)
    if item.kind == "choice" and 0 <= place < len(choices):
        return choices[place]
    if item.kind == "multi" and place == len(choices):
        return frozenset[str]()
    if item.kind == "multi" and 0 <= place < len(choices):
        already = held if isinstance(held, frozenset) else frozenset[str]()
        return already ^ {choices[place]}
    return Nothing
