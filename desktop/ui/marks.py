"""The marks of urgencies and of answers. The outline carries the meaning, then the word, then the colour."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from desktop.clinical.checklist import Answer, CouldNotExamine, Item, Unsure
from desktop.clinical.rules import Urgency
from desktop.ui.stamp import stamp
from desktop.ui.theme import Theme

AnswerMark = Literal["not asked", "yes", "no", "unsure", "could not examine", "refused", "patient says"]


def mark_of(item: Item, answer: Answer | None) -> AnswerMark:
    match answer:
        case None:
            return "not asked"
        case Unsure():
            return "unsure"
        case CouldNotExamine():
            return "could not examine"
        case bool():
            return "yes" if answer else "no"
        case frozenset() if not answer:
            return "no"
        case str() if item.kind == "choice" and answer == "no":
            return "no"
    return "yes"


def draw_urgency(
    painter: QPainter,
    rect: QRectF,
    urgency: Urgency,
    theme: Theme,
    *,
    undecided: bool = False,
    on: QColor | None = None,
) -> None:
    """`on` turns the mark inside out for a filled ground: the shape in that colour, the sign cut out of it."""
    colours = *(colour.rgba() for colour in theme.severity(urgency)), on.rgba() if on else 0
    key = ("urgency", urgency, undecided, colours)

    def draw(painter: QPainter, rect: QRectF) -> None:
        _urgency(painter, rect, urgency, theme, undecided=undecided, on=on)

    stamp(painter, rect, key, draw)


def _urgency(
    painter: QPainter, rect: QRectF, urgency: Urgency, theme: Theme, *, undecided: bool, on: QColor | None
) -> None:
    graphic = on or theme.severity(urgency).graphic
    painter.save()
    shape = _SHAPES[urgency](_inside(rect, rect.width() * 0.06))
    filled = urgency in (Urgency.emergency, Urgency.urgent, Urgency.soon) and not undecided
    painter.setPen(_line(graphic, rect.width() * 0.09, dashed=undecided or urgency is Urgency.none))
    painter.setBrush(graphic if filled else Qt.BrushStyle.NoBrush)
    painter.drawPath(shape)
    if urgency is not Urgency.none:
        sign = theme.severity(urgency).fill if on else theme.severity(urgency).on if filled else graphic
        _draw_sign(painter, rect, urgency, sign, undecided=undecided)
    painter.restore()


def draw_answer(painter: QPainter, rect: QRectF, mark: AnswerMark, theme: Theme) -> None:
    key = (
        "answer",
        mark,
        *(colour.rgba() for colour in (theme.border_strong, theme.danger_field, theme.text, theme.surface)),
    )
    stamp(painter, rect, key, lambda painter, rect: _answer(painter, rect, mark, theme))


def _answer(painter: QPainter, rect: QRectF, mark: AnswerMark, theme: Theme) -> None:
    painter.save()
    ring = _inside(rect, rect.width() * 0.08)
    colour = {"not asked": theme.border_strong, "refused": theme.danger_field}.get(mark, theme.text)
    painter.setPen(_line(colour, rect.width() * 0.085, dashed=mark in ("not asked", "patient says")))
    painter.setBrush(colour if mark == "yes" else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(ring)
    _ANSWER_SIGNS[mark](painter, rect, theme.surface if mark == "yes" else colour)
    painter.restore()


def _draw_sign(painter: QPainter, rect: QRectF, urgency: Urgency, colour: QColor, *, undecided: bool) -> None:
    if undecided:
        _question(painter, rect, colour)
    elif urgency is Urgency.soon:
        _clock(painter, rect, colour)
    elif urgency is Urgency.routine:
        _bar(painter, rect, colour)
    else:
        _exclamation(painter, rect.translated(0, rect.height() * 0.08 * (urgency is Urgency.urgent)), colour)


def _exclamation(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    painter.setPen(_line(colour, rect.width() * 0.12))
    painter.drawLine(_at(rect, 0.5, 0.28), _at(rect, 0.5, 0.54))
    painter.drawPoint(_at(rect, 0.5, 0.72))


def _question(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    painter.setPen(_line(colour, rect.width() * 0.085))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    hook = QPainterPath(_at(rect, 0.38, 0.42))
    hook.cubicTo(_at(rect, 0.38, 0.24), _at(rect, 0.64, 0.24), _at(rect, 0.62, 0.42))
    hook.cubicTo(_at(rect, 0.61, 0.51), _at(rect, 0.5, 0.5), _at(rect, 0.5, 0.6))
    painter.drawPath(hook)
    painter.drawPoint(_at(rect, 0.5, 0.74))


def _clock(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    painter.setPen(_line(colour, rect.width() * 0.1))
    painter.drawPolyline(QPolygonF([_at(rect, 0.5, 0.25), _at(rect, 0.5, 0.52), _at(rect, 0.68, 0.62)]))


def _bar(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    painter.setPen(_line(colour, rect.width() * 0.1))
    painter.drawLine(_at(rect, 0.32, 0.5), _at(rect, 0.68, 0.5))


def _tick(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    painter.setPen(_line(colour, rect.width() * 0.11))
    painter.drawPolyline(QPolygonF([_at(rect, 0.3, 0.52), _at(rect, 0.45, 0.66), _at(rect, 0.7, 0.36)]))


def _slash(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    painter.setPen(_line(colour, rect.width() * 0.085))
    painter.drawLine(_at(rect, 0.26, 0.74), _at(rect, 0.74, 0.26))


def _person(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    painter.setPen(_line(colour, rect.width() * 0.085))
    painter.drawEllipse(_at(rect, 0.5, 0.4), rect.width() * 0.1, rect.width() * 0.1)
    shoulders = QPainterPath(_at(rect, 0.3, 0.72))
    shoulders.cubicTo(_at(rect, 0.32, 0.55), _at(rect, 0.68, 0.55), _at(rect, 0.7, 0.72))
    painter.drawPath(shoulders)


def _nothing(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """Not asked: the dashed ring alone."""


_ANSWER_SIGNS: dict[AnswerMark, Callable[[QPainter, QRectF, QColor], None]] = {
    "not asked": _nothing,
    "yes": _tick,
    "no": _bar,
    "unsure": _question,
    "could not examine": _slash,
    "refused": _exclamation,
    "patient says": _person,
}


def _octagon(rect: QRectF) -> QPainterPath:
    corners = [math.pi / 8 + turn * math.pi / 4 for turn in range(8)]
    radius = rect.width() / 2 / math.cos(math.pi / 8)
    return _polygon([rect.center() + QPointF(math.cos(a), math.sin(a)) * radius for a in corners])


def _triangle(rect: QRectF) -> QPainterPath:
    return _polygon([_at(rect, 0.5, 0.04), _at(rect, 1.0, 0.94), _at(rect, 0.0, 0.94)])


def _square(rect: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(_inside(rect, rect.width() * 0.05), rect.width() * 0.12, rect.width() * 0.12)
    return path


def _disc(rect: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(rect)
    return path


_SHAPES: dict[Urgency, Callable[[QRectF], QPainterPath]] = {
    Urgency.emergency: _octagon,
    Urgency.same_day: _octagon,
    Urgency.urgent: _triangle,
    Urgency.soon: _disc,
    Urgency.routine: _square,
    Urgency.none: _disc,
}


def _polygon(points: list[QPointF]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF(points))
    path.closeSubpath()
    return path


def _line(colour: QColor, width: float, *, dashed: bool = False) -> QPen:
    pen = QPen(colour, max(width, 1.2))
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if dashed else Qt.PenCapStyle.RoundCap)
    if dashed:
        pen.setDashPattern([1.7, 1.5])
    return pen


def _inside(rect: QRectF, by: float) -> QRectF:
    return rect.adjusted(by, by, -by, -by)


def _at(rect: QRectF, x: float, y: float) -> QPointF:
    return QPointF(rect.x() + rect.width() * x, rect.y() + rect.height() * y)
