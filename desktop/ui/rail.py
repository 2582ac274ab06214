"""The rail: the rooms that exist, each an icon with its word."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.drawing import FOCUS, draw_frame, icon, painter_on
from desktop.ui.nav_list import STATE, NavList
from desktop.ui.theme import Theme

ROOMS = {"today": ("Today", "calendar"), "consultation": ("Consultation", "stethoscope")}


class Rail(QWidget):
    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._delegate = RailDelegate(theme)
        self.list = NavList("Rooms", self._delegate)
        self.list.chosen.connect(self.chosen)
        self.list.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.px(8), theme.px(1), 0)
        layout.addWidget(self.list)
        self.show_words(True)

    def show_rooms(self, rooms: list[str], current: str) -> None:
        self.list.show_entries([(room, ROOMS[room][0], ROOMS[room][0], ROOMS[room][1]) for room in rooms])
        self.list.select(current)

    def show_words(self, shown: bool) -> None:
        """Without words the names are in tooltips and for screen readers."""
        self._delegate.with_words = shown
        self.setFixedWidth(self.theme.px(88 if shown else 56))
        self.list.doItemsLayout()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        painter.fillRect(self.rect(), self.theme.surface)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), self.theme.border)


class RailDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.with_words = True

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(self.theme.px(50), self.theme.px(62 if self.with_words else 54))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = self.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect).adjusted(theme.px(5), theme.px(2), -theme.px(5), -theme.px(2))
        flags = option.state
        chosen = bool(flags & QStyle.StateFlag.State_Selected)
        if chosen:
            ring = theme.focus if flags & QStyle.StateFlag.State_HasFocus else None
            draw_frame(painter, rect, theme.px(8), fill=theme.accent_tint, border=ring, width=FOCUS)
        size = theme.px(22)
        top = rect.top() + (theme.px(8) if self.with_words else (rect.height() - size) / 2)
        colour = theme.accent if chosen else theme.muted
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(
            round(rect.center().x() - size / 2), round(top), icon(index.data(STATE), colour, size, ratio)
        )
        if self.with_words:
            painter.setFont(theme.font("small", 600 if chosen else 400))
            painter.setPen(theme.text if chosen else theme.muted)
            words = rect.adjusted(0, theme.px(34), 0, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, index.data())
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        view.setToolTip("" if self.with_words else str(index.data() or ""))
        return super().helpEvent(event, view, option, index)
