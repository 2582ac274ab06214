"""A line of a list of pages: the words, and which one is open."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.ui.drawing import draw_chosen, draw_frame
from desktop.ui.sides import by_content, mirrored, text_side
from desktop.ui.theme import Theme

WRAP = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)


class PageDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        view = option.widget
        wide = view.viewport().width() if isinstance(view, QAbstractItemView) else self.theme.px(200)
        words = self._height(index.data(), wide - self.theme.px(34), 400)
        return QSize(self.theme.px(100), words + self.theme.px(14))

    def _height(self, words: str, room: int, weight: int) -> int:
        return QFontMetrics(self.theme.font("body", weight)).boundingRect(0, 0, room, 10_000, WRAP, words).height()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = self.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        by_content(painter)
        rect = QRectF(option.rect).adjusted(theme.px(8), 0, -theme.px(8), 0)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if chosen:
            draw_chosen(painter, rect, theme.px(6), theme, focused=focused)
            if not focused:
                edge = mirrored(option.widget, QRectF(rect.left(), rect.top(), theme.px(3), rect.height()), rect)
                draw_frame(painter, edge, theme.px(1), fill=theme.accent)
        words = mirrored(option.widget, rect.adjusted(theme.px(12), 0, -theme.px(6), 0), rect)
        # Where the heavier words would need a line more than the row has, the ground and the edge say it.
        heavier = chosen and self._height(index.data(), round(words.width()), 600) <= words.height()
        painter.setFont(theme.font("body", 600 if heavier else 400))
        painter.setPen(theme.text)
        painter.drawText(words, text_side(option.widget, wrap=True), index.data())
        painter.restore()
