"""A phrase being written: what is wrong stands beside its field, and what was typed stays."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.record.phrases import Phrase
from desktop.ui.button import Button
from desktop.ui.check_box import CheckBox
from desktop.ui.drawing import draw_frame, painter_on
from desktop.ui.label import Label
from desktop.ui.line_field import LineField
from desktop.ui.mistakes_beside import show_beside
from desktop.ui.text_box import TextBox
from desktop.ui.theme import Theme


class PhraseForm(QWidget):
    """Signals: saved (a Phrase), left."""

    saved = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme, phrase: Phrase | None, *, may_share: bool) -> None:
        super().__init__()
        self.theme = theme
        self.short, self.text = LineField(theme, self.tr("Abbreviation")), TextBox(theme, self.tr("Stands for"))
        self.shared = CheckBox(theme, self.tr("For everybody in the practice"))
        self.shared.setVisible(may_share)
        self._whys = {"short": self._why(), "text": self._why()}
        if phrase is not None:
            self.short.setText(phrase.short)
            self.text.setPlainText(phrase.text)
            self.shared.setChecked(phrase.shared)
        self.text.refused.connect(lambda why: self.show_mistakes({"text": why} if why else {}))
        self.save_button = Button(theme, self.tr("Save"), primary=True, small=True)
        self.cancel_button = Button(theme, self.tr("Cancel"), small=True)
        self.save_button.clicked.connect(lambda: self.saved.emit(self.phrase()))
        self.cancel_button.clicked.connect(self.left)
        self._lay_out(phrase.typed if phrase else self.tr("A phrase"))

    def phrase(self) -> Phrase:
        return Phrase(self.short.text(), self.text.toPlainText(), self.shared.isChecked())

    def begin(self) -> None:
        self.short.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_mistakes(self, mistakes: dict[str, str]) -> None:
        fields: dict[str, LineField | TextBox] = {"short": self.short, "text": self.text}
        show_beside(fields, self._whys, mistakes)

    def _why(self) -> Label:
        label = Label(self.theme, "", "note", colour=self.theme.danger_field, wrap=True)
        label.hide()
        return label

    def _lay_out(self, title: str) -> None:
        theme = self.theme
        lines = QVBoxLayout(self)
        lines.setContentsMargins(theme.px(16), theme.px(10), theme.px(16), theme.px(12))
        lines.setSpacing(theme.px(4))
        lines.addWidget(Label(theme, title, "h3", weight=600))
        says = {
            "short": self.tr("Abbreviation: letters and digits. You type it behind a semicolon: ;slr"),
            "text": self.tr("Stands for: what is in {braces} is to be filled in, and Tab goes to it"),
        }
        for name, field in (("short", self.short), ("text", self.text)):
            lines.addWidget(Label(theme, says[name], "note", colour=theme.muted, wrap=True))
            lines.addWidget(field)
            lines.addWidget(self._whys[name])
        lines.addWidget(self.shared)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(8))
        foot.addWidget(self.save_button)
        foot.addWidget(self.cancel_button)
        foot.addStretch()
        lines.addLayout(foot)
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.short.hasFocus():
            self.saved.emit(self.phrase())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.theme
        draw_frame(painter_on(self), QRectF(self.rect()), theme.px(8), fill=theme.surface, border=theme.accent, width=2)
