"""Widgets in lines, like words: what does not fit goes on the next line, so nothing scrolls sideways."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QApplication, QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    def __init__(self, parent: QWidget | None = None, *, gap: int = 6, line_gap: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        self._sizes: dict[str, QSize] = {}
        self._hints: list[tuple[QLayoutItem, QSize]] | None = None
        self._gap, self._line_gap = gap, line_gap
        self.far: QWidget | None = None
        """This one and all after it stand at the far end, while everything has room on one line."""
        self.head: QWidget | None = None
        """The first one, where the others go below it together unless all have room on its line."""
        self.setContentsMargins(0, 0, 0, 0)

    def _place(self, rect: QRect, *, move: bool) -> int:
        """The height that is needed; each widget stands in the middle of its line."""
        margins = self.contentsMargins()
        area = rect.marginsRemoved(margins)
        top, from_the_right = area.top(), move and QApplication.isRightToLeft()
        lines = self._lines(area.width())
        for line in lines:
            height = max(size.height() for _, size in line)
            before = 0
            for item, size in line:
                if self.far is not None and item.widget() is self.far and len(lines) == 1:
                    before += area.width() - self._width(line)
                if move:
                    place = QRect(QPoint(area.left() + before, top + (height - size.height()) // 2), size)
                    if from_the_right:
                        place.moveRight(area.left() + area.right() - place.left())
                    item.setGeometry(place)
                before += size.width() + self._gap
            top += height + self._line_gap
        return top - self._line_gap * bool(self._shown()) - rect.top() + margins.bottom()

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        used, shown = 0, self._shown()
        apart = self.head is not None and self._width(shown) > width
        for place, (item, hint) in enumerate(shown):
            size = _within(item, hint, width)
            fits = used + self._gap + size.width() <= width
            if lines and fits and not (apart and place == 1):
                lines[-1].append((item, size))
                used += self._gap + size.width()
            else:
                lines.append([(item, size)])
                used = size.width()
        return lines

    def _width(self, line: list[tuple[QLayoutItem, QSize]]) -> int:
        return sum(size.width() for _, size in line) + self._gap * (len(line) - 1)

    def _shown(self) -> list[tuple[QLayoutItem, QSize]]:
        """Each with the size it would like, asked once for all the widths that are tried."""
        if self._hints is None:
            self._hints = [(item, item.sizeHint()) for item in self._items if not item.isEmpty()]
        return self._hints

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self._hints = None

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        self._hints = None
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def invalidate(self) -> None:
        self._heights.clear()
        self._sizes.clear()
        self._hints = None
        super().invalidate()

    def heightForWidth(self, width: int) -> int:
        """Remembered, as Qt's own layouts do: they ask ten times over."""
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        if "hint" not in self._sizes:
            self._sizes["hint"] = self._whole()
        return self._sizes["hint"]

    def minimumSize(self) -> QSize:
        if "least" not in self._sizes:
            self._sizes["least"] = self._least()
        return self._sizes["least"]

    def _whole(self) -> QSize:
        margins = self.contentsMargins()
        sizes = [size for _, size in self._shown()]
        width = sum(size.width() for size in sizes) + self._gap * max(len(sizes) - 1, 0)
        height = max((size.height() for size in sizes), default=0)
        return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())

    def _least(self) -> QSize:
        margins = self.contentsMargins()
        sizes = [item.minimumSize() for item, _ in self._shown()]
        width = max((size.width() for size in sizes), default=0)
        height = max((size.height() for size in sizes), default=0)
        return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())


def _within(item: QLayoutItem, hint: QSize, width: int) -> QSize:
    if hint.width() > width and item.hasHeightForWidth():
        return QSize(width, item.heightForWidth(width))
    return QSize(min(hint.width(), width), hint.height())
