"""The card in the middle of an otherwise empty screen: signing in, or the recovery code."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.brand import Brand
from desktop.ui.column import Column
from desktop.ui.drawing import draw_frame, painter_on
from desktop.ui.label import Label
from desktop.ui.theme import Theme

WIDE = 470
SMALL_UP_TO = 1.5


class FrontCard(QWidget):
    """`lines` is where its parts go."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._title = Label(theme, "", "h1", weight=600, wrap=True)
        self._says = Label(theme, "", "note", colour=theme.muted, wrap=True)
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(theme.px(30), theme.px(24), theme.px(30), theme.px(26))
        self.lines.setSpacing(theme.px(12))
        if theme.scale < SMALL_UP_TO:  # larger, the room goes to what is typed and pressed
            self.lines.addWidget(Brand(theme))
            self.lines.addSpacing(theme.px(4))
        self.lines.addWidget(self._title)
        self.lines.addWidget(self._says)
        self.setMinimumWidth(min(theme.px(WIDE), 600))
        self.setMaximumWidth(theme.px(WIDE))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def head(self, title: str, says: str) -> None:
        self._title.setText(title)
        self._says.show_text(says)
        self.setAccessibleName(". ".join(part for part in (title, says) if part))  # heard with the field in hand

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.theme
        draw_frame(painter_on(self), QRectF(self.rect()), theme.px(8), fill=theme.surface, border=theme.border)


class Centred(QWidget):
    """A small card scrolls as a whole where text is large and the screen small; a tall one scrolls inside itself."""

    def __init__(self, theme: Theme, card: QWidget, foot: str, *, tall: bool = False) -> None:
        super().__init__()
        self.theme = theme
        middle = QWidget()
        across = QHBoxLayout(middle)
        across.setContentsMargins(theme.px(12), 12 if tall else 40, theme.px(12), theme.px(12))
        across.addStretch(1)
        across.addWidget(card, 100)
        across.addStretch(1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, theme.px(10))
        lines.addWidget(middle if tall else self._scrolled(card, middle), 1)
        below = Label(theme, foot, "small", colour=theme.muted, wrap=True)
        below.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        below.setContentsMargins(theme.px(24), 0, theme.px(24), 0)
        lines.addWidget(below)
        below.setVisible(bool(foot))

    def _scrolled(self, card: QWidget, middle: QWidget) -> QWidget:
        column = Column(self.theme, "Backstop")
        column.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        column.lines.insertStretch(0, 1)
        column.add(middle)
        column.lines.setStretch(column.lines.count() - 1, 2)
        column.follow_focus()
        return column

    def paintEvent(self, event: QPaintEvent) -> None:
        painter_on(self).fillRect(self.rect(), self.theme.window)
