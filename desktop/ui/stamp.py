"""What is painted again and again, marks, key caps and answers, as pictures: drawn once for each place within a pixel,
then copied."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from desktop.ui.sides import by_content

MOST = 300
_PICTURES: OrderedDict[Hashable, QPixmap] = OrderedDict()


def stamp(painter: QPainter, rect: QRectF, key: Hashable, draw: Callable[[QPainter, QRectF], None]) -> None:
    """`key` says all that the picture shows but its size. Where a pixel of the screen is no whole part of ours, or on
    paper, it is drawn anew each time: a copy would lie between the pixels."""
    device = painter.device()
    ratio = device.devicePixelRatio() if isinstance(device, QWidget | QPixmap | QImage) else 0
    if ratio not in (1, 2):
        draw(painter, rect)
        return
    # One pixel more on each side, for what is smoothed beyond the edge.
    left, top = int(rect.left() // 1) - 1, int(rect.top() // 1) - 1
    within = rect.translated(-left, -top)
    whole = key, within.left(), within.top(), within.width(), within.height(), ratio
    picture = _PICTURES.get(whole)
    if picture is None:
        picture = _PICTURES[whole] = _drawn(within, ratio, draw)
        if len(_PICTURES) > MOST:
            _PICTURES.popitem(last=False)
    painter.drawPixmap(QPoint(left, top), picture)


def _drawn(within: QRectF, ratio: float, draw: Callable[[QPainter, QRectF], None]) -> QPixmap:
    whole = within.toAlignedRect()
    picture = QPixmap((whole.right() + 2) * int(ratio), (whole.bottom() + 2) * int(ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    by_content(painter)
    draw(painter, within)
    painter.end()
    return picture
