"""A clinician's hands on the keyboard: every key goes to the window as the system would give it, and is counted there.

Operators of the keystroke-level model (Card, Moran and Newell), with the times of the usual table: a key 0.28 s, a hand
that moves to the keyboard 0.40 s, a thought 1.35 s. What is counted is what arrives at the window: the keys, shift and
control among them. Thoughts follow from what the keys were for, by the model's rules: one before each text, each
command and each decision, one for every four questions answered; none before what only moves or ends something.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from desktop.clinical.checklist import Item
from desktop.record.review import IMPRESSION
from desktop.ui.answer_row import AnswerRow
from desktop.ui.choice_field import ChoiceField
from desktop.ui.examination_grid import ExaminationGrid
from desktop.ui.section_page import SectionPage
from desktop.ui.text_field import TextField
from desktop.ui.value_field import ValueField
from desktop.ui.window import Window

KEY, HAND, THOUGHT, GROUP = 0.28, 0.40, 1.35, 4
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
MOVES = {
    *(Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right),
    *(Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
}
HELD = {Qt.Key.Key_Shift, Qt.Key.Key_Control}
ENDS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
MOST = 400
"""Keys on the way to one question: more, and it is out of reach."""


@dataclass
class Counted:
    """`spent`: what the processor needed for it all, seconds. `inputs` are those outside of the questions, a text in
    one field being one; `moves` lead from one question to another; `modals` are windows that shut out the others."""

    keys: int = 0
    hands: int = 0
    texts: int = 0
    commands: int = 0
    decisions: int = 0
    answered: set[str] = field(default_factory=set)
    spent: float = 0.0
    inputs: int = 0
    moves: int = 0
    modals: int = 0

    @property
    def groups(self) -> int:
        return -(-len(self.answered) // GROUP)

    @property
    def thoughts(self) -> int:
        return self.groups + self.texts + self.commands + self.decisions

    @property
    def seconds(self) -> float:
        return self.keys * KEY + self.hands * HAND + self.thoughts * THOUGHT + self.spent


class Hands(QObject):
    def __init__(self, window: Window) -> None:
        super().__init__()
        self.window, self.counted = window, Counted()
        self._typing: QWidget | None = None
        self._down = False
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def begin(self) -> None:
        """The hands are laid on the keyboard, and from here on it counts."""
        self.counted, self._typing = Counted(hands=1), None

    def end(self) -> None:
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        begun = time.process_time()
        handle = self.window.windowHandle()
        assert handle is not None
        QTest.keyClick(handle, key, modifiers)
        self._settle(begun)

    def type(self, text: str) -> None:
        begun = time.process_time()
        handle = self.window.windowHandle()
        assert handle is not None
        for letter in text:
            QTest.keyClick(handle, letter)
        self._settle(begun)

    def answer(self, wanted: Mapping[str, object]) -> None:
        """Each of these questions, by the way that the arrows and the next section lead."""
        left = dict(wanted)
        for _ in range(MOST):
            if not left:
                return
            self._next(left)
        raise AssertionError(f"out of reach by keys alone: {sorted(left)}")

    def _next(self, left: dict[str, object]) -> None:
        here = self.focus
        match here:
            case ExaminationGrid():
                item = here.current_item()
                if item is not None and item.id in left:
                    self._grade(item, left.pop(item.id))
                else:
                    self.press(Qt.Key.Key_Down)
            case AnswerRow() | ChoiceField() | ValueField() | TextField() if here.item.id in left:
                self._give(here, left.pop(here.item.id))
                self._enter_details(here, left)
            case AnswerRow() if self._details_of(here) & left.keys():
                self.press(Qt.Key.Key_Return)
            case AnswerRow() if not self._further(left):
                self.press(Qt.Key.Key_S)
            case _:
                self.press(Qt.Key.Key_Down)

    def _give(self, here: Any, answer: object) -> None:
        item: Item = here.item
        match answer:
            case bool():
                self.type("y" if answer else "n")
            case str() if item.is_timed:
                self.type({"new": "y", "old": "o", "no": "n"}[answer])
            case str() if item.kind == "choice":
                self.type(str(list(item.choices).index(answer) + 1))
            case list() | tuple():
                for one in answer:
                    self.type(str(list(item.choices).index(one) + 1))
                self.press(Qt.Key.Key_Down)
            case _ if isinstance(here, AnswerRow) and item.kind == "text":
                self.press(Qt.Key.Key_Return)
                self.type(str(answer))
                self.press(Qt.Key.Key_Escape)
            case _:
                self.type(f"{answer:g}" if isinstance(answer, float) else str(answer))
                self.press(Qt.Key.Key_Return)

    def _grade(self, item: Item, answer: object) -> None:
        self.type(str(list(item.choices).index(str(answer)) if item.choices else answer))

    def _enter_details(self, row: Any, left: Mapping[str, object]) -> None:
        """The answer has led on to the next question; what it opened stands above that."""
        if isinstance(row, AnswerRow) and self._details_of(row) & left.keys() and not row.isAncestorOf(self.focus):
            if self.focus is not row:
                self.press(Qt.Key.Key_Up)
            self.press(Qt.Key.Key_Return)

    def _details_of(self, row: AnswerRow) -> set[str]:
        return {one.item.id for one in row.details()}

    def _further(self, left: Mapping[str, object]) -> bool:
        """Whether more is to be asked in this section, below."""
        page = self._page()
        shown = {item for row in page.shown_rows() for item in (row.item.id, *self._details_of(row))}
        grid = set(page.grid.grid.cells.in_order()) if page.grid is not None else set()
        return bool((shown | grid) & left.keys())

    def _page(self) -> SectionPage:
        panel: Any = self.window.consultation
        page: SectionPage = panel.questions.page
        return page

    @property
    def focus(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None, "the keyboard has been lost"
        return widget

    def _settle(self, begun: float) -> None:
        for _ in range(6):
            QApplication.processEvents()
        self.counted.spent += time.process_time() - begun
        if self.window.model is not None:
            self.counted.answered |= self.window.model.assessment.answers.keys() - {IMPRESSION}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Before anything is done with a key it is asked whether it is a shortcut, sometimes twice: it counts until it
        is let go of as one."""
        if event.type() == QEvent.Type.WindowBlocked and watched is self.window:
            self.counted.modals += 1
        elif event.type() == QEvent.Type.KeyRelease:
            self._down = False
        elif event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and not self._down:
            here = QApplication.focusWidget()
            if here is not None and watched is here:
                self._down = True
                self._count(event, here)
        return False

    def _count(self, event: QKeyEvent, here: QWidget) -> None:
        counted, key = self.counted, Qt.Key(event.key())
        counted.keys += 1
        if key in HELD:
            self._down = False
            return
        if event.text().isupper() and not event.modifiers() & SHIFT:
            counted.keys += 1
        typing, self._typing = self._typing, None
        self._tell_apart(event, here, typing)
        if event.modifiers() & CTRL or Qt.Key.Key_F1 <= key <= Qt.Key.Key_F12:
            counted.commands += 1
        elif isinstance(here, QLineEdit | QPlainTextEdit) and event.text().isprintable() and event.text():
            self._typing = here
            counted.texts += typing is not here and not isinstance(here, ValueField)
        elif key not in MOVES and not (key in ENDS and typing is here) and not self._asks(here):
            counted.decisions += 1

    def _tell_apart(self, event: QKeyEvent, here: QWidget, typing: QWidget | None) -> None:
        """What answers a question is neither an input besides nor a move."""
        in_text = typing is here and bool(event.text()) and event.text().isprintable()
        if not self._asks(here) or event.modifiers() & CTRL:
            self.counted.inputs += not in_text
        elif Qt.Key(event.key()) in MOVES or event.text() == "s":
            self.counted.moves += 1

    def _asks(self, here: QWidget) -> bool:
        """A question: what is answered there is counted by fours."""
        above: QWidget | None = here
        while above is not None and not isinstance(above, SectionPage):
            above = above.parentWidget()
        return above is not None
