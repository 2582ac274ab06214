"""Why some versions are pinned as they are: each test fails on the version that was passed over."""

import sys

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot


class Painted(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        return None


def test_virtual_calls_keep_their_references(qtbot: QtBot) -> None:
    """PySide6 6.12.0 on Python 3.11 loses one None a call, and the program aborts after some minutes."""
    widget = Painted()
    qtbot.addWidget(widget)
    widget.show()
    before = sys.getrefcount(None)
    for _ in range(1000):
        widget.repaint()
    assert abs(sys.getrefcount(None) - before) < 100
