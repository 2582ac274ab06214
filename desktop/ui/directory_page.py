"""The practice's directory: each service with its number, what is missing or old, and the table in and out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.clinical.rules import Urgency
from desktop.paper.file import READABLE, write_file
from desktop.record.directory import Directory, Service
from desktop.record.directory_csv import BIGGEST, NotATable, Reading, read_table, write_table
from desktop.record.errors import RecordError
from desktop.record.practice import ContactEntry, PracticeRefused
from desktop.ui.backup_keeper import Then
from desktop.ui.button import Button
from desktop.ui.directory_form import DirectoryForm
from desktop.ui.directory_row import DirectoryRow
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.import_card import ImportCard
from desktop.ui.label import Label
from desktop.ui.options import Options
from desktop.ui.settings_group import SettingsGroup
from desktop.ui.sides import set_margins
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.ui.window import Window

MONTHS = ("3", "6", "12")


class DirectoryPage(QWidget):
    """`changed` is called when plans have to name other numbers; `guarded` runs what the store may refuse;
    `before_import` makes a backup and then calls what it is given."""

    def __init__(
        self,
        theme: Theme,
        directory: Directory,
        *,
        changed: Callable[[], None],
        guarded: Callable[[Callable[[], None]], bool],
        before_import: Callable[[QWidget, Then], None],
    ) -> None:
        super().__init__()
        self.theme, self.directory, self._before_import = theme, directory, before_import
        self._changed, self._guarded = changed, guarded
        self._open = ""
        self.rows: dict[str, DirectoryRow] = {}
        self.form: DirectoryForm | None = None
        self.summary = Label(theme, "", "note", weight=600, wrap=True)
        self.import_card: ImportCard | None = None
        self.add_button = Button(theme, self.tr("Add a service"), small=True)
        self.import_button = Button(theme, self.tr("Import from CSV"), small=True)
        self.export_button = Button(theme, self.tr("Export as CSV"), small=True)
        self._list = QVBoxLayout()
        self._connect()
        self._lay_out()
        self.show_now()

    @classmethod
    def of(cls, window: Window) -> DirectoryPage:
        def changed() -> None:
            open_one = [window.model.consultation] if window.model is not None else []
            window.clinic.use_directory(*open_one)
            if window.model is not None:
                window.model.assessed.emit(window.model.shown)

        before = window.keeper.before_import
        return cls(window.theme, window.clinic.directory, changed=changed, guarded=window.guarded, before_import=before)

    def show_now(self) -> None:
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.rows, self.form, self._open = {}, None, ""
        services = self.directory.services()
        for place, service in enumerate(services):
            self._show_row(service, place)
        self.summary.setText(self._counts(services))

    def edit(self, id: str) -> None:
        """The form stands in the place of its row, so that nothing else moves."""
        self.leave()
        self._open = id
        row = self.rows.pop(id, None)
        self._show_form(None if row is None else row.service, 0 if row is None else self._list.indexOf(row))
        if row is not None:
            self._take_out(row)

    def leave(self) -> None:
        """Nothing is written; the hand stays where it was in the list."""
        if self.form is None:
            return
        form, id = self.form, self._open
        self.form, self._open = None, ""
        if id == "new":
            self.add_button.setFocus()
        else:
            self._show_row(self.directory.service(id), self._list.indexOf(form))
            self.rows[id].show()
            self.rows[id].edit_button.setFocus()
        self._take_out(form)

    def save(self, id: str, entry: ContactEntry) -> None:
        """Refused beside its field; written, and told to the trail, before it is seen."""
        try:
            if id == "new":
                self._guarded(lambda: self._keep(self.directory.add(entry)))
            else:
                self._guarded(lambda: self._keep(id, lambda: self.directory.save(id, entry)))
        except PracticeRefused as refused:
            if self.form is not None:
                self.form.show_mistakes(refused.mistakes)

    def confirm_today(self, id: str) -> None:
        """The number was rung or looked up today."""
        now = self.directory.service(id)
        own = now.name if now.own else ""
        entry = ContactEntry(now.telephone, now.hours, now.how, self.directory.today.isoformat(), own)
        self.save(id, entry)

    def remove(self, id: str) -> None:
        self._guarded(lambda: self._keep("", lambda: self.directory.remove(id)))

    def read_file(self, path: Path) -> None:
        """Shown first; nothing is written before somebody says so."""
        try:
            with path.open("rb") as file:
                reading = read_table(file.read(BIGGEST + 1), self.directory)
        except (NotATable, OSError) as error:
            why = str(error) if isinstance(error, NotATable) else self.tr("The file can’t be read.")
            self._show_import(ImportCard(self.theme, path.name, None, why))
            return
        self._show_import(ImportCard(self.theme, path.name, reading, ""))

    def write_file(self, path: Path) -> None:
        self._guarded(lambda: self._write(path))

    def _write(self, path: Path) -> None:
        write_file(path, write_table(self.directory.services()).encode(), mode=READABLE)
        self.summary.setText(self.tr("Written: {path}").format(path=path))

    def _take(self, reading: Reading) -> None:
        """What the table writes over can be had back: a backup comes first."""
        assert self.import_card is not None
        self.import_card.wait_for_backup()
        self._before_import(self, partial(self._import, reading))

    def _import(self, reading: Reading, not_backed_up: RecordError | None) -> None:
        if not_backed_up is not None:
            if self.import_card is not None:
                self.import_card.show_not_backed_up(not_backed_up)
            return
        if not self._guarded(lambda: self._keep("", lambda: self.directory.save_all(reading.entries))):
            if self.import_card is not None:
                self.import_card.wait_again()
            return
        self._show_import(None)
        self.summary.setText(self.tr("Services imported: {count}.").format(count=len(reading.entries)))

    def _keep(self, id: str, work: Callable[[], object] = lambda: None) -> None:
        work()
        if id == self._open != "":
            self.leave()
            self.summary.setText(self._counts(self.directory.services()))
        else:
            self.show_now()
        self._changed()

    def _show_row(self, service: Service, place: int) -> None:
        row = DirectoryRow(self.theme, service)
        row.edit_asked.connect(lambda: self.edit(service.id))
        row.confirmed.connect(lambda: self.confirm_today(service.id))
        row.removed.connect(lambda: self.remove(service.id))
        self.rows[service.id] = row
        self._list.insertWidget(place, row)

    def _show_form(self, service: Service | None, place: int) -> None:
        self.form = DirectoryForm(self.theme, service, self.directory.today)
        self.form.saved.connect(lambda entry: self.save(service.id if service else "new", entry))
        self.form.left.connect(self.leave)
        self._list.insertWidget(place, self.form)
        self.form.show()
        self.form.begin()

    def _take_out(self, widget: QWidget) -> None:
        self._list.removeWidget(widget)
        widget.hide()
        widget.deleteLater()

    def _show_import(self, card: ImportCard | None) -> None:
        if self.import_card is not None:
            self.import_card.hide()
            self.import_card.deleteLater()
        self.import_card = card
        if card is not None:
            self.head.lines.addWidget(card)
            card.taken.connect(self._take)
            card.left.connect(lambda: self._show_import(None))
            card.enter()

    def _counts(self, services: tuple[Service, ...]) -> str:
        empty = sum(one.empty for one in services)
        stale = sum(one.stale for one in services if not one.empty)
        words = self.tr("Services: {all}. Without a number: {empty}. Not checked within {months} months: {stale}.")
        months = self.directory.practice.now.stale_months
        counts = words.format(all=len(services), empty=empty, months=months, stale=stale)
        first = sum(one.empty and one.level is Urgency.emergency for one in services)
        if not first:
            return counts
        return " ".join((counts, self.tr("Fill in first: %n that emergencies name.", "", first)))

    def _choose_months(self, months: str) -> None:
        self._guarded(lambda: self.directory.practice.change(stale_months=int(months)))
        self.show_now()

    def _ask_import(self) -> None:
        kinds = self.tr("Tables (*.csv *.txt)")
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Import the directory"), "", kinds)
        if path:
            self.read_file(Path(path))

    def _ask_export(self) -> None:
        name = f"directory-{self.directory.today.isoformat()}.csv"
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Export the directory"), name, self.tr("Tables (*.csv)"))
        if path:
            self.write_file(Path(path))

    def _connect(self) -> None:
        self.add_button.clicked.connect(lambda: self.edit("new"))
        self.import_button.clicked.connect(self._ask_import)
        self.export_button.clicked.connect(self._ask_export)

    def _lay_out(self) -> None:
        theme = self.theme
        buttons = QWidget()
        line = FlowLayout(buttons, gap=theme.px(8), line_gap=theme.px(6))
        for button in (self.add_button, self.import_button, self.export_button):
            line.addWidget(button)
        now = str(self.directory.practice.now.stale_months)
        choices = {months: self.tr("{count} months").format(count=months) for months in MONTHS}
        self.months = Options(theme, self.tr("Pointed out as old after"), choices, now)
        self.months.chosen.connect(self._choose_months)
        says = self.tr("Plans, letters and banners name these numbers. An empty one is said where a plan needs it.")
        old = Label(theme, self.tr("Pointed out as old after"), "note", colour=theme.muted)
        title = self.tr("Whom the practice calls")
        self.head = SettingsGroup(theme, title, says, self.summary, buttons, old, self.months)
        self._list.setSpacing(theme.px(8))
        lines = QVBoxLayout(self)
        set_margins(lines, 0, 0, theme.px(8), theme.px(8))
        lines.setSpacing(theme.px(12))
        lines.addWidget(self.head)
        lines.addLayout(self._list)
