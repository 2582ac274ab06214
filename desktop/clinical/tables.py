"""The TOML files as tables of entries, each entry with the file it stands in; a practice's overlay laid over them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from desktop.clinical.checklist import Item, Misfit, Section
from desktop.clinical.mistakes import ContentFile
from desktop.clinical.model import Model
from desktop.clinical.overlay import Overlay
from desktop.clinical.rules import Citation, Contact, Modifier, Panel, Pathway, Rule, Term

Made = TypeVar("Made", bound=Model)
CONTRADICTIONS = "checklist/contradictions.toml"


class Tables:
    """As far as the files could be read: their mistakes stand in `files`."""

    def __init__(self, folder: Path, overlay: Path | None) -> None:
        self.folder, self.overlay = folder, overlay
        self.files: list[ContentFile] = []
        checklist = self._toml("checklist")
        self.sections = [self._section(file) for file in checklist if file.name != CONTRADICTIONS]
        self.misfits = [one for file in checklist if file.name == CONTRADICTIONS for one in self._contradictions(file)]
        rule_files = self._toml("rules", "rule", "term", "modifier", "panel")
        self.rules = self._all(rule_files, "rule", Rule)
        self.terms = self._all(rule_files, "term", Term)
        self.modifiers = self._all(rule_files, "modifier", Modifier)
        self.panels = self._all(rule_files, "panel", Panel)
        pathway_files = self._toml("pathways", "pathway", "contact")
        self.pathways = self._all(pathway_files, "pathway", Pathway)
        self.contacts = self._all(pathway_files, "contact", Contact)
        self.citations = self._all(self._toml("citations", "citation"), "citation", Citation)
        # A practice reviews what it adds on days of its own.
        self.shipped = (self.rules, self.modifiers, [*self.citations])
        if overlay is not None:
            self._lay_over(overlay)

    def _lay_over(self, folder: Path) -> None:
        files = [ContentFile(path, folder) for path in sorted(folder.glob("*.toml"))]
        self.files += files
        laid = Overlay(files)
        self.rules, self.contacts = laid.ruled(self.rules), laid.contacted(self.contacts)
        self.citations += self._all(files, "citation", Citation)
        self.pathways = [
            (file, pathway.but(rule_set=f"{pathway.rule_set} with practice overlay")) for file, pathway in self.pathways
        ]

    def _toml(self, subfolder: str, *tables: str) -> list[ContentFile]:
        found = [ContentFile(path, self.folder) for path in sorted((self.folder / subfolder).glob("*.toml"))]
        for file in found:
            if tables:
                file.only_tables(*tables)
            if not file.tables and not file.mistakes:
                file.wrong("", "", "holds nothing: what stood in it is gone")
        self.files += found
        return found

    def _section(self, file: ContentFile) -> tuple[ContentFile, Section]:
        file.only_tables("section", "item")
        items = file.entries("item", Item)
        head = file.entries("section", Section) or [Section(id="unread", title="Unread", order=0)]
        return file, head[0].but(items=tuple(items))

    def _contradictions(self, file: ContentFile) -> list[tuple[ContentFile, Misfit]]:
        file.only_tables("contradiction")
        return self._all([file], "contradiction", Misfit)

    def _all(self, files: Sequence[ContentFile], table: str, model: type[Made]) -> list[tuple[ContentFile, Made]]:
        return [(file, entry) for file in files for entry in file.entries(table, model)]
