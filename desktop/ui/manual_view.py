"""Shows a page of the manual with its pictures, which come from the folder of the manual and from nowhere else."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage

from desktop.manual import folder
from desktop.ui.page_view import PageView


class ManualView(PageView):
    """Signals: followed ("page", id with `#` and heading)."""

    def _follow(self, url: QUrl) -> None:
        if url.scheme() == "page":
            heading = f"#{url.fragment()}" if url.hasFragment() else ""
            self.followed.emit("page", f"{url.path()}{heading}")

    def text_width(self) -> int:
        return max(100, self.viewport().width() - self.theme.px(16))

    def loadResource(self, type: int, name: QUrl | str) -> object:
        place, pictures = QUrl(name), (folder() / "docs").resolve()
        file = (folder() / place.path()).resolve()
        if place.scheme() or not file.is_relative_to(pictures) or not file.is_file():
            return None
        ratio = self.devicePixelRatioF()
        wide = round(self.text_width() * ratio)
        picture = QImage(str(file)).scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)
        picture.setDevicePixelRatio(ratio)
        return picture
