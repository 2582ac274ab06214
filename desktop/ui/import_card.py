"""What a table would bring into the directory, and which lines are refused and why, before anything is written."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.record.directory_csv import Reading
from desktop.record.errors import RecordError
from desktop.ui.button import Button
from desktop.ui.drawing import draw_frame, painter_on
from desktop.ui.label import Label
from desktop.ui.theme import Theme
from desktop.ui.told import told

MOST = 8


class ImportCard(QWidget):
    """Signals: taken (the Reading), left. Without a reading `why` says what is wrong with the file."""

    taken = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme, file: str, reading: Reading | None, why: str) -> None:
        super().__init__()
        self.theme, self._reading = theme, reading
        entries, refused = (reading.entries, reading.refused) if reading else ({}, ())
        self.refused = [self.tr("Line {line}: {why}").format(line=one.line, why=one.why) for one in refused]
        lines = QVBoxLayout(self)
        lines.setContentsMargins(theme.px(14), theme.px(10), theme.px(14), theme.px(10))
        lines.setSpacing(theme.px(4))
        lines.addWidget(Label(theme, file, "body", weight=600, wrap=True))
        lines.addWidget(Label(theme, why or self._counts(), "note", wrap=True))
        for line in self.refused[:MOST]:
            lines.addWidget(Label(theme, line, "small", wrap=True))
        if len(self.refused) > MOST:
            more = self.tr("and {count} more: “Copy the refused lines” has them all.")
            lines.addWidget(Label(theme, more.format(count=len(self.refused) - MOST), "small", wrap=True))
        self.says = Label(theme, self.tr("Nothing has been written yet."), "note", weight=600, wrap=True)
        lines.addWidget(self.says)
        lines.addLayout(self._foot(len(entries)))
        self.setAccessibleName(". ".join(filter(None, (file, why or self._counts(), *self.refused[:MOST]))))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def enter(self) -> None:
        first = self.take_button if self.take_button.isEnabled() else self.leave_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def wait_for_backup(self) -> None:
        self.says.setText(self.tr("A backup is being made first…"))
        self._let_press(False)

    def wait_again(self) -> None:
        """It was refused after all, which the window tells; the same lines can be given once more."""
        self.says.setText(self.tr("Nothing has been written yet."))
        self._let_press(True)
        self.enter()

    def show_not_backed_up(self, error: RecordError) -> None:
        words = self.tr(
            "Nothing was imported, because no backup could be made first. {why} Mend that and import again."
        )
        self.says.setText(words.format(why=told(error).what))
        self._let_press(True)
        self.enter()

    def _let_press(self, on: bool) -> None:
        for button in (self.take_button, self.leave_button):
            button.setEnabled(on)

    def _counts(self) -> str:
        assert self._reading is not None
        words = self.tr("Lines to import: {good}, of them new: {new}. Refused: {bad}.")
        return words.format(good=len(self._reading.entries), new=self._reading.new, bad=len(self.refused))

    def _foot(self, good: int) -> QHBoxLayout:
        theme = self.theme
        self.take_button = Button(theme, self.tr("Import these lines"), primary=True, small=True)
        self.take_button.setVisible(good > 0)
        self.take_button.setEnabled(good > 0)
        self.take_button.clicked.connect(lambda: self.taken.emit(self._reading))
        self.copy_button = Button(theme, self.tr("Copy the refused lines"), small=True)
        self.copy_button.setVisible(bool(self.refused))
        self.copy_button.clicked.connect(lambda: QApplication.clipboard().setText("\n".join(self.refused)))
        self.leave_button = Button(theme, self.tr("Leave it"), small=True)
        self.leave_button.clicked.connect(self.left)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(8))
        for button in (self.take_button, self.copy_button, self.leave_button):
            foot.addWidget(button)
        foot.addStretch()
        return foot

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.theme
        draw_frame(painter_on(self), QRectF(self.rect()), theme.px(6), fill=theme.inset, border=theme.border_strong)
