"""The backups there are. One is chosen, looked into, and put back: three clicks, the second shows what it holds."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.record.backups import Preview, Row
from desktop.record.errors import BackupUnderOldKeys, RecordError
from desktop.ui.background import Background
from desktop.ui.backup_keeper import BackupKeeper
from desktop.ui.backup_words import BackupWords
from desktop.ui.button import Button
from desktop.ui.error_strip import ErrorStrip
from desktop.ui.label import Label
from desktop.ui.let_go import let_go
from desktop.ui.old_password import OldPassword
from desktop.ui.scroll_bar import with_bars
from desktop.ui.theme import Theme

SHOWN = 6


class RestoreList(QWidget):
    def __init__(self, theme: Theme, keeper: BackupKeeper, words: BackupWords) -> None:
        super().__init__()
        self.theme, self._keeper, self._words = theme, keeper, words
        self._rows: list[Row] = []
        self._fitted = 0
        self._look = Background(self)
        self._look.done.connect(self._show_preview)
        self._look.refused.connect(self._show_refusal)
        self.list = QListWidget()
        with_bars(self.list, theme)
        self.list.setAccessibleName(self.tr("Backups"))
        self.list.setFont(theme.font("body"))
        self.list.currentRowChanged.connect(self._chosen)
        self.says = Label(theme, "", "note", wrap=True)
        self.old = OldPassword(theme)
        self.old.given.connect(self._look_again)
        self.restore = Button(theme, self.tr("Restore this backup…"))
        self.restore.clicked.connect(self._ask)
        self.sure = Label(theme, "", "body", weight=600, wrap=True)
        self.go = Button(theme, self.tr("Put it in the place of the store"), primary=True)
        self.go.clicked.connect(self._restore)
        self.leave = Button(theme, self.tr("Leave everything as it is"))
        self.leave.clicked.connect(self._chosen)
        self.errors = ErrorStrip(theme)
        self._lay_out()
        self.show_rows()

    def show_rows(self) -> None:
        self._rows = self._keeper.backups.rows()
        self.list.blockSignals(True)
        self.list.clear()
        for row in self._rows:
            item = QListWidgetItem(self._words.line(row))
            item.setSizeHint(QSize(0, QFontMetrics(self.list.font()).height() + self.theme.px(10)))
            self.list.addItem(item)
        self.list.setCurrentRow(-1)
        self.list.setVisible(bool(self._rows))
        self.list.blockSignals(False)
        line = self.list.sizeHintForRow(0) if self._rows else self.theme.px(28)
        self.list.setFixedHeight(line * min(max(len(self._rows), 1), SHOWN) + self.theme.px(4))
        self._clear()
        if not self._rows:
            self._say(self.says, self.tr("There is no backup yet. The first is made once a patient has been added."))

    def _chosen(self, *_: object) -> None:
        self._clear()
        if self._row and self._look.start(self._keeper.backups.viewer(self._row.backup)):
            self._say(self.says, self.tr("Looking into it, and checking it page by page…"))

    @property
    def _row(self) -> Row | None:
        place = self.list.currentRow()
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def _look_again(self, user: str, secret: str) -> None:
        if self._row:
            self.errors.hide()
            self._look.start(self._keeper.backups.viewer(self._row.backup, user=user, secret=secret))

    def _show_preview(self, shown: object) -> None:
        if not isinstance(shown, Preview) or not self._row or shown.backup != self._row.backup:
            self._chosen()
            return
        last = ", ".join(self._words.moment(moment) for moment in shown.last_encounters)
        opens = ", ".join(shown.opens) or self.tr("everybody: it is the demonstration’s")
        lines = (
            self.tr("Sound: every page was read. It holds {counts}.").format(counts=self._words.counts(shown.backup)),
            self.tr("Last encounters: {moments}.").format(moments=last) if last else self.tr("No encounters yet."),
            self.tr("Could sign in then: {names}.").format(names=opens),
        )
        self._say(self.says, "\n".join(lines))
        self.restore.show()

    def _show_refusal(self, error: RecordError) -> None:
        self._say(self.says, "")
        if isinstance(error, BackupUnderOldKeys):
            self.old.show()
        self.errors.show_error(error)

    def _ask(self) -> None:
        assert self._row
        sure = self.tr(
            "What was written since {moment} will no longer be in the store. A backup of the present store is made "
            "first, and the store itself is kept aside; both can be restored in their turn. Accounts and passwords "
            "stay as they are today."
        )
        self._say(self.sure, sure.format(moment=self._words.moment(self._row.backup.made_at)))
        let_go(self.restore)
        self.restore.hide()
        for button in (self.go, self.leave):
            button.show()
        self.leave.setFocus(Qt.FocusReason.OtherFocusReason)

    def _restore(self) -> None:
        assert self._row
        user, secret = self.old.typed if not self.old.isHidden() else ("", "")
        self._keeper.restore(self._row.backup, user=user, secret=secret)
        self._clear()
        self._say(self.says, self.tr("Restoring… The window begins anew when it is done."))

    def _say(self, label: Label, words: str) -> None:
        """A label that appears in a page that is laid out already gets the room it needs, not that of a line less."""
        label.show_text(words)
        label.setMinimumHeight(label.heightForWidth(max(self.width(), 1)) + self.theme.px(6) if words else 0)

    def _clear(self) -> None:
        for widget in (self.says, self.sure, self.restore, self.go, self.leave, self.errors, self.old):
            widget.hide()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        for button in (self.restore, self.go, self.leave):
            buttons.addWidget(button)
        buttons.addStretch(1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(self.theme.px(8))
        for widget in (self.list, self.says, self.old, self.errors, self.sure):
            lines.addWidget(widget)
        lines.addLayout(buttons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A scroll bar that comes with the new height changes the width a little, which must not go round for ever."""
        super().resizeEvent(event)
        if abs(self.width() - self._fitted) > self.theme.px(24):
            self._fitted = self.width()
            QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        for label in (self.says, self.sure):
            if not label.isHidden():
                self._say(label, label.text())
