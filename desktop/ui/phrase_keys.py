"""Phrases while somebody writes: `;slr` and a space or Tab, or a list; Tab goes on to what is to be filled in."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from desktop.record.notes import OPEN
from desktop.record.phrases import MARK, Phrase, Phrases
from desktop.ui.menu import Menu
from desktop.ui.running import running
from desktop.ui.translation import translate
from desktop.ui.writing_field import WritingField

TYPED = re.compile(rf"(?:^|\s){MARK}([A-Za-z0-9]+)$")
SHOWN = 60


class PhraseKeys(QObject):
    """Watches the field of `parent` that has the focus, if it is one for writing. `manage` opens where phrases are
    written."""

    def __init__(self, parent: QWidget, phrases: Phrases, manage: Callable[[], None]) -> None:
        super().__init__(parent)
        self._within, self._phrases, self._manage = parent, phrases, manage
        self._menu: Menu | None = None
        running().focusChanged.connect(self._watch)

    def open_menu(self, field: WritingField) -> Menu:
        """Every phrase by its abbreviation, and the way to write another."""
        menu = self._menu = Menu(field.theme, field)
        for phrase in self._phrases.all():
            menu.addAction(_line(phrase)).setData(phrase.text)
        if menu.isEmpty():
            menu.addAction(translate("PhraseKeys", "No phrase yet")).setEnabled(False)
        menu.addSeparator()
        menu.addAction(translate("PhraseKeys", "Write and change phrases…")).triggered.connect(lambda: self._manage())
        menu.triggered.connect(lambda action: self._chosen(field, action.data()))
        menu.popup(field.viewport().mapToGlobal(field.cursorRect().bottomLeft() + QPoint(0, field.theme.px(4))))
        return menu

    def _chosen(self, field: WritingField, text: str | None) -> None:
        if text:
            put_in(field, field.textCursor(), text)

    def _watch(self, old: QWidget | None, now: QWidget | None) -> None:
        """Not a field of another window: what it is asked for may stand in a store that is closed here."""
        if isinstance(old, WritingField):
            old.removeEventFilter(self)
        if isinstance(now, WritingField) and self._within.isAncestorOf(now):
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if not isinstance(watched, WritingField):
            return False
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and key == Qt.Key.Key_Space:
            self.open_menu(watched)
            return True
        if control or key not in (Qt.Key.Key_Space, Qt.Key.Key_Tab):
            return False
        return self._expand(watched) or (key == Qt.Key.Key_Tab and go_to_open(watched))

    def _expand(self, field: WritingField) -> bool:
        cursor = field.textCursor()
        if cursor.hasSelection():
            return False
        line = QTextCursor(cursor)
        line.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
        typed = TYPED.search(line.selectedText())
        text = self._phrases.in_force().get(typed[1].lower()) if typed else None
        if typed is None or text is None:
            return False
        length = len(MARK + typed[1])
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, length)
        put_in(field, cursor, text)
        return True


def put_in(field: WritingField, cursor: QTextCursor, text: str) -> None:
    """In the place of what is selected, as one step to be undone; then at what is to be filled in first."""
    start = cursor.selectionStart()
    cursor.insertText(text)
    end = QTextCursor(cursor)
    cursor.setPosition(start)
    field.setTextCursor(cursor)
    if not go_to_open(field) or field.textCursor().selectionEnd() > end.position():
        field.setTextCursor(end)


def go_to_open(field: WritingField) -> bool:
    """The next `{…}` behind the cursor is selected, so that typing fills it in; whether there was one."""
    from PySide6.QtCore import QRegularExpression

    found = field.document().find(QRegularExpression(OPEN.pattern), field.textCursor())
    if found.isNull():
        return False
    field.setTextCursor(found)
    return True


def _line(phrase: Phrase) -> str:
    words = " ".join(phrase.text.split())
    return f"{phrase.typed}\t{words[:SHOWN]}{'…' if len(words) > SHOWN else ''}".replace("&", "&&")
