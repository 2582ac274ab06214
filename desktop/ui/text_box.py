"""A field for several lines, as high as what stands in it; too much to paste is refused before it is laid out."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from desktop.record.notes import LONGEST
from desktop.ui.announce import announce
from desktop.ui.drawing import draw_field_edge, painter_on
from desktop.ui.scroll_bar import ScrollBar
from desktop.ui.theme import Theme
from desktop.ui.typed import too_long

TALLEST = 12


class TextBox(QPlainTextEdit):
    """Signals: refused (why, or nothing)."""

    refused = Signal(str)

    def __init__(self, theme: Theme, name: str, *, lines: int = 3) -> None:
        super().__init__()
        self._write_on(QWidget())
        self.setVerticalScrollBar(ScrollBar(theme))
        self.theme, self._lines, self.invalid = theme, lines, False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(theme.font("body"))
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(theme.px(7))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(theme.px(240))
        self.refused.connect(self._tell)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self.updateGeometry())

    def _write_on(self, surface: QWidget) -> None:
        """Like Qt's own, for which PySide would look among all classes of widgets, and make each of them."""
        surface.setBackgroundRole(QPalette.ColorRole.Base)
        surface.setAutoFillBackground(True)
        surface.setCursor(Qt.CursorShape.IBeamCursor)
        surface.setAcceptDrops(True)
        # Before Qt's own is gone: the words are measured for it.
        self.document().documentLayout().setPaintDevice(surface)
        self.setViewport(surface)

    def _tell(self, why: str) -> None:
        """The reason stands below; the focus stays here."""
        if why:
            announce(self, why)

    def show_invalid(self, invalid: bool) -> None:
        self.invalid = invalid
        self.viewport().update()

    def sizeHint(self) -> QSize:
        lines = min(max(int(self.document().size().height()), self._lines), TALLEST)
        return QSize(self.theme.px(400), QFontMetrics(self.font()).lineSpacing() * lines + 2 * self.theme.px(9))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(240), self.sizeHint().height())

    def insertFromMimeData(self, source: QMimeData) -> None:
        """As plain text. What can't fit is still on the clipboard."""
        if len(source.text()) > LONGEST:
            self.refused.emit(too_long(source.text()))
        else:
            self.insertPlainText(source.text())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        rect = QRectF(self.viewport().rect())
        draw_field_edge(painter_on(self.viewport()), rect, self.theme, focused=self.hasFocus(), wrong=self.invalid)
