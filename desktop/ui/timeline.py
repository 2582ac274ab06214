"""The encounters of a patient on a line of time: each with the mark of its urgency, to the scale of the plots."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.clinical.dates import date_words
from desktop.clinical.rules import Urgency
from desktop.paper.plot import across, in_lanes
from desktop.record.course import Visit
from desktop.ui.axis_days import draw_days
from desktop.ui.drawing import draw_frame, draw_line, painter_on
from desktop.ui.levels import level_words
from desktop.ui.marks import draw_urgency
from desktop.ui.theme import Theme
from desktop.ui.translation import translate

MARK, LANE, LEFT, RIGHT, HEAD, FOOT = 20, 26, 52, 64, 40, 52
NARROWEST = 260


class Timeline(QWidget):
    def __init__(self, theme: Theme, visits: Sequence[Visit], span: tuple[datetime, datetime], zone: ZoneInfo) -> None:
        super().__init__()
        self.theme, self.visits, self._zone = theme, tuple(visits), zone
        start, end = (moment.timestamp() for moment in span)
        self._along = [across([visit.at.timestamp()], start, end)[0] for visit in self.visits]
        said = "; ".join(f"{date_words(visit.at.astimezone(zone))} {visit_words(visit)}" for visit in self.visits)
        self.setAccessibleName(translate("Course", "Encounters") + f". {said}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As high as its encounters need where it is narrowest, so that its height does not depend on its width."""
        lanes = 1 + max(self._lanes(self._middles(self.theme.px(NARROWEST))), default=0)
        return QSize(self.theme.px(420), self.theme.px(HEAD + FOOT + (lanes - 1) * LANE + MARK))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(NARROWEST), self.sizeHint().height())

    def _middles(self, width: float) -> list[float]:
        px = self.theme.px
        return [px(LEFT) + along * (width - px(LEFT + RIGHT)) for along in self._along]

    def _lanes(self, middles: Sequence[float]) -> list[int]:
        return in_lanes(middles, self.theme.px(MARK + 4), lanes=3)

    def places(self) -> list[QRectF]:
        """Of the marks: those that would cover each other stand one above the other."""
        px, middles = self.theme.px, self._middles(self.width())
        foot = self.height() - px(FOOT) - px(MARK)
        return [
            QRectF(middle - px(MARK) / 2, foot - lane * px(LANE), px(MARK), px(MARK))
            for middle, lane in zip(middles, self._lanes(middles), strict=True)
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, px = painter_on(self), self.theme, self.theme.px
        draw_frame(painter, QRectF(self.rect()), px(8), fill=theme.surface, border=theme.border)
        painter.setFont(theme.font("body", 600))
        painter.setPen(theme.text)
        title = QRectF(self.rect()).adjusted(px(12), px(8), -px(12), 0)
        painter.drawText(title, Qt.AlignmentFlag.AlignTop, translate("Course", "Encounters"))
        level = self.height() - px(FOOT) - px(MARK) / 2
        draw_line(painter, QPointF(px(LEFT), level), QPointF(self.width() - px(RIGHT), level), theme.border_strong)
        places = self.places()
        for visit, rect in zip(self.visits, places, strict=True):
            painter.fillRect(rect.adjusted(-2, 0, 2, 0), theme.surface)
            draw_urgency(painter, rect, Urgency.of(visit.urgency or "none"), theme)
        self._draw_days(painter, places)

    def _draw_days(self, painter: QPainter, places: Sequence[QRectF]) -> None:
        middles = [rect.center().x() for rect in places]
        days = [visit.at.astimezone(self._zone) for visit in self.visits]
        levels = [level_words(Urgency.of(visit.urgency)) if visit.urgency else "" for visit in self.visits]
        top = self.height() - self.theme.px(FOOT - 6)
        draw_days(painter, self.theme, middles, days, top, self.width(), levels)


def visit_words(visit: Visit) -> str:
    """`Emergency: Suspected cauda equina syndrome`."""
    if visit.urgency is None:
        return translate("Course", "Not signed")
    return ": ".join(part for part in (level_words(Urgency.of(visit.urgency)), visit.what) if part)
