"""What several widgets paint alike: frames, key caps, focus rings and icons."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPalette, QPen, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from desktop.ui.sides import by_content, mirrored
from desktop.ui.stamp import stamp
from desktop.ui.theme import Theme, font_of
from resources import FOLDER

FOCUS = 2.5
GAP = 2.0
DASHES = [3.0, 2.0]


def painter_on(widget: QWidget) -> QPainter:
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    by_content(painter)
    return painter


def clear_ground(widget: QWidget) -> None:
    """For a field that paints its own ground and frame."""
    palette = widget.palette()
    palette.setColor(QPalette.ColorRole.Base, QColor(0, 0, 0, 0))
    widget.setPalette(palette)


def draw_frame(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    *,
    fill: QColor | None = None,
    border: QColor | None = None,
    width: float = 1.0,
    dashed: bool = False,
) -> None:
    """The line lies wholly inside `rect`."""
    painter.save()
    inner = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(border.rgba(), width, dashed) if border is not None else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(inner, radius, radius)
    painter.restore()


def draw_edge(widget: QWidget, painter: QPainter, rect: QRectF, radius: float, width: float, colour: QColor) -> None:
    """A stripe down the side of a card, inside its round corners."""
    card = QPainterPath()
    card.addRoundedRect(rect, radius, radius)
    painter.save()
    painter.setClipRect(mirrored(widget, QRectF(rect.left(), rect.top(), width, rect.height()), rect))
    painter.fillPath(card, colour)
    painter.restore()


@lru_cache(maxsize=100)
def _pen(rgba: int, width: float, dashed: bool) -> QPen:
    pen = QPen(QColor.fromRgba(rgba), width)
    if dashed:
        pen.setDashPattern(DASHES)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def draw_chosen(painter: QPainter, rect: QRectF, radius: float, theme: Theme, *, focused: bool) -> None:
    """The ground of what a list is at: with its ring where it has the focus, with a frame where there is no ground."""
    frame = theme.focus if focused else theme.text if theme.framed else None
    draw_frame(painter, rect, radius, fill=theme.accent_tint, border=frame, width=FOCUS if focused else theme.line)


def draw_ring(painter: QPainter, rect: QRectF, radius: float, colour: QColor) -> QRectF:
    """The focus ring along the edge of `rect`; gives back where the body goes, a gap inside it."""
    draw_frame(painter, rect, radius + FOCUS + GAP, border=colour, width=FOCUS)
    inset = FOCUS + GAP
    return rect.adjusted(inset, inset, -inset, -inset)


def draw_field_edge(painter: QPainter, rect: QRectF, theme: Theme, *, focused: bool, wrong: bool = False) -> None:
    """Of a field to type into: its focus ring, or what is wrong with it, or a plain line."""
    if focused:
        draw_ring(painter, rect, theme.px(2), theme.focus)
    elif wrong:
        draw_frame(painter, rect, theme.px(6), border=theme.danger_field, width=2)
    else:
        draw_frame(painter, rect, theme.px(6), border=theme.border_strong, width=theme.line)


def draw_line(painter: QPainter, start: QPointF, end: QPointF, colour: QColor) -> None:
    """A hairline that stays one device pixel wide; a little inside, or at 150 % every second one would be cut away."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    pen = QPen(colour, 1)
    pen.setCosmetic(True)
    painter.setPen(pen)
    inside = QPointF(0.4, 0.4)
    painter.drawLine(start + inside, end + inside)
    painter.restore()


def keycap_width(text: str, theme: Theme) -> int:
    return _letter(text, theme.px(theme.sizes["micro"])) + theme.px(12)


@lru_cache(maxsize=500)
def _letter(text: str, pixels: int) -> int:
    return round(QFontMetricsF(font_of(pixels, 600)).horizontalAdvance(text))


def draw_keycap(painter: QPainter, left: float, middle: float, text: str, theme: Theme) -> None:
    """A key with a thicker lower edge, centred on the line `middle`."""
    height = theme.px(18)
    rect = QRectF(left, middle - height / 2, keycap_width(text, theme), height)
    colours = theme.surface.rgba(), theme.border_strong.rgba(), theme.muted.rgba()
    stamp(painter, rect, ("key", text, theme.scale, colours), lambda on, rect: _keycap(on, rect, text, theme))


def _keycap(painter: QPainter, rect: QRectF, text: str, theme: Theme) -> None:
    draw_frame(painter, rect, theme.px(4), fill=theme.surface, border=theme.border_strong)
    foot = rect.adjusted(theme.px(3), 0, -theme.px(3), 0)
    draw_line(painter, foot.bottomLeft() - QPointF(0, 2), foot.bottomRight() - QPointF(0, 2), theme.border_strong)
    painter.save()
    painter.setFont(theme.font("micro", 600))
    painter.setPen(theme.muted)
    painter.drawText(rect.adjusted(0, -1, 0, -1), Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def icon(name: str, colour: QColor, size: int, ratio: float = 1.0) -> QPixmap:
    """A line icon in one colour, as sharp as the screen is."""
    return _icon(name, colour.name(), size, ratio)


@lru_cache(maxsize=256)
def _icon(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    svg = (FOLDER / "icons" / f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
