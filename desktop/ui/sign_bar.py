"""The bar at the foot of the review: back, what is missing, sign; signing asks once more, with name and meaning."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from desktop.ui.announce import announce
from desktop.ui.button import Button
from desktop.ui.drawing import painter_on
from desktop.ui.label import Label
from desktop.ui.theme import Theme

NARROW = 820


class SignBar(QWidget):
    """Signals: back_asked, signed."""

    back_asked = Signal()
    signed = Signal()

    def __init__(self, theme: Theme, patient: str, signer: str, *, may_sign: bool, amends: bool) -> None:
        super().__init__()
        self.theme, self._signer, self._may_sign, self._amends = theme, signer, may_sign, amends
        self._missing: tuple[str, ...] = ()
        self.asking = False
        self.back = Button(theme, self.tr("Back to the questions"), key="Esc", shortcut=False)
        self.back.clicked.connect(self.leave)
        self._words = Label(theme, "", "note", colour=theme.muted, wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._sign_words = self.tr("Sign for {patient}").format(patient=patient)
        self.sign = Button(theme, self._sign_words, key="Ctrl+Return", shortcut=False, primary=True)
        self.sign.clicked.connect(self.go_on)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(theme.px(20), theme.px(9), theme.px(20), theme.px(9))
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(4))
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self.back, 1, 0)
        self._grid.addWidget(self.sign, 1, 2)
        self._narrow = False
        self._arrange()
        self.setMinimumHeight(theme.px(56))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._show()

    def show_missing(self, missing: tuple[str, ...]) -> None:
        self._missing = missing
        self.asking = self.asking and not missing
        self._show()

    def go_on(self) -> bool:
        """First asked, then signed. Whether it could be: else it says what is missing."""
        if not self._may_sign or self._missing:
            announce(self, self._words.text())
            return False
        if self.asking:
            self.asking = False
            self.signed.emit()
        else:
            # First, for what is being typed is recorded where the focus leaves it, and that is another thing to ask.
            self.sign.setFocus(Qt.FocusReason.OtherFocusReason)
            self.asking = True
            self._show()
        return True

    def ask_anew(self) -> None:
        """What is signed is another thing than was asked about."""
        self.asking = False

    def leave(self) -> None:
        """Out of the question first, then out of the review."""
        if self.asking:
            self.asking = False
            self._show()
        else:
            self.back_asked.emit()

    def _show(self) -> None:
        self.sign.setVisible(self._may_sign and not self._missing)
        self.sign.setText(self.tr("Sign as {name}").format(name=self._signer) if self.asking else self._sign_words)
        self.back.setText(self.tr("Not yet") if self.asking else self.tr("Back to the questions"))
        for button in (self.sign, self.back):
            button.setAccessibleName(button.text())
            button.updateGeometry()
        self._words.setText(self._sentence())
        self._words.set_colour(self.theme.text if self.asking or self._missing else self.theme.muted)
        self.sign.setAccessibleDescription(self._words.text())
        self._arrange()

    def _sentence(self) -> str:
        if not self._may_sign:
            return self.tr("You may not sign. It stays a draft, for a clinician to sign.")
        if self._missing:
            return self.tr("Before signing: {missing}.").format(missing="; ".join(self._missing))
        if self.asking:
            return self.tr(
                "You sign that this was asked and answered so, that the flags were dealt with as said, and that you "
                "stand for the plan. After it nothing changes."
            )
        if self._amends:
            return self.tr("Signing makes a further version; what was signed before stays readable.")
        return self.tr("After signing nothing changes; later notes are dated amendments.")

    def _arrange(self) -> None:
        """Where there is no room between the buttons, the sentence stands above them."""
        self._narrow = self.width() / self.theme.scale < NARROW
        if self._narrow:
            self._grid.addWidget(self._words, 0, 0, 1, 3)
        else:
            self._grid.addWidget(self._words, 1, 1)
        self._words.setVisible(not self._narrow or self.asking or bool(self._missing) or not self._may_sign)
        for button in (self.back, self.sign):
            button.show_key(not self._narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        painter.fillRect(self.rect(), self.theme.surface)
        painter.fillRect(0, 0, self.width(), 1, self.theme.border)
