"""One line of what was signed: a mark or an icon, what, and how it was dealt with."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.clinical.rules import Urgency
from desktop.ui.drawing import draw_line, icon, painter_on
from desktop.ui.label import Label
from desktop.ui.marks import draw_urgency
from desktop.ui.plan_decision_row import ICONS
from desktop.ui.sides import mirrored, set_margins
from desktop.ui.theme import Theme


class SignedRow(QWidget):
    def __init__(
        self,
        theme: Theme,
        what: str,
        how: str,
        *,
        mark: Urgency | None = None,
        kind: str = "",
        muted: bool = False,
    ) -> None:
        super().__init__()
        self.theme, self._mark, self._kind, self._muted = theme, mark, kind, muted
        lines = QVBoxLayout(self)
        set_margins(lines, theme.px(40), theme.px(6), theme.px(14), theme.px(7))
        lines.setSpacing(0)
        weight = 600 if mark is not None else 400
        lines.addWidget(Label(theme, what, "body", weight=weight, colour=theme.muted if muted else None, wrap=True))
        if how:
            lines.addWidget(Label(theme, how, "small", colour=theme.muted, wrap=True))
        self.setAccessibleName(f"{what}. {how}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_on(self), self.theme
        draw_line(painter, QPointF(0, 0), QPointF(self.width(), 0), theme.border)
        if self._mark is not None:
            size = theme.px(18)
            draw_urgency(painter, mirrored(self, QRectF(theme.px(13), theme.px(8), size, size)), self._mark, theme)
        else:
            size = theme.px(16)
            colour = theme.muted if self._muted else theme.text
            pixmap = icon(ICONS.get(self._kind, "info"), colour, size, self.devicePixelRatioF())
            painter.drawPixmap(mirrored(self, QRectF(theme.px(14), theme.px(9), size, size)).topLeft(), pixmap)
