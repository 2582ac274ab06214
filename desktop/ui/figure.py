"""A figure of the body map: its drawing as SVG, and each named region as a path to click on and to fill."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal
from xml.etree import ElementTree

from PySide6.QtCore import QByteArray, QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF
from PySide6.QtSvg import QSvgRenderer

from desktop.ui.theme import Theme
from resources import FOLDER

View = Literal["front", "back"]
INKS = {"#eef1f3": "inset", "#55636d": "border_strong", "#a0abb2": "border"}
"""What the files are drawn in, and the colour of the theme that takes its place."""


@dataclass(frozen=True)
class Region:
    item_id: str
    choice: str
    side: str
    path: QPainterPath


@cache
def drawing(view: View) -> str:
    return (FOLDER / "bodymap" / f"{view}.svg").read_text("utf-8")


@cache
def regions(view: View) -> tuple[Region, ...]:
    """Those whose id reads item.choice or item.choice.side."""
    root = ElementTree.fromstring(drawing(view))
    named = ((node.get("id", ""), node.get("d", "")) for node in root.iter("{http://www.w3.org/2000/svg}path"))
    return tuple(_region(id, shape) for id, shape in named if "." in id)


def size(view: View) -> QRectF:
    return QSvgRenderer(QByteArray(drawing(view).encode())).viewBoxF()


def body(view: View, theme: Theme) -> QSvgRenderer:
    """The drawing in the colours of the theme."""
    svg = drawing(view)
    for ink, token in INKS.items():
        svg = svg.replace(ink, theme.colours[token].name())
    return QSvgRenderer(QByteArray(svg.encode()))


def _region(id: str, shape: str) -> Region:
    item_id, choice, side = (*id.split("."), "")[:3]
    return Region(item_id, choice, side, _path(shape))


def _path(shape: str) -> QPainterPath:
    """The regions are drawn with straight lines alone: `M x,y x,y … Z`, once for each piece."""
    path = QPainterPath()
    for piece in shape.replace("Z", "").split("M")[1:]:
        corners = (point.split(",") for point in piece.split())
        path.addPolygon(QPolygonF([QPointF(float(x), float(y)) for x, y in corners]))
        path.closeSubpath()
    return path
