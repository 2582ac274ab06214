"""Mistakes in content files: all of a file's at once, with the place and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from desktop.clinical.model import Model, Refused, read

Kind = TypeVar("Kind", bound=Model)


class Mistake(Struct, frozen=True, order=True):
    file: str
    line: int
    entry: str
    key: str
    message: str

    def __str__(self) -> str:
        within = ", ".join(part for part in (self.entry, self.key) if part)
        return ": ".join(part for part in (f"{self.file}:{self.line}", within, self.message) if part)


class ContentError(Exception):
    """Content that must not be used; `mistakes` has all of them."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(sorted(mistakes))
        super().__init__("\n".join(map(str, self.mistakes)))


class ContentFile:
    """One TOML file, with a list of what is wrong in it. `unread` names its entries that were refused, `refused` has
    them as they stand there, each with its table and its name."""

    def __init__(self, path: Path, root: Path) -> None:
        self.name = path.relative_to(root).as_posix()
        self.mistakes: list[Mistake] = []
        self.unread: set[str] = set()
        self.refused: list[tuple[str, str, Mapping[str, object]]] = []
        self.text = ""
        self.tables: Mapping[str, object] = {}
        # Content that is kept ready needs no reader of TOML.
        import tomllib

        try:
            self.text = path.read_text(encoding="utf-8")
            self.tables = self.parse(self.text)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"line (\d+)", str(error))
            self.mistakes.append(Mistake(self.name, int(found[1]) if found else 1, "", "", str(error)))
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            self.mistakes.append(Mistake(self.name, line, "", "", "cannot be read: it is not saved as UTF-8 text"))
        except OSError as error:
            self.mistakes.append(Mistake(self.name, 1, "", "", f"cannot be read: {error.strerror or error}"))

    def parse(self, text: str) -> Mapping[str, object]:
        import tomllib

        return tomllib.loads(text)

    def entries(self, table: str, model: type[Kind]) -> list[Kind]:
        """The tables `[[table]]` that are right; the others become mistakes."""
        raw = self.tables.get(table, [])
        found = (self._entry(table, model, entry) for entry in (raw if isinstance(raw, list) else [raw]))
        return [entry for entry in found if entry is not None]

    def only_tables(self, *allowed: str) -> None:
        for table in self.tables:
            if table not in allowed:
                self.wrong("", table, f"is not a table of this file: {', '.join(allowed)}")

    def wrong(self, entry: str, key: str, message: str) -> None:
        self.mistakes.append(Mistake(self.name, self._line(entry, key), entry, key, message))

    def _entry(self, table: str, model: type[Kind], raw: object) -> Kind | None:
        name = _name(raw)
        found = self.fitted(model, raw, name)
        if found is None and isinstance(raw, dict):
            self.refused.append((table, name, raw))
        return found

    def fitted(self, model: type[Kind], raw: object, name: str) -> Kind | None:
        """`raw` if it fits; else every key that doesn't becomes a mistake of the entry of that name."""
        try:
            return read(model, raw)
        except Refused as refused:
            self.unread.add(name)
            for key, message in refused.mistakes:
                self.wrong(name, key, message)
            return None

    def _line(self, entry: str, key: str) -> int:
        """The first line of the entry that begins with the key, or the entry's own line."""
        lines = self.text.splitlines()
        starts = (number for number, line in enumerate(lines, 1) if entry and f'"{entry}"' in line)
        start = next(starts, 1)
        last_key = key.split(".")[-1]
        for number, line in enumerate(lines[start - 1 :], start):
            if number > start and re.match(r"\[\[\w+\]\]", line):
                break
            if last_key and re.match(rf"\s*{re.escape(last_key)}\s*=", line):
                return number
        return start


def _name(raw: object) -> str:
    if isinstance(raw, dict):
        return str(raw.get("id") or raw.get("name") or "")
    return ""
