"""At the foot of a signed encounter: the way to an amendment, which asks for its reason first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.button import Button
from desktop.ui.drawing import painter_on
from desktop.ui.label import Label
from desktop.ui.let_go import let_go
from desktop.ui.theme import Theme
from desktop.ui.typed_line import TypedLine


class AmendBar(QWidget):
    """Signals: given (the reason)."""

    given = Signal(str)

    def __init__(self, theme: Theme, *, may: bool) -> None:
        super().__init__()
        self.theme = theme
        self.says = Label(theme, self._sentence(may), "note", colour=theme.muted, wrap=True)
        self.amend = Button(theme, self.tr("Amend…"))
        self.amend.clicked.connect(self.open_reason)
        if not may:  # shown before it has its place, it would be a window of its own
            self.amend.hide()
        self.reason = TypedLine(theme, self.tr("Why is it amended?"), width=320)
        self.reason.setPlaceholderText(self.tr("Why is it amended? In a few words, then Enter"))
        self.reason.returnPressed.connect(self._give)
        self.reason.cancelled.connect(self._close)
        self.reason.hide()
        self.cancel = Button(theme, self.tr("Cancel"))
        self.cancel.clicked.connect(self._close)
        self.cancel.hide()
        self.error = Label(theme, "", "small", colour=theme.danger_field, wrap=True)
        self.error.hide()
        line = QHBoxLayout()
        line.setSpacing(theme.px(12))
        line.addWidget(self.says, 1, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.reason, 1)
        line.addWidget(self.amend)
        line.addWidget(self.cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(20), theme.px(9), theme.px(20), theme.px(9))
        layout.setSpacing(theme.px(2))
        layout.addLayout(line)
        layout.addWidget(self.error)
        self.setMinimumHeight(theme.px(52))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def open_reason(self) -> None:
        if self.reason.isVisible():
            self._give()
            return
        self.reason.show()
        self.cancel.show()
        self.says.hide()
        self.amend.setText(self.tr("Open it for amending"))
        self.amend.setAccessibleName(self.amend.text())
        self.amend.updateGeometry()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_refused(self, why: str) -> None:
        self.error.show_text(why)
        self.reason.show_refused(why)

    def _give(self) -> None:
        if self.reason.text().strip():
            self.show_refused("")
            self.given.emit(self.reason.text().strip())
        else:
            self.show_refused(self.tr("Say in a few words why it is amended: the reason stands beside the version."))

    def _close(self) -> None:
        let_go(self)
        self.reason.hide()
        self.cancel.hide()
        self.says.show()
        self.show_refused("")
        self.amend.setText(self.tr("Amend…"))
        self.amend.setAccessibleName(self.amend.text())
        self.amend.updateGeometry()
        self.amend.setFocus()

    def _sentence(self, may: bool) -> str:
        signed = self.tr("Signed: nothing of it changes.")
        if may:
            return signed + " " + self.tr("An amendment is a further version with a reason; this one stays readable.")
        return signed + " " + self.tr("A clinician can amend it.")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        painter.fillRect(self.rect(), self.theme.surface)
        painter.fillRect(0, 0, self.width(), 1, self.theme.border)
