"""A page that is read, not wider than lines can be: its height is counted at that width, not at the column's."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget


def head_over(head: QHBoxLayout, widest: int) -> QHBoxLayout:
    """The head of such a page ends where the page does."""
    line, inner = QHBoxLayout(), QWidget()
    inner.setLayout(head)
    inner.setMaximumWidth(widest)
    line.addWidget(inner, 1)
    line.addStretch()
    return line


class Narrow(QWidget):
    """Qt counts the height of a widget with a largest width as if it had none, and squeezes what wraps in it."""

    def __init__(self, page: QWidget, widest: int) -> None:
        super().__init__()
        self.page, self._widest = page, widest
        page.setParent(self)
        page.installEventFilter(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        height = self.page.heightForWidth(min(width, self._widest))
        return height if height >= 0 else self.page.sizeHint().height()

    def sizeHint(self) -> QSize:
        return QSize(min(self.page.sizeHint().width(), self._widest), self.page.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.page.minimumSizeHint().width(), self._widest), 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """There is no layout between the two that would pass on that the page has grown."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """At the side where reading begins."""
        width = min(self.width(), self._widest)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.page.setGeometry(self.width() - width if mirrored else 0, 0, width, self.height())
