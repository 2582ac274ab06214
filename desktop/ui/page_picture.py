"""A page of a PDF as Qt draws it."""

from __future__ import annotations

from PySide6.QtGui import QImage

from desktop.paper.reading import Picture


def image_of(picture: Picture) -> QImage:
    """Qt only borrows the pixels it is given, so they are copied."""
    shape = (picture.width, picture.height, picture.stride)
    return QImage(picture.pixels, *shape, QImage.Format.Format_RGBX8888).copy()
