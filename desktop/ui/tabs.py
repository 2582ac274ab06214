"""In a narrow window the columns take turns: one button each, and the count of what is behind it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.ui.drawing import painter_on
from desktop.ui.label import Label
from desktop.ui.painted_button import PaintedButton
from desktop.ui.theme import Theme


class Tabs(QWidget):
    chosen = Signal(int)

    def __init__(self, theme: Theme, names: tuple[str, ...]) -> None:
        super().__init__()
        self.theme, self.current = theme, 0
        self._buttons = [Tab(theme, name) for name in names]
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        line.setSpacing(theme.px(4))
        for place, button in enumerate(self._buttons):
            button.clicked.connect(lambda _=False, place=place: self.choose(place))
            line.addWidget(button)
        line.addStretch()
        self._told = Label(theme, "", "small", colour=theme.muted)
        line.addWidget(self._told)
        self._buttons[0].setChecked(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def choose(self, place: int) -> None:
        self.current = place
        for other, button in enumerate(self._buttons):
            button.setChecked(other == place)
        self.chosen.emit(place)

    def show_note(self, place: int, note: str) -> None:
        self._buttons[place].show_note(note)

    def tell(self, words: str) -> None:
        """What has to be in sight whichever of them is open."""
        self._told.setText(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        painter.fillRect(self.rect(), self.theme.surface)
        painter.fillRect(0, self.height() - 1, self.width(), 1, self.theme.border)


class Tab(PaintedButton):
    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name)
        self._name = name
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_note(self, note: str) -> None:
        text = f"{self._name} · {note}" if note else self._name
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def nextCheckState(self) -> None:
        """Checked by the tabs, so that one always is."""

    def sizeHint(self) -> QSize:
        return QSize(self.text_width(self.theme.font("body", 600)) + self.theme.px(20), self.theme.px(38))

    def paintEvent(self, event: QPaintEvent) -> None:
        self.body()
        painter, theme = painter_on(self), self.theme
        painter.setFont(theme.font("body", 600 if self.isChecked() else 400))
        painter.setPen(theme.text if self.isChecked() else theme.muted)
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.isChecked():
            painter.fillRect(0, self.height() - theme.px(3), self.width(), theme.px(3), theme.accent)
