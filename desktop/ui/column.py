"""A column that scrolls up and down, never sideways."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.grounded import Grounded
from desktop.ui.in_sight import when_released
from desktop.ui.running import running
from desktop.ui.scroll_bar import with_bars
from desktop.ui.theme import Theme


class Column(QScrollArea):
    def __init__(self, theme: Theme, name: str, ground: QColor | None = None) -> None:
        """On a `ground` of its own it scrolls what is painted already; without one, what lies behind shows through."""
        super().__init__()
        # One of Qt's own PySide would look for among all classes of widgets, and make each of them.
        self.setViewport(QWidget())
        with_bars(self, theme)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there, so that nothing moves sideways when the column grows.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        inner = Inner(ground)
        self.lines = QVBoxLayout(inner)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(theme.px(8))
        self.lines.addStretch()
        self.setWidget(inner)
        for surface in (inner, self.viewport()):
            surface.setAutoFillBackground(False)
        if ground is not None:
            self._stand_on(ground)

    def _stand_on(self, ground: QColor) -> None:
        """The lines and the bar cover all of it, also where it grows or goes down a little."""
        bar = self.verticalScrollBar()
        palette = bar.palette()
        palette.setColor(QPalette.ColorRole.Window, ground)
        bar.setPalette(palette)
        bar.setAutoFillBackground(True)
        for surface in (self, self.viewport()):
            surface.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
            surface.setAttribute(Qt.WidgetAttribute.WA_StaticContents)

    def follow_focus(self) -> None:
        """What has the focus is in sight, however it came to it."""
        running().focusChanged.connect(self._show_focus)

    def _show_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            # Two turns later: what has just been put in gets its place in the first.
            QTimer.singleShot(0, self, self._a_turn_later)

    def _a_turn_later(self) -> None:
        QTimer.singleShot(0, self, lambda: when_released(self, self._show_where_it_is))

    def _show_where_it_is(self) -> None:
        """Asked for anew, since what had the focus may be gone by then."""
        now = QApplication.focusWidget()
        if now is not None and self.isAncestorOf(now):
            spare = max(0, self.viewport().height() - now.height()) // 2
            self.ensureWidgetVisible(now, 0, min(now.height(), spare))

    @contextmanager
    def at_rest(self) -> Iterator[None]:
        """While lines come and go; then all are laid out, once.

        Qt would do so for each line that is shown, and each time press them into the height of before.
        """
        self.lines.setEnabled(False)
        try:
            yield
        finally:
            self.lines.setEnabled(True)
            _forget_sizes(self.lines)
            # It gives them the height that they need now, whereupon they take their places.
            QCoreApplication.sendEvent(self.viewport(), QEvent(QEvent.Type.LayoutRequest))

    def add(self, widget: QWidget) -> None:
        self.lines.insertWidget(self.lines.count() - 1, widget)


class Inner(Grounded):
    """As high as its lines at this width: Qt would take them at their narrowest, and scroll on into nothing."""

    def __init__(self, ground: QColor | None) -> None:
        super().__init__(ground)
        # Where it grows, what stands in it stays as it was painted.
        self.setAttribute(Qt.WidgetAttribute.WA_StaticContents, ground is not None)

    def minimumSizeHint(self) -> QSize:
        layout, hint = self.layout(), super().minimumSizeHint()
        return QSize(hint.width(), 0) if layout is not None and layout.hasHeightForWidth() else hint


def _forget_sizes(lines: QLayout) -> None:
    """Qt tells the outermost layout alone that a widget in it has another size."""
    for place in range(lines.count()):
        item = lines.itemAt(place)
        if item is not None and (within := item.layout()) is not None:
            within.invalidate()
    lines.invalidate()
