"""How a line of the board is painted: the deadline as a chip, filled only where it is late."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from desktop.clinical.rules import Urgency
from desktop.record.board import FollowUp
from desktop.ui.drawing import FOCUS, draw_frame, draw_line
from desktop.ui.marks import draw_urgency
from desktop.ui.sides import after_name, by_content, mirrored, text_side
from desktop.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
FOLLOW_UP = Qt.ItemDataRole.UserRole + 7
BY, PATIENT, WHAT, WHO, FROM = range(5)
ROW, GROUP, SIDE = 38, 34, 12
WRAP = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)


class DeadlineDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._view: QWidget | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        if index.data(FOLLOW_UP) is None:
            return QSize(self.theme.px(60), self.theme.px(GROUP))
        return QSize(self.theme.px(60), max(self.theme.px(ROW), self._words_high(option, index) + self.theme.px(12)))

    def _words_high(self, option: QStyleOptionViewItem, index: Index) -> int:
        """What is to be done is clinical text and is never cut off: it takes a further line."""
        if index.column() != WHAT or not isinstance(option.widget, QTreeView):
            return 0
        room = option.widget.columnWidth(WHAT) - self.theme.px(SIDE + 4)
        metrics = QFontMetrics(self.theme.font("body"))
        words = metrics.boundingRect(0, 0, max(room, 1), 10_000, WRAP, str(index.data())).height()
        return words + (metrics.height() if option.widget.isColumnHidden(PATIENT) else 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect = self.theme, QRectF(option.rect)
        one = index.data(FOLLOW_UP)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        by_content(painter)
        if isinstance(one, FollowUp):
            self._draw_ground(painter, rect, option, index.column())
            inside = mirrored(option.widget, rect.adjusted(theme.px(SIDE), 0, -theme.px(4), 0), rect)
            self._view = option.widget
            self._draw_cell(painter, inside, index, one)
        else:
            self._view = option.widget
            self._draw_group(painter, rect, str(index.data() or ""))
        foot = rect.adjusted(0, 0, 0, -1)
        draw_line(painter, foot.bottomLeft(), foot.bottomRight(), theme.border)
        painter.restore()

    def _draw_ground(self, painter: QPainter, rect: QRectF, option: QStyleOptionViewItem, column: int) -> None:
        theme, flags = self.theme, option.state
        if not flags & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.surface)
            return
        painter.fillRect(rect, theme.accent_tint)
        if column == BY:
            bar = QRectF(rect.left(), rect.top(), theme.px(3), rect.height())
            painter.fillRect(mirrored(option.widget, bar, rect), theme.accent)
        if option.widget is not None and option.widget.hasFocus():
            for edge in (rect.top(), rect.bottom() - FOCUS):
                painter.fillRect(QRectF(rect.left(), edge, rect.width(), FOCUS), theme.focus)

    def _draw_cell(self, painter: QPainter, rect: QRectF, index: Index, one: FollowUp) -> None:
        text = str(index.data())
        match index.column():
            case 0:
                self._draw_deadline(painter, rect, text, one)
            case 1:
                self._draw_name(painter, rect, text)
            case 4:
                self._draw_mark(painter, rect, text, one)
            case 3:
                self._draw_text(painter, rect, text, "note")
            case _:
                self._draw_what(painter, rect, index, text)

    def _draw_what(self, painter: QPainter, rect: QRectF, index: Index, text: str) -> None:
        """Below the patient's name, where that has no column."""
        font = self.theme.font("body")
        if isinstance(self._view, QTreeView) and self._view.isColumnHidden(PATIENT):
            line = QFontMetricsF(font).height()
            head = QRectF(rect.left(), rect.top() + self.theme.px(6), rect.width(), line)
            self._draw_name(painter, head, str(index.sibling(index.row(), PATIENT).data()))
            rect = rect.adjusted(0, self.theme.px(6) + line, 0, -self.theme.px(6))
        painter.setFont(font)
        painter.setPen(self.theme.text)
        painter.drawText(rect, text_side(self._view, wrap=True), text)

    def _draw_text(self, painter: QPainter, rect: QRectF, text: str, role: str, weight: int = 400) -> float:
        """What does not fit is whole in the panel beside it, and in the tooltip."""
        font = self.theme.font(role, weight)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(self.theme.text)
        fitted = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, text_side(self._view), fitted)
        return metrics.horizontalAdvance(fitted)

    def _draw_name(self, painter: QPainter, rect: QRectF, text: str) -> None:
        family, comma, given = text.partition(",")
        width = self._draw_text(painter, rect, family, "body", 600)
        self._draw_text(painter, self._after(rect, width), after_name(comma + given), "body")

    def _draw_mark(self, painter: QPainter, rect: QRectF, text: str, one: FollowUp) -> None:
        size = self.theme.px(16)
        mark = mirrored(self._view, QRectF(rect.left(), rect.center().y() - size / 2, size, size), rect)
        draw_urgency(painter, mark, Urgency.of(one.stored.urgency), self.theme)
        self._draw_text(painter, self._after(rect, size + self.theme.px(6)), text, "note")

    def _draw_deadline(self, painter: QPainter, rect: QRectF, text: str, one: FollowUp) -> None:
        theme, font = self.theme, self.theme.font("small", 600)
        high = theme.px(22)
        wide = QFontMetricsF(font).horizontalAdvance(text) + theme.px(14)
        chip = QRectF(rect.left(), rect.center().y() - high / 2, min(wide, rect.width()), high)
        chip = mirrored(self._view, chip, rect)
        severity = theme.severity(Urgency.of(one.stored.urgency))
        ground, ink, frame, dashed = theme.inset, theme.text, None, False
        if one.late is not None:
            ground, ink = theme.emergency_fill, theme.on_emergency
        elif one.stored.state == "open" and one.stored.due is None:
            ground, ink, frame, dashed = theme.surface, theme.muted, theme.border_strong, True
        elif one.stored.state == "open" and one.stored.urgency not in ("none", "routine"):
            ground, ink = severity.tint, severity.text
        draw_frame(painter, chip, theme.px(4), fill=ground, border=frame, dashed=dashed)
        painter.setFont(font)
        painter.setPen(ink)
        fitted = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, chip.width() - theme.px(8))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, fitted)

    def _draw_group(self, painter: QPainter, rect: QRectF, words: str) -> None:
        theme = self.theme
        painter.fillRect(rect, theme.inset)
        name, _, count = words.rpartition(" ")
        inside = self._after(rect, theme.px(SIDE))
        width = self._draw_text(painter, inside, name, "body", 600)
        painter.setPen(theme.muted)
        painter.setFont(theme.font("body"))
        painter.drawText(self._after(inside, width + theme.px(6)), text_side(self._view), count)

    def _after(self, rect: QRectF, width: float) -> QRectF:
        """What is left of `rect` beside the first part of the line."""
        return mirrored(self._view, rect.adjusted(width, 0, 0, 0), rect)
