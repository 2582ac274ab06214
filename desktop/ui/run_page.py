"""The pages of the first run: each shows what is held so far and writes back what is typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.record.first_run import FirstRun, user_from
from desktop.record.passwords import strength_words
from desktop.settings import INTENDED_USE
from desktop.ui.button import Button
from desktop.ui.entry import Entry
from desktop.ui.kit_panel import KitPanel
from desktop.ui.label import Label
from desktop.ui.theme import Theme


class RunPage(QWidget):
    """Signals: went_on (Enter in a field)."""

    went_on = Signal()

    def __init__(self, theme: Theme, run: FirstRun) -> None:
        super().__init__()
        self.theme, self.run = theme, run
        self.entries: dict[str, Entry] = {}
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(theme.px(12))

    def add_entry(self, field: str, label: str, *, hint: str = "", hidden: bool = False) -> Entry:
        """Of an attribute of the run, by its name."""
        entry = self.entries[field] = Entry(self.theme, label, hint=hint, hidden=hidden)
        entry.field.setText(getattr(self.run, field))
        entry.field.textChanged.connect(lambda text: setattr(self.run, field, text))
        entry.field.returnPressed.connect(self.went_on)
        self.lines.addWidget(entry)
        return entry

    def in_order(self) -> list[QWidget]:
        """What Tab goes through."""
        return [entry.field for entry in self.entries.values()]

    def read_out(self) -> str:
        """What stands on it before anything that takes the focus."""
        return ""

    def show_mistakes(self, found: dict[str, str]) -> None:
        for field, entry in self.entries.items():
            entry.show_wrong(found.get(field, ""))
        wrong = [entry for field, entry in self.entries.items() if found.get(field)]
        if wrong:
            wrong[0].field.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_focus(self) -> None:
        for entry in self.entries.values():
            entry.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return


class PracticePage(RunPage):
    def __init__(self, theme: Theme, run: FirstRun) -> None:
        super().__init__(theme, run)
        self.add_entry("practice", self.tr("Name of the practice"))
        self.add_entry("address", self.tr("Address"))
        self.add_entry("telephone", self.tr("Telephone"), hint=self.tr("Whom patients call: it stands on their sheets"))
        self.add_entry("hours", self.tr("Open"), hint=self.tr("As patients read it: Monday to Friday, 8 to 6:30"))


class YouPage(RunPage):
    def __init__(self, theme: Theme, run: FirstRun) -> None:
        super().__init__(theme, run)
        name = self.add_entry("name", self.tr("Your name, as it stands on letters"))
        self.user = self.add_entry(
            "user", self.tr("User name, to sign in with"), hint=self.tr("Small letters, digits, points, hyphens")
        )
        password = self.add_entry("password", self.tr("Password"), hint=strength_words(run.password), hidden=True)
        again = self.add_entry("again", self.tr("Password again"), hidden=True)
        self._offered = user_from(run.name)
        name.field.textEdited.connect(self._offer)
        password.field.textChanged.connect(lambda text: password.show_hint(strength_words(text)))
        for entry in (password, again):
            entry.field.capitals.connect(lambda on: again.show_hint(self.tr("Caps Lock seems to be on.") if on else ""))

    def _offer(self, name: str) -> None:
        """As long as nobody has typed another."""
        if self.user.text in ("", self._offered):
            self._offered = user_from(name)
            self.user.field.setText(self._offered)


class RecoveryPage(RunPage):
    def __init__(self, theme: Theme, run: FirstRun, pdf: Callable[[str, str], bytes]) -> None:
        """`pdf` makes the page of a code for a practice."""
        super().__init__(theme, run)
        self.kit = KitPanel(theme, run.code, lambda: pdf(run.code, run.practice))
        self.kit.back.field.setText(run.typed)
        self.kit.out.connect(lambda: setattr(run, "kit_out", True))
        self.kit.typed.connect(lambda text: setattr(run, "typed", text))
        self.kit.back.field.returnPressed.connect(self.went_on)
        self.lines.addWidget(self.kit)

    def in_order(self) -> list[QWidget]:
        return [*self.kit.ways, self.kit.back.field]

    def show_mistakes(self, found: dict[str, str]) -> None:
        self.kit.show_mistakes(found)

    def take_focus(self) -> None:
        self.kit.take_focus()


class BackupsPage(RunPage):
    def __init__(self, theme: Theme, run: FirstRun) -> None:
        super().__init__(theme, run)
        self.folder = self.add_entry("backup_folder", self.tr("Second folder for backups"))
        self.choose = Button(theme, self.tr("Choose…"), small=True)
        self.choose.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.addWidget(self.choose)
        row.addStretch()
        self.lines.addLayout(row)

    def in_order(self) -> list[QWidget]:
        return [*super().in_order(), self.choose]

    @staticmethod
    def ask_folder(parent: QWidget, words: str) -> str:
        return QFileDialog.getExistingDirectory(parent, words)

    def _choose(self) -> None:
        if folder := self.ask_folder(self, self.folder.field.accessibleName()):
            self.folder.field.setText(folder)
            self.folder.show_wrong("")


class ReadyPage(RunPage):
    def __init__(self, theme: Theme, run: FirstRun) -> None:
        super().__init__(theme, run)
        unsaid = self.tr("None yet: a disk that breaks takes the backups with it")
        told = (
            (self.tr("Practice"), run.practice.strip()),
            (self.tr("You"), f"{run.name.strip()} ({run.user.strip()})"),
            (self.tr("Roles"), self.tr("Clinician and administrator; you can add others under Settings, Accounts")),
            (self.tr("Second folder for backups"), run.backup_folder.strip() or unsaid),
        )
        for label, words in told:
            pair = QVBoxLayout()
            pair.setSpacing(0)
            pair.addWidget(Label(theme, label, "small", colour=theme.muted))
            pair.addWidget(Label(theme, words, "body", weight=600, wrap=True))
            self.lines.addLayout(pair)
        self.lines.addSpacing(theme.px(6))
        then = self.tr(
            "Then the directory opens: whom the plans name, with their telephone numbers. A number that is missing is "
            "pointed out wherever it is needed."
        )
        self.lines.addWidget(Label(theme, then, "note", wrap=True))
        self.lines.addWidget(Label(theme, INTENDED_USE, "note", wrap=True))

    def read_out(self) -> str:
        return words_of(self)


def words_of(page: QWidget) -> str:
    return " ".join(f"{label.text().rstrip('.')}." for label in page.findChildren(Label))
