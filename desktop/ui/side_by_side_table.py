"""Bone metastasis beside disc herniation: what each looks like, what this patient says, and what not to conclude."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.clinical.side_by_side import Cell, RowReading, SideBySide
from desktop.ui.drawing import draw_frame, draw_line, painter_on
from desktop.ui.label import Label
from desktop.ui.marks import AnswerMark
from desktop.ui.patient_said import PatientSaid
from desktop.ui.theme import Theme
from desktop.ui.translation import translate

SHARES = (20, 31, 26, 26)


class SideBySideTable(QWidget):
    """Signals: asked_for (item id)."""

    asked_for = Signal(str)

    def __init__(self, theme: Theme, table: SideBySide, marks: dict[str, AnswerMark]) -> None:
        super().__init__()
        self.theme = theme
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(1), theme.px(1), theme.px(1), theme.px(1))
        layout.setSpacing(0)
        names = (self.tr("Feature"), self.tr("This patient"), table.left.name, table.right.name)
        layout.addWidget(TableHead(theme, names))
        for reading in table.rows:
            row = TableRow(theme, reading, (table.left.name, table.right.name), marks)
            row.said.asked_for.connect(self.asked_for)
            layout.addWidget(row)
        self.setAccessibleName(table.name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.theme
        draw_frame(painter_on(self), QRectF(self.rect()), theme.px(8), fill=theme.surface, border=theme.border)


class TableHead(QWidget):
    def __init__(self, theme: Theme, names: tuple[str, ...]) -> None:
        super().__init__()
        grid = columns(self, theme)
        for place, name in enumerate(names):
            grid.addWidget(Label(theme, name, "small", weight=600, colour=theme.muted, wrap=True), 0, place)


class TableRow(QWidget):
    """What not to conclude stands under the three cells, in every row, whatever was answered."""

    def __init__(self, theme: Theme, reading: RowReading, names: tuple[str, str], marks: dict[str, AnswerMark]) -> None:
        super().__init__()
        self.theme = theme
        self.said = PatientSaid(theme, reading.answers, marks)
        grid = columns(self, theme)
        grid.addWidget(Label(theme, reading.name, "note", wrap=True), 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.said, 0, 1)
        grid.addWidget(CellText(theme, reading.left), 0, 2)
        grid.addWidget(CellText(theme, reading.right), 0, 3)
        grid.addWidget(Label(theme, reading.never_infer, "small", colour=theme.muted, wrap=True), 1, 1, 1, 3)
        self.setAccessibleName(_sentence(reading, names))

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_line(painter_on(self), QPointF(0, 0), QPointF(self.width(), 0), self.theme.border)


class CellText(QWidget):
    def __init__(self, theme: Theme, cell: Cell) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        if cell.fits is not None:
            fits = f"{'▲' if cell.fits else '▽'} {_fits(cell)}"
            layout.addWidget(Label(theme, fits, "small", weight=600 if cell.fits else 400, wrap=True))
        layout.addWidget(Label(theme, cell.text, "small", wrap=True))
        layout.addStretch()


def columns(widget: QWidget, theme: Theme) -> QGridLayout:
    """The same shares of the width in every row."""
    grid = QGridLayout(widget)
    grid.setContentsMargins(theme.px(12), theme.px(6), theme.px(12), theme.px(7))
    grid.setHorizontalSpacing(theme.px(10))
    grid.setVerticalSpacing(theme.px(4))
    for place, share in enumerate(SHARES):
        grid.setColumnStretch(place, share)
    return grid


def _fits(cell: Cell) -> str:
    if cell.fits is None:
        return ""
    return translate("SideBySide", "fits") if cell.fits else translate("SideBySide", "does not fit")


def _sentence(reading: RowReading, names: tuple[str, str]) -> str:
    said = "; ".join(f"{one.label}: {one.words}" for one in reading.answers)
    cells = (
        f"{name}: {cell.text} {_fits(cell)}".strip()
        for name, cell in zip(names, (reading.left, reading.right), strict=True)
    )
    return f"{reading.name}. {said}. {' '.join(cells)}. {reading.never_infer}"
