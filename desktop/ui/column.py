"""A column that scrolls up and down, never sideways."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.theme import Theme


class Column(QScrollArea):
    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there, so that nothing moves sideways when the column grows.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        inner = Inner()
        self.lines = QVBoxLayout(inner)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(theme.px(8))
        self.lines.addStretch()
        self.setWidget(inner)
        for surface in (inner, self.viewport()):
            surface.setAutoFillBackground(False)

    def follow_focus(self) -> None:
        """What has the focus is in sight, however it came to it."""
        QApplication.instance().focusChanged.connect(self._show_focus)  # type: ignore[union-attr]

    def _show_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            # Two turns later: what has just been put in gets its place in the first.
            def show() -> None:
                spare = max(0, self.viewport().height() - now.height()) // 2
                self.ensureWidgetVisible(now, 0, min(now.height(), spare))

            QTimer.singleShot(0, now, lambda: QTimer.singleShot(0, now, show))

    def add(self, widget: QWidget) -> None:
        self.lines.insertWidget(self.lines.count() - 1, widget)


class Inner(QWidget):
    """As high as its lines at this width: Qt would take them at their narrowest, and scroll on into nothing."""

    def minimumSizeHint(self) -> QSize:
        layout, hint = self.layout(), super().minimumSizeHint()
        return QSize(hint.width(), 0) if layout is not None and layout.hasHeightForWidth() else hint
