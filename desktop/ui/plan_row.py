"""One line of the plan: what, who arranges it and why, and by when. One widget, because they come by the dozen."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from desktop.clinical.rules import Urgency
from desktop.ui.chip_face import ChipFace
from desktop.ui.drawing import draw_line, icon
from desktop.ui.paragraphs import Paragraph, Paragraphs
from desktop.ui.plan_lines import PlanLine
from desktop.ui.sides import mirrored
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
BEFORE, ABOVE, BETWEEN, BELOW = 28, 6, 8, 7


class PlanRow(Paragraphs):
    def __init__(self, theme: Theme, line: PlanLine) -> None:
        super().__init__(theme, (), gap=theme.px(1))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
        self.setSizePolicy(policy)
        self.show_line(line)

    def show_line(self, line: PlanLine) -> None:
        """The notes pass below the chip, over the whole width."""
        theme = self._theme
        self._line = line
        self._deadline = deadline(theme, line) if line.limit else None
        self._chip = self._deadline.size(theme) if self._deadline else QSize(0, 0)
        room = theme.px(BEFORE), theme.px(ABOVE), 0, theme.px(BELOW)
        beside = self._chip + QSize(theme.px(BETWEEN), 0) if self._deadline else self._chip
        notes = (Paragraph(note, "small", theme.muted) for note in line.notes)
        self.show_paragraphs((Paragraph(line.what, "note", theme.text), *notes), room, beside)
        self.setAccessibleName(line.words)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        painter.fillRect(self.rect(), theme.surface)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_line(painter, QPointF(0, 0), QPointF(self.width(), 0), theme.border)
        size = theme.px(16)
        pixmap = icon(self._line.icon, theme.muted, size, self.devicePixelRatioF())
        painter.drawPixmap(mirrored(self, QRectF(theme.px(2), theme.px(8), size, size)).topLeft(), pixmap)
        self._draw_words(painter)
        if self._deadline is not None:
            place = QRectF(QPointF(self.width() - self._chip.width(), theme.px(ABOVE)), self._chip)
            self._deadline.draw(painter, mirrored(self, place), theme)


def deadline(theme: Theme, line: PlanLine) -> ChipFace:
    """Tint by how near; a frame for now; no colour where there is no hurry."""
    urgency = URGENT.get(line.within or "")
    if urgency is None:
        return ChipFace(Paragraph(line.limit, "small", theme.text, 600), theme.inset, None)
    severity = theme.severity(urgency)
    words = Paragraph(line.limit, "small", severity.text, 600)
    return ChipFace(words, severity.tint, severity.graphic if line.within == "now" else None)
