"""What was measured over time: ink and hollow points, the second line dashed with squares; labelled at its end."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.clinical.dates import date_words
from desktop.paper.line_plot import Placed, placed
from desktop.record.course import Chart
from desktop.ui.axis_days import draw_days
from desktop.ui.drawing import draw_frame, draw_line, painter_on
from desktop.ui.theme import Theme
from desktop.ui.translation import translate

HEIGHT = 176


class CoursePlot(QWidget):
    def __init__(self, theme: Theme, chart: Chart, span: tuple[datetime, datetime], zone: ZoneInfo) -> None:
        super().__init__()
        self.theme, self.chart, self._zone = theme, chart, zone
        self.placed: Placed = placed([line.points for line in chart.lines], low=chart.low, high=chart.high, span=span)
        said = "; ".join(values_of(chart, zone))
        self.setAccessibleName(f"{chart.title}. {said}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(420), self.theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(260), self.theme.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_on(self), self.theme
        draw_frame(painter, QRectF(self.rect()), theme.px(8), fill=theme.surface, border=theme.border)
        self._draw_title(painter)
        area = QRectF(self.rect()).adjusted(theme.px(52), theme.px(42), -theme.px(64), -theme.px(30))
        painter.setFont(theme.font("small"))
        for tick in self.placed.scale.ticks:
            level = area.top() + self.placed.scale.up(tick) * area.height()
            draw_line(painter, QPointF(area.left(), level), QPointF(area.right(), level), theme.border)
            painter.setPen(theme.muted)
            label = QRectF(0, level - theme.px(10), area.left() - theme.px(8), theme.px(20))
            painter.drawText(label, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{tick:g}")
        self._draw_days(painter, area)
        for place in range(len(self.placed.lines)):
            self._draw_values(painter, area, place)

    def _draw_title(self, painter: QPainter) -> None:
        theme, chart = self.theme, self.chart
        painter.setFont(theme.font("body", 600))
        painter.setPen(theme.text)
        line = QRectF(self.rect()).adjusted(theme.px(12), theme.px(8), -theme.px(12), 0)
        top = Qt.AlignmentFlag.AlignTop
        painter.drawText(line, top, chart.title)
        wide = painter.fontMetrics().horizontalAdvance(chart.title) + theme.px(8)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.muted)
        painter.drawText(line.adjusted(wide, theme.px(2), 0, 0), top, chart.unit)
        low = self.placed.scale.low
        if low > 0:
            words = translate("Course", "axis starts at {low}").format(low=f"{low:g}")
            painter.drawText(line.adjusted(0, theme.px(2), 0, 0), top | Qt.AlignmentFlag.AlignRight, words)

    def _draw_days(self, painter: QPainter, area: QRectF) -> None:
        middles = [area.left() + share * area.width() for share, _ in self.placed.moments]
        days = [at.astimezone(self._zone) for _, at in self.placed.moments]
        draw_days(painter, self.theme, middles, days, area.bottom() + self.theme.px(6), self.width())

    def _draw_values(self, painter: QPainter, area: QRectF, place: int) -> None:
        theme, second = self.theme, place > 0
        points = [
            QPointF(area.left() + x * area.width(), area.top() + y * area.height()) for x, y in self.placed.lines[place]
        ]
        ink = theme.muted if second else theme.text
        pen = QPen(ink, theme.px(2))
        if second:
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(points)
        painter.setPen(QPen(ink, theme.px(2)))
        painter.setBrush(theme.surface)
        size = theme.px(4.5)
        for point in points:
            if second:
                painter.drawRect(QRectF(point.x() - size, point.y() - size, 2 * size, 2 * size))
            else:
                painter.drawEllipse(point, size, size)
        painter.setFont(theme.font("small", 600))
        painter.setPen(theme.text)
        line = self.chart.lines[place]
        words = f"{line.name} {line.points[-1][1]:g}".strip()
        down = theme.px(9) * self._down(place)
        start = points[-1] + QPointF(theme.px(10), theme.px(5) + down)
        ground = QRectF(painter.fontMetrics().boundingRect(words)).translated(start)
        painter.fillRect(ground.adjusted(-theme.px(2), 0, theme.px(2), 0), theme.surface)  # no line through them
        painter.drawText(start, words)

    def _down(self, place: int) -> int:
        """The labels of two lines keep apart: the upper one goes up."""
        if len(self.placed.lines) < 2:
            return 0
        own, other = self.placed.lines[place][-1][1], self.placed.lines[1 - place][-1][1]
        return 1 if (own, place) > (other, 1 - place) else -1


def values_of(chart: Chart, zone: ZoneInfo) -> list[str]:
    return [
        f"{line.name} {date_words(at.astimezone(zone))} {value:g}".strip()
        for line in chart.lines
        for at, value in line.points
    ]
