"""The waiting-room form: one question fills the screen, in large type; nothing here leads to the record."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.clinical.checklist import Answer
from desktop.record.errors import RecordError
from desktop.record.waiting import Waiting
from desktop.ui.column import Column
from desktop.ui.drawing import draw_frame, painter_on
from desktop.ui.label import Label
from desktop.ui.painted_button import PaintedButton
from desktop.ui.sides import set_margins
from desktop.ui.theme import Theme

LARGE = 1.2
"""Of the text size of the window: read at arm's length, without glasses that were left at home."""
LOUD = 2.2
WIDEST = 860
WRAP = int(Qt.TextFlag.TextWordWrap)


class WaitingForm(QWidget):
    """Signals: left (it is over; whoever takes the screen back signs in, and is told where `unsaved`)."""

    left = Signal()

    def __init__(self, theme: Theme, waiting: Waiting, *, demo: bool = False) -> None:
        super().__init__()
        self.theme, self.waiting = theme, waiting
        self.unsaved = False
        self._page = QWidget()
        self.buttons: list[ChoiceButton] = []
        self._ticked: set[str] = set()
        self.column = Column(theme, "")
        self.column.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.column.follow_focus()
        self._lines = layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(14))  # an answer that is half in sight says that there are more
        layout.addWidget(self.column, 1)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(theme.px(12))
        layout.addLayout(self._foot)
        if demo:
            layout.addWidget(Label(theme, self.tr("DEMO: an invented patient"), "small", colour=theme.muted))
        self.show_welcome()

    def show_welcome(self) -> None:
        """In one of several languages, where more than one is offered."""
        words, rooms = self.waiting.room.words, self.waiting.rooms
        side = Qt.LayoutDirection.RightToLeft if self.waiting.room.language.from_the_right else None
        self.setLayoutDirection(side or Qt.LayoutDirection.LeftToRight)
        start = self._button(words.start, self._begin, primary=True)
        others = [room.language for room in rooms if room is not self.waiting.room]
        spoken = [self._button(one.name, partial(self._speak, one.code)) for one in others]
        self._show([self._label(words.welcome)], [start], spoken)

    def _speak(self, code: str) -> None:
        self.waiting.speak(code)
        self.show_welcome()

    def take_focus(self) -> None:
        """No answer has it before the patient goes to one: a key pressed twice gives none, and none looks given."""
        start: QWidget = self if self._is_asking else self.buttons[0]
        start.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin(self) -> None:
        self.show_question()

    def show_question(self) -> None:
        """Or the end, when there is none left."""
        waiting, words = self.waiting, self.waiting.room.words
        if waiting.ended:
            self._show_end()
            return
        question = waiting.question
        told = words.progress.format(number=waiting.number, all=waiting.count)
        parts = [self._small(told), self._label(question.ask, strong=True)]
        parts += [self._small(question.help)] if question.help else []
        self._ticked = set()
        if question.several:
            held = waiting.given.get(question.item.id)
            self._ticked = set(held) if isinstance(held, frozenset) else set()
            parts.append(self._small(words.how))
            choices = [self._tick(text, str(answer)) for text, answer in question.choices]
        else:
            choices = [self._choice(text, answer) for text, answer in question.choices]
        foot = [self._button(words.back, self._back)] if waiting.number > 1 else []
        foot.append(self._button(words.skip, self._skip))
        if question.several:
            foot.append(self._button(words.next, self._give_ticked, primary=True))
        self._show(parts, choices, foot, asking=True)

    def _show_end(self) -> None:
        words = self.waiting.room.words
        urgent = self.waiting.ended == "urgent"
        head, more = (words.urgent, words.urgent_more) if urgent else (words.thanks, words.thanks_more)
        first = self._loud(head) if urgent else self._label(head, strong=True)
        self._show([first, self._label(more, strong=urgent)], [], [self._button(words.done, self.left.emit)])

    def _loud(self, text: str) -> Label:
        """Read across a desk."""
        label = self._label(text, strong=True)
        font = label.font()
        font.setPixelSize(round(font.pixelSize() * LOUD))
        label.setFont(font)
        label.setContentsMargins(0, self.theme.px(60), 0, self.theme.px(20))
        return label

    def _choice(self, text: str, answer: Answer) -> ChoiceButton:
        held = self.waiting.given.get(self.waiting.question.item.id)
        chosen = held == answer and type(held) is type(answer)
        button = ChoiceButton(self.theme, text, chosen=chosen)
        button.clicked.connect(partial(self._give, answer))
        return button

    def _tick(self, text: str, choice: str) -> ChoiceButton:
        button = ChoiceButton(self.theme, text, chosen=choice in self._ticked)
        button.clicked.connect(partial(self._turn, button, choice))
        return button

    def _turn(self, button: ChoiceButton, choice: str) -> None:
        self._ticked ^= {choice}
        button.show_chosen(choice in self._ticked)

    def _give_ticked(self) -> None:
        """Nothing is ticked: nothing is said, and what was said before is taken back."""
        if self._ticked:
            self._give(frozenset(self._ticked))
        else:
            self._tell(self.waiting.take_back)

    def _give(self, answer: Answer) -> None:
        self._tell(lambda: self.waiting.answer(answer))

    def _tell(self, work: Callable[[], None]) -> None:
        try:
            work()
        except RecordError:
            self.unsaved = True
            self._show_unsaved()
        else:
            self.show_question()

    def _show_unsaved(self) -> None:
        """The patient can mend nothing: what was answered before is saved, and somebody has to know."""
        if self.waiting.ended:
            self._show_end()
            return
        words = self.waiting.room.words
        self._show([self._label(words.thanks_more, strong=True)], [], [self._button(words.done, self.left.emit)])

    def _skip(self) -> None:
        self.waiting.skip()
        self.show_question()

    def _back(self) -> None:
        self.waiting.back()
        self.show_question()

    def _show(
        self, parts: list[Label], choices: list[ChoiceButton], foot: list[ChoiceButton], *, asking: bool = False
    ) -> None:
        self._page.hide()
        self._page.deleteLater()
        page = QWidget()
        lines = QVBoxLayout(page)
        set_margins(lines, 0, 0, self.theme.px(8), self.theme.px(12))
        lines.setSpacing(self.theme.px(8))
        for widget in (*parts, *choices):
            lines.addWidget(widget)
        lines.addStretch()
        page.setMaximumWidth(self.theme.px(WIDEST))
        self._page = page
        self.column.add(page)
        page.show()  # before anything in it takes the focus
        self.column.verticalScrollBar().setValue(0)
        while (item := self._foot.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for button in foot:
            self._foot.addWidget(button)
        self._foot.addStretch()
        self.buttons = [*choices, *foot]
        self.setAccessibleName(" ".join(part.text() for part in parts))
        for button in self.buttons:
            button.show()
        self._is_asking = asking
        self.take_focus()

    def _label(self, text: str, *, strong: bool = False) -> Label:
        return Label(self.theme, text, "h1", weight=600 if strong else 400, wrap=True)

    def _small(self, text: str) -> Label:
        return Label(self.theme, text, "h2", colour=self.theme.muted, wrap=True)

    def _button(self, text: str, work: Callable[[], object], *, primary: bool = False) -> ChoiceButton:
        button = ChoiceButton(self.theme, text, primary=primary)
        button.clicked.connect(lambda: work())
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In the middle of a wide screen."""
        super().resizeEvent(event)
        theme = self.theme
        side = max(theme.px(32), (self.width() - theme.px(WIDEST)) // 2)
        self._lines.setContentsMargins(side, theme.px(14), side, theme.px(14))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter_on(self).fillRect(self.rect(), self.theme.window)


class ChoiceButton(PaintedButton):
    """As large as a thumb; wraps its words."""

    def __init__(self, theme: Theme, text: str, *, chosen: bool = False, primary: bool = False) -> None:
        super().__init__(theme, text)
        self._primary, self._font = primary, theme.font("h2", 600)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCheckable(True)
        self.show_chosen(chosen)

    def show_chosen(self, chosen: bool) -> None:
        self.setChecked(chosen)
        self.update()

    def nextCheckState(self) -> None:
        """Checked by what is answered."""

    def heightForWidth(self, width: int) -> int:
        room = max(width, self.theme.px(140)) - self.theme.px(40)
        words = QFontMetrics(self._font).boundingRect(0, 0, room, 10_000, WRAP, self.text())
        return max(self.theme.px(46), words.height() + self.theme.px(20))

    def sizeHint(self) -> QSize:
        width = min(self.text_width(self._font) + self.theme.px(48), self.theme.px(WIDEST))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(140), self.theme.px(46))

    def paintEvent(self, event: QPaintEvent) -> None:
        body, theme = self.body(), self.theme
        painter = painter_on(self)
        chosen, hot = self.isChecked(), self.underMouse() or self.isDown()
        ground = theme.text if chosen else theme.accent if self._primary else theme.inset if hot else theme.surface
        ink = theme.surface if chosen else theme.on_accent if self._primary else theme.text
        draw_frame(painter, body, theme.px(10), fill=ground, border=theme.border_strong, width=1.5)
        painter.setFont(self._font)
        painter.setPen(ink)
        words = QRectF(self.rect()).adjusted(theme.px(20), 0, -theme.px(20), 0)
        painter.drawText(words, WRAP | int(Qt.AlignmentFlag.AlignCenter), self.text())
