"""One cause: what it is, what speaks for it and for something else, what was not asked. Folded to one line."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.clinical.differential import CauseReading, Finding
from desktop.ui.causes_reading import counts
from desktop.ui.drawing import draw_frame, icon, painter_on
from desktop.ui.figure_card import FigureCard
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.label import Label
from desktop.ui.question_chip import QuestionChip
from desktop.ui.row_button import RowButton
from desktop.ui.sides import fold_icon, mirrored, set_margins
from desktop.ui.theme import Theme


class CauseCard(QWidget):
    """Signals: asked_for (item id), toggled (cause id)."""

    asked_for = Signal(str)
    toggled = Signal(str)

    def __init__(self, theme: Theme, reading: CauseReading, labels: dict[str, str], *, is_open: bool) -> None:
        super().__init__()
        self.theme, self._reading, self._labels = theme, reading, labels
        self.head = CauseHead(theme, reading.cause.name, counts(reading), is_open=is_open)
        self.head.clicked.connect(lambda: self.toggled.emit(reading.cause.id))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(2), theme.px(1), theme.px(2), theme.px(1))
        layout.setSpacing(0)
        layout.addWidget(self.head)
        if is_open:
            layout.addLayout(self._body())
        self.setAccessibleName(f"{reading.cause.name}: {counts(reading)}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def _body(self) -> QVBoxLayout:
        theme, reading = self.theme, self._reading
        body = QVBoxLayout()
        body.setContentsMargins(theme.px(12), 0, theme.px(12), theme.px(10))
        body.setSpacing(theme.px(4))
        body.addWidget(Label(theme, reading.cause.about, "note", wrap=True))
        for title, findings in self._groups():
            if findings:
                body.addWidget(Label(theme, title, "small", weight=600, wrap=True))
            for finding in findings:
                body.addWidget(Label(theme, _words(finding), "small", wrap=True))
        if reading.not_asked:
            body.addWidget(Label(theme, self.tr("Not asked"), "small", weight=600))
            body.addLayout(self._chips())
        body.addWidget(FigureCard(theme, reading))
        sources = self.tr("Sources: {sources}").format(sources="; ".join(reading.cause.sources))
        body.addWidget(Label(theme, sources, "small", colour=theme.muted, wrap=True))
        return body

    def _groups(self) -> Iterator[tuple[str, tuple[Finding, ...]]]:
        reading = self._reading
        yield self.tr("▲ Speaks for it"), reading.speaks_for
        yield self.tr("▽ Speaks for something else, and takes nothing away"), reading.speaks_elsewhere
        yield self.tr("Asked, and still open"), reading.unsettled
        yield self.tr("– Answered, and not so: takes nothing away"), reading.absent

    def _chips(self) -> FlowLayout:
        """Each question once, however many features it decides."""
        chips = FlowLayout(gap=self.theme.px(5), line_gap=self.theme.px(4))
        for id in dict.fromkeys(
            id for finding in self._reading.not_asked for id in finding.items if id in self._labels
        ):
            name = self.tr("Go to: {question}").format(question=self._labels[id])
            chip = QuestionChip(self.theme, self._labels[id], name)
            chip.clicked.connect(lambda _=False, id=id: self.asked_for.emit(id))
            chips.addWidget(chip)
        return chips

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.theme
        draw_frame(painter_on(self), QRectF(self.rect()), theme.px(8), fill=theme.surface, border=theme.border)


class CauseHead(RowButton):
    """The line that opens and folds the card."""

    def __init__(self, theme: Theme, name: str, counts: str, *, is_open: bool) -> None:
        super().__init__(theme)
        turn = self.tr("Fold") if is_open else self.tr("Open")
        self.setAccessibleName(f"{name}: {counts}. {turn}")
        self._is_open = is_open
        layout = QHBoxLayout(self)
        set_margins(layout, theme.px(12), theme.px(6), theme.px(30), theme.px(6))
        layout.setSpacing(theme.px(8))
        layout.addWidget(Label(theme, name, "body", weight=600, wrap=True), 1)
        layout.addWidget(Label(theme, counts, "note", colour=theme.muted, wrap=True), 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        self.body()
        size = self.theme.px(16)
        name = fold_icon(self, is_open=self._is_open)
        pixmap = icon(name, self.theme.muted, size, self.devicePixelRatioF())
        place = QRectF(self.width() - self.theme.px(24), (self.height() - size) // 2, size, size)
        painter_on(self).drawPixmap(mirrored(self, place).topLeft(), pixmap)


def _words(finding: Finding) -> str:
    feature = finding.feature
    said = "; ".join(answer for answer in finding.answers if answer)
    more = (feature.accuracy, feature.note)
    parts = (f"{feature.name} ({said})" if said else feature.name, *more)
    return ". ".join(f"{part[:1].upper()}{part[1:]}".rstrip(".") for part in parts if part)
