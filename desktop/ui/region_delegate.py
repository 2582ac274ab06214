"""How one region stands in the list: a swatch with its mark, and its words."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.ui.drawing import FOCUS, draw_frame
from desktop.ui.marks import draw_answer
from desktop.ui.patterns import draw_swatch
from desktop.ui.regions import NONE, RegionState
from desktop.ui.sides import by_content, mirrored, text_side
from desktop.ui.theme import Theme

STATE = Qt.ItemDataRole.UserRole
WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignVCenter)
Index = QModelIndex | QPersistentModelIndex


class RegionDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """The list itself hears clicks and keys."""
        return False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        state: RegionState = index.data(STATE)
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else self.theme.px(262)
        room = QRect(0, 0, max(width - self.theme.px(42), self.theme.px(80)), 10_000)
        words = QFontMetrics(self.theme.font("note", 600)).boundingRect(room, WRAP, state.words)
        return QSize(width, max(self.theme.px(28), words.height() + self.theme.px(8)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, state = self.theme, index.data(STATE)
        rect, flags = QRectF(option.rect), option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        by_content(painter)
        if flags & QStyle.StateFlag.State_HasFocus:
            draw_frame(painter, rect, theme.px(6), fill=theme.accent_tint, border=theme.focus, width=FOCUS)
        elif flags & QStyle.StateFlag.State_MouseOver:
            draw_frame(painter, rect, theme.px(6), fill=theme.inset)
        self._draw_mark(painter, option.widget, rect, state)
        painter.setFont(theme.font("note", 600 if state.marked else 400))
        painter.setPen(theme.text)
        words = mirrored(option.widget, rect.adjusted(theme.px(36), 0, -theme.px(6), 0), rect)
        painter.drawText(words, text_side(option.widget, wrap=True), state.words)
        painter.restore()

    def _draw_mark(self, painter: QPainter, view: QWidget, rect: QRectF, state: RegionState) -> None:
        theme = self.theme
        if state.choice == NONE:
            size = theme.px(18)
            box = QRectF(rect.left() + theme.px(10), rect.center().y() - size / 2, size, size)
            draw_answer(painter, mirrored(view, box, rect), "no" if state.marked else "not asked", theme)
        else:
            box = QRectF(rect.left() + theme.px(8), rect.center().y() - theme.px(8), theme.px(22), theme.px(16))
            draw_swatch(painter, mirrored(view, box, rect), state.mark if state.marked else None, theme)
