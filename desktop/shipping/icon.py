"""Draws the icon of the program from the mark in its window: `python -m desktop.shipping.icon`."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from desktop.ui.application import make_application
from desktop.ui.brand import draw_mark
from desktop.ui.theme import load_theme

FOLDER = Path(__file__).parent / "icons"
SIZES = (16, 32, 48, 64, 128, 256, 512)
OF_WINDOWS = (16, 32, 48, 256)


def picture(size: int) -> Image.Image:
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = size / 32
    draw_mark(painter, QRectF(edge, edge, size - 2 * edge, size - 2 * edge), load_theme())
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # a device is taken as well
    return Image.open(BytesIO(data.data()))


def main() -> None:
    make_application()
    pictures = {size: picture(size) for size in SIZES}
    FOLDER.mkdir(exist_ok=True)
    for size in (48, 256):
        pictures[size].save(FOLDER / f"backstop-{size}.png", optimize=True)
    smaller = [pictures[size] for size in OF_WINDOWS]
    smaller[-1].save(FOLDER / "backstop.ico", sizes=[(size, size) for size in OF_WINDOWS], append_images=smaller[:-1])
    pictures[512].save(FOLDER / "backstop.icns", append_images=[pictures[size] for size in SIZES[:-1]])


if __name__ == "__main__":
    main()
