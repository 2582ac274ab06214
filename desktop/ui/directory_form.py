"""A service of the directory being edited: what is wrong stands beside its field, and what was typed stays."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.record.directory import Service
from desktop.record.practice import ContactEntry
from desktop.ui.button import Button
from desktop.ui.check_box import CheckBox
from desktop.ui.drawing import draw_frame, painter_on
from desktop.ui.label import Label
from desktop.ui.line_field import LineField
from desktop.ui.mistakes_beside import show_beside
from desktop.ui.theme import Theme


class DirectoryForm(QWidget):
    """Signals: saved (a ContactEntry), left."""

    saved = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme, service: Service | None, today: date) -> None:
        """Without a service it is a new one of the practice's own."""
        super().__init__()
        self.theme, self._service, self._today = theme, service, today
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(theme.px(16), theme.px(10), theme.px(16), theme.px(12))
        self._lines.setSpacing(theme.px(4))
        title = service.name if service else self.tr("A service of your own")
        self._lines.addWidget(Label(theme, title, "h3", weight=600, wrap=True))
        self.fields: dict[str, LineField] = {}
        self._whys: dict[str, Label] = {}
        if service is None or service.own:
            self._add("name", self.tr("Name"), service.name if service else "")
        self._add("telephone", self.tr("Telephone"), service.telephone if service else "")
        self._add("hours", self.tr("Hours"), service.hours if service else "")
        self._add("how", self.tr("How to refer"), service.how if service else "")
        self.checked = CheckBox(theme, self.tr("I have checked the number today"))
        self._lines.addWidget(self.checked)
        self.save_button = Button(theme, self.tr("Save"), primary=True, small=True)
        self.cancel_button = Button(theme, self.tr("Cancel"), small=True)
        self.save_button.clicked.connect(lambda: self.saved.emit(self.entry()))
        self.cancel_button.clicked.connect(self.left)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(8))
        foot.addWidget(self.save_button)
        foot.addWidget(self.cancel_button)
        foot.addStretch()
        self._lines.addLayout(foot)
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def begin(self) -> None:
        first = next(iter(self.fields.values()))
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        first.selectAll()

    def entry(self) -> ContactEntry:
        """A new number is not a checked one unless somebody says so."""
        said = {name: field.text() for name, field in self.fields.items()}
        before = self._service.checked if self._service is not None else None
        same = self._service is not None and said["telephone"].strip() == self._service.telephone
        kept = before.isoformat() if before and same else ""
        checked = self._today.isoformat() if self.checked.isChecked() else kept
        return ContactEntry(said["telephone"], said["hours"], said["how"], checked, said.get("name", ""))

    def show_mistakes(self, mistakes: dict[str, str]) -> None:
        show_beside(self.fields, self._whys, mistakes)

    def _add(self, name: str, words: str, now: str) -> None:
        label = Label(self.theme, words, "note", colour=self.theme.muted)
        field = LineField(self.theme, words)
        field.setText(now)
        label.setBuddy(field)
        why = Label(self.theme, "", "note", colour=self.theme.danger_field, wrap=True)
        why.hide()
        self.fields[name], self._whys[name] = field, why
        for widget in (label, field, why):
            self._lines.addWidget(widget)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.saved.emit(self.entry())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.theme
        draw_frame(painter_on(self), QRectF(self.rect()), theme.px(8), fill=theme.surface, border=theme.accent, width=2)
