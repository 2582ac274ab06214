"""One line of the plan: what, who arranges it and why, and by when."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from desktop.clinical.rules import Urgency
from desktop.ui.chip import Chip
from desktop.ui.drawing import draw_line, icon
from desktop.ui.grounded import Grounded
from desktop.ui.paragraphs import Paragraph, Paragraphs
from desktop.ui.plan_lines import PlanLine
from desktop.ui.sides import mirrored, set_margins
from desktop.ui.theme import Theme

URGENT = {
    "now": Urgency.emergency,
    "4 hours": Urgency.emergency,
    "24 hours": Urgency.emergency,
    "48 hours": Urgency.emergency,
    "1 week": Urgency.urgent,
    "2 weeks": Urgency.urgent,
    "4 weeks": Urgency.soon,
    "6 weeks": Urgency.soon,
}


class PlanRow(Grounded):
    def __init__(self, theme: Theme, line: PlanLine) -> None:
        super().__init__(theme.surface)
        self.theme, self._line = theme, line
        notes = (Paragraph(note, "small", theme.muted) for note in line.notes)
        words = Paragraphs(theme, [Paragraph(line.what, "note", theme.text), *notes], gap=theme.px(1))
        layout = QHBoxLayout(self)
        set_margins(layout, theme.px(28), theme.px(6), 0, theme.px(7))
        layout.setSpacing(theme.px(8))
        layout.addWidget(words, 1)
        if line.limit:
            layout.addWidget(deadline_chip(theme, line), 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(line.words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = self.grounded(), self.theme
        draw_line(painter, QPointF(0, 0), QPointF(self.width(), 0), theme.border)
        size = theme.px(16)
        pixmap = icon(self._line.icon, theme.muted, size, self.devicePixelRatioF())
        painter.drawPixmap(mirrored(self, QRectF(theme.px(2), theme.px(8), size, size)).topLeft(), pixmap)


def deadline_chip(theme: Theme, line: PlanLine) -> Chip:
    """Tint by how near; a frame for now; no colour where there is no hurry."""
    urgency = URGENT.get(line.within or "")
    if urgency is None:
        return Chip(theme, line.limit, ground=theme.inset, weight=600)
    severity = theme.severity(urgency)
    frame = severity.graphic if line.within == "now" else None
    return Chip(theme, line.limit, ink=severity.text, ground=severity.tint, frame=frame, weight=600)
