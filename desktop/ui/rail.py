"""The rail: the rooms that exist, each an icon with its word."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.drawing import draw_chosen, draw_frame, icon, painter_on
from desktop.ui.nav_list import ID, STATE, NavList, how_it_stands
from desktop.ui.sides import by_content, mirrored, set_margins
from desktop.ui.theme import Theme

AT_FOOT = "settings"


class Rail(QWidget):
    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._delegate = RailDelegate(theme)
        self.list = NavList(self.tr("Rooms"), self._delegate)
        self.list.chosen.connect(self.chosen)
        self.list.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        layout = QVBoxLayout(self)
        set_margins(layout, 0, theme.px(8), theme.px(1), 0)
        layout.addWidget(self.list)
        self.show_words(True)

    def show_rooms(self, entries: list[tuple[str, str, str, object]], current: str) -> None:
        """Each with its icon and a number, which is 0 for none."""
        self.list.show_entries(entries)
        self._delegate.above_foot = len(entries) - 1
        self.show_words(self._delegate.with_words)
        self.list.select(current)
        self.list.doItemsLayout()

    def say_kept_from(self, rooms: list[str]) -> None:
        """Who hears the list does not see that it is shorter than another's."""
        words = self.tr("Not for your role: {rooms}").format(rooms=", ".join(rooms)) if rooms else ""
        self.list.setAccessibleDescription(words)

    def show_words(self, shown: bool) -> None:
        """Without words the names are in tooltips and for screen readers."""
        self._delegate.with_words = shown
        self.setFixedWidth(max(self.theme.px(88), self._widest_word()) if shown else self.theme.px(56))
        self.list.doItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.list.doItemsLayout()

    def _widest_word(self) -> int:
        """In another language a word may be longer than the rail was meant to be."""
        metrics = QFontMetricsF(self.theme.font("small", 600))
        words = (str(self.list.entries.item(row).text()) for row in range(self.list.entries.rowCount()))
        return round(max(map(metrics.horizontalAdvance, words), default=0)) + self.theme.px(14)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        painter.fillRect(self.rect(), self.theme.surface)
        painter.fillRect(mirrored(self, QRectF(self.width() - 1, 0, 1, self.height())), self.theme.border)


class RailDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.with_words = True
        self.above_foot = 0

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The last one, at the foot, takes what the others leave. In a low window all of them are lower."""
        view = option.widget
        height = self._height(view)
        if index.data(ID) == AT_FOOT and isinstance(view, QAbstractItemView):
            height = max(height, view.viewport().height() - self.above_foot * height - 1)
        return QSize(self.theme.px(50), height)

    def _height(self, view: QWidget | None) -> int:
        full, least = (62, 50) if self.with_words else (54, 40)
        room = view.viewport().height() if isinstance(view, QAbstractItemView) else 0
        return max(self.theme.px(least), min(self.theme.px(full), room // (self.above_foot + 1)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = self.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        by_content(painter)
        rect = QRectF(option.rect).adjusted(theme.px(5), theme.px(2), -theme.px(5), -theme.px(2))
        rect.setTop(rect.bottom() - self._height(option.widget) + theme.px(4))
        chosen, focused = how_it_stands(option.widget, index)
        if chosen:
            draw_chosen(painter, rect, theme.px(8), theme, focused=focused)
        size = theme.px(22)
        under = theme.px(18) if self.with_words else 0
        top = rect.top() + (rect.height() - size - under) / 2
        colour = theme.accent if chosen else theme.muted
        ratio = painter.device().devicePixelRatioF()
        name, count = index.data(STATE)
        left = round(rect.center().x() - size / 2)
        painter.drawPixmap(left, round(top), icon(name, colour, size, ratio))
        if count:
            self._draw_count(painter, QPointF(left + size, top), count)
        if self.with_words:
            painter.setFont(theme.font("small", 600 if chosen else 400))
            painter.setPen(theme.text if chosen else theme.muted)
            words = rect.adjusted(0, top - rect.top() + size + theme.px(3), 0, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, index.data())
        painter.restore()

    def _draw_count(self, painter: QPainter, corner: QPointF, count: int) -> None:
        """On the icon's upper corner, in the colour of what is late."""
        theme, words = self.theme, str(count) if count < 100 else "99+"
        font = theme.font("micro", 600)
        height = theme.px(18)
        width = max(height, QFontMetricsF(font).horizontalAdvance(words) + theme.px(8))
        pill = QRectF(corner.x() - theme.px(4), corner.y() - theme.px(7), width, height)
        draw_frame(painter, pill, height / 2, fill=theme.emergency_fill, border=theme.on_emergency)
        painter.setFont(font)
        painter.setPen(theme.on_emergency)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        view.setToolTip("" if self.with_words else str(index.data() or ""))
        return super().helpEvent(event, view, option, index)
