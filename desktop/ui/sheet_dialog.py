"""A sheet over the window: a title, what it says, and Escape."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.button import Button
from desktop.ui.drawing import draw_frame, painter_on
from desktop.ui.label import Label
from desktop.ui.theme import Theme


class SheetDialog(QDialog):
    """Frameless, in the middle of its window, never larger than it."""

    def __init__(self, window: QWidget, theme: Theme, title: str, width: int) -> None:
        super().__init__(window, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.theme, self._window = theme, window
        self.setModal(True)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(*(theme.px(16),) * 4)
        self.lines.setSpacing(theme.px(10))
        self._wide = min(theme.px(width), window.width() - theme.px(24))
        self._tall = window.height() - theme.px(48)

    def add_title(self, title: str) -> None:
        close = Button(self.theme, self.tr("Close"), name=self.tr("Close (Esc)"), key="Esc", shortcut=False, small=True)
        close.clicked.connect(self.reject)
        head = QHBoxLayout()
        head.addWidget(Label(self.theme, title, "h2", weight=600, wrap=True), 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.lines.addLayout(head)
        close.setFocus()

    def place(self, height: int) -> None:
        window = self._window
        self.resize(self._wide, min(height, self._tall))
        middle = window.mapToGlobal(window.rect().center())
        self.move(middle.x() - self.width() // 2, window.mapToGlobal(window.rect().topLeft()).y() + self.theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self.theme, painter_on(self)
        painter.fillRect(self.rect(), theme.surface)
        draw_frame(painter, QRectF(self.rect()), 0, border=theme.border_strong, width=2)
