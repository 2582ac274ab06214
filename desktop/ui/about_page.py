"""About: what Backstop is for, which versions and rules are at work, and whose work it stands on."""

from __future__ import annotations

import platform
import tomllib
from collections.abc import Iterator
from datetime import date

from PySide6.QtCore import Signal, qVersion
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop import __version__
from desktop.build_mark import this_build
from desktop.clinical.content import Content
from desktop.clinical.dates import date_words
from desktop.settings import INTENDED_USE
from desktop.ui.button import Button
from desktop.ui.label import Label
from desktop.ui.rules_age import age_of_rules, old_words
from desktop.ui.settings_group import SettingsGroup
from desktop.ui.sides import set_margins
from desktop.ui.theme import Theme
from resources import FOLDER


class AboutPage(QWidget):
    """Signals: new_asked (what is new in this version)."""

    new_asked = Signal()

    def __init__(self, theme: Theme, content: Content, today: date) -> None:
        super().__init__()
        self.theme, self._content, self._today = theme, content, today
        lines = QVBoxLayout(self)
        set_margins(lines, 0, 0, theme.px(8), theme.px(8))
        lines.setSpacing(theme.px(12))
        use = Label(theme, INTENDED_USE, "body", wrap=True)
        lines.addWidget(SettingsGroup(theme, self.tr("What it is for"), "", use))
        versions = _table(theme, list(self.versions()))
        self.new = Button(theme, self.tr("What is new in this version"), small=True)
        self.new.clicked.connect(self.new_asked)
        lines.addWidget(SettingsGroup(theme, self.tr("Versions"), "", versions, self.new))
        told = self.tr("Backstop stands on these. Qt is used as separate files that can be replaced.")
        licences = _table(theme, list(self.licences()))
        lines.addWidget(SettingsGroup(theme, self.tr("Licences"), told, licences))

    def versions(self) -> Iterator[tuple[str, str]]:
        yield "Backstop", __version__
        yield self.tr("Build"), this_build().words or self.tr("run from its source")
        pathway = self._content.pathway
        yield self.tr("Rules"), f"{pathway.title}, {self._content.rule_set}"
        age = age_of_rules(self._content, self._today)
        day = date_words(pathway.dated)
        words = self.tr("{day}, %n day(s) ago", "", age).format(day=day) if age > 0 else day
        old = old_words(self._content, self._today)
        yield self.tr("Dated"), f"{words}. {old}" if old else words
        yield "Python", platform.python_version()
        yield "Qt", qVersion()

    def licences(self) -> Iterator[tuple[str, str]]:
        told = tomllib.loads((FOLDER / "licences.toml").read_text("utf-8"))
        for one in (*told["part"], *told["package"]):
            version = f" {one['version']}" if "version" in one else ""
            yield f"{one['name']}{version}", one["licence"]


def _table(theme: Theme, rows: list[tuple[str, str]]) -> QWidget:
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.px(20))
    grid.setVerticalSpacing(theme.px(4))
    grid.setColumnStretch(1, 1)
    for place, (name, value) in enumerate(rows):
        grid.addWidget(Label(theme, name, "note"), place, 0)
        grid.addWidget(Label(theme, value, "note", colour=theme.muted, wrap=True), place, 1)
    return table
