"""Encounters of each month as columns, the most urgent at the foot; the table beside it has the same numbers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.clinical.dates import MONTHS
from desktop.clinical.rules import Urgency
from desktop.paper.plot import Scale, scale_of, stacked
from desktop.record.audit import URGENCIES, MonthCount
from desktop.ui.drawing import draw_frame, draw_line, painter_on
from desktop.ui.marks import draw_urgency
from desktop.ui.theme import Theme


class MonthsPlot(QWidget):
    def __init__(self, theme: Theme, months: Sequence[MonthCount], name: str) -> None:
        super().__init__()
        self.theme, self.months = theme, tuple(months)
        self.scale: Scale = scale_of(0, max([*(one.total for one in months), 4]))
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(420), self.theme.px(200))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(280), self.theme.px(200))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_on(self), self.theme
        draw_frame(painter, QRectF(self.rect()), theme.px(8), fill=theme.surface, border=theme.border)
        area = QRectF(self.rect()).adjusted(theme.px(44), theme.px(14), -theme.px(14), -theme.px(30))
        painter.setFont(theme.font("small"))
        for tick in self.scale.ticks:
            level = area.top() + self.scale.up(tick) * area.height()
            draw_line(painter, QPointF(area.left(), level), QPointF(area.right(), level), theme.border)
            painter.setPen(theme.muted)
            label = QRectF(0, level - theme.px(10), area.left() - theme.px(6), theme.px(20))
            painter.drawText(label, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{tick:g}")
        self._draw_columns(painter, area)

    def _draw_columns(self, painter: QPainter, area: QRectF) -> None:
        """Told apart by mark as well as by colour; no count has a mark of its own where it would not fit."""
        theme = self.theme
        columns = stacked([[one.by_urgency.get(word, 0) for word in URGENCIES] for one in self.months], self.scale)
        for month, boxes in zip(self.months, columns, strict=True):
            for word, box in zip(URGENCIES, boxes, strict=True):
                urgency = Urgency.of(word)
                rect = QRectF(
                    area.left() + box.left * area.width(),
                    area.top() + box.top * area.height(),
                    box.width * area.width(),
                    box.height * area.height(),
                )
                if rect.height() < 1:
                    continue
                severity = theme.severity(urgency)
                draw_frame(painter, rect, 0, fill=severity.tint, border=severity.graphic, dashed=not urgency)
                size = theme.px(14)
                if rect.height() >= size + 2 and rect.width() >= size + 2:
                    mark = QRectF(rect.center().x() - size / 2, rect.center().y() - size / 2, size, size)
                    draw_urgency(painter, mark, urgency, theme)
            self._draw_name(painter, area, month.month, boxes[0].left + boxes[0].width / 2)

    def _draw_name(self, painter: QPainter, area: QRectF, month: str, middle: float) -> None:
        theme = self.theme
        centre = area.left() + middle * area.width()
        width = area.width() / max(len(self.months), 1)
        painter.setPen(theme.muted)
        words = QRectF(centre - width / 2, area.bottom() + theme.px(4), width, theme.px(20))
        painter.drawText(words, Qt.AlignmentFlag.AlignHCenter, MONTHS[int(month[5:]) - 1])
