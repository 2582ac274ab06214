"""The versions of a signed encounter, the latest first; one of them is shown."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.clinical.dates import time_words
from desktop.record.signed import SignedVersion
from desktop.ui.card import Card
from desktop.ui.literal_tip import literal
from desktop.ui.options import Option
from desktop.ui.theme import Theme


class VersionList(Card):
    """Signals: chosen (number)."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, versions: Sequence[SignedVersion], zone: ZoneInfo) -> None:
        super().__init__(theme, self.tr("Versions"))
        self.buttons: dict[int, Option] = {}
        body = QWidget()
        lines = QVBoxLayout(body)
        lines.setContentsMargins(theme.px(14), 0, theme.px(14), theme.px(8))
        lines.setSpacing(theme.px(6))
        for version in reversed(versions):
            words = self._words(version, zone)
            button = self.buttons[version.number] = Option(theme, words, self.tr("Version"))
            button.clicked.connect(lambda _=False, number=version.number: self.chosen.emit(number))
            button.setToolTip(literal(version.why))
            lines.addWidget(button)
        self.put_rows([body])
        self.show_count(str(len(versions)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_chosen(self, number: int) -> None:
        self.buttons[number].setChecked(True)

    def take_focus(self) -> None:
        next(button for button in self.buttons.values() if button.isChecked()).setFocus(Qt.FocusReason.OtherFocusReason)

    def _words(self, version: SignedVersion, zone: ZoneInfo) -> str:
        what = self.tr("Signed") if version.number == 1 else self.tr("Amended")
        return f"{version.number} · {what} {time_words(version.at, zone)} · {version.signer}"
