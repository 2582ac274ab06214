"""Words that stand on one line where there is room for them, and wrap where there is not."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QSizePolicy

from desktop.ui.label import Label, Role
from desktop.ui.theme import Theme


class Phrase(Label):
    def __init__(
        self, theme: Theme, text: str, role: Role = "note", *, weight: int = 400, colour: QColor | None = None
    ) -> None:
        super().__init__(theme, text, role, weight=weight, colour=colour, wrap=True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height())
