"""A line of the command palette: what it is called, what it is, and its key."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.ui.drawing import draw_frame, draw_keycap, keycap_width
from desktop.ui.found import Found
from desktop.ui.keys import key_words
from desktop.ui.nav_list import STATE
from desktop.ui.sides import by_content, mirrored, text_side
from desktop.ui.theme import Theme


class PaletteRow(QStyledItemDelegate):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two lines where words and kind don't fit on one."""
        found: Found = index.data(STATE)
        width = option.widget.width() - self.theme.px(40) if option.widget is not None else 0
        lines = 1 if self._fits(found, width) else 2
        return QSize(self.theme.px(200), self.theme.px(14) + lines * self._line())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, found = self.theme, index.data(STATE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        by_content(painter)
        rect = QRectF(option.rect).adjusted(theme.px(6), theme.px(1), -theme.px(6), -theme.px(1))
        if option.state & QStyle.StateFlag.State_Selected:
            draw_frame(painter, rect, theme.px(6), fill=theme.accent_tint, border=theme.focus, width=2)
        inner = rect.adjusted(theme.px(10), 0, -theme.px(10), 0)
        key = key_words(found.key)
        key_width = keycap_width(key, theme) + theme.px(10) if key else 0
        one_line = self._fits(found, rect.width() - theme.px(28))
        top = QRectF(inner) if one_line else QRectF(inner.left(), inner.top(), inner.width(), inner.height() / 2)
        if key:
            place = mirrored(option.widget, QRectF(top.right() - key_width + theme.px(10), 0, key_width, 1), inner)
            draw_keycap(painter, place.left(), top.center().y(), key, theme)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.text)
        words = mirrored(option.widget, top.adjusted(0, 0, -key_width, 0), inner)
        painter.drawText(words, text_side(option.widget), found.words)
        below = QRectF(inner.left(), inner.center().y(), inner.width(), inner.height() / 2)
        kind = mirrored(option.widget, top.adjusted(0, 0, -key_width, 0) if one_line else below, inner)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.muted)
        painter.drawText(kind, text_side(option.widget, far=True), found.kind)
        painter.restore()

    def _fits(self, found: Found, width: float) -> bool:
        words = QFontMetricsF(self.theme.font("body")).horizontalAdvance(found.words)
        kind = QFontMetricsF(self.theme.font("small")).horizontalAdvance(found.kind)
        key = keycap_width(key_words(found.key), self.theme) + self.theme.px(10) if found.key else 0
        return words + kind + key + self.theme.px(16) <= width

    def _line(self) -> int:
        return round(QFontMetricsF(self.theme.font("body")).height()) + self.theme.px(2)
