"""What this workstation remembers about itself, in its configuration folder: never anything about a patient."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Literal, get_args

from msgspec import Struct
from msgspec.structs import asdict, replace

ThemeChoice = Literal["system", "light", "dark", "contrast"]
FILE = "workstation.json"
SMALLEST, LARGEST, STEP = 80, 200, 10
RECENT = 8


class Workstation(Struct, frozen=True):
    """`text_size` in per cent. `recent` are the ids of actions, the last one first; `version` is the one of
    Backstop that was last made known here."""

    theme: ThemeChoice = "system"
    text_size: int = 100
    single_keys: bool = True
    printer: str = ""
    recent: tuple[str, ...] = ()
    toured: bool = False
    version: str = ""

    def with_recent(self, action: str) -> Workstation:
        return replace(self, recent=(action, *(id for id in self.recent if id != action))[:RECENT])


def read_workstation(folder: Path) -> Workstation:
    """What can't be read is left at its default: a damaged file must not keep anybody from working."""
    try:
        told = json.loads((folder / FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return Workstation()
    return replace(Workstation(), **_sound(told)) if isinstance(told, dict) else Workstation()


def write_workstation(folder: Path, workstation: Workstation) -> None:
    """Whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    new = folder / f"{FILE}.new"
    new.write_text(json.dumps(asdict(workstation), indent=2) + "\n", "utf-8")
    os.replace(new, folder / FILE)


def _sound(told: dict[str, Any]) -> dict[str, Any]:
    good: dict[str, Any] = {}
    if told.get("theme") in get_args(ThemeChoice):
        good["theme"] = told["theme"]
    if type(told.get("text_size")) is int:
        good["text_size"] = min(max(told["text_size"], SMALLEST), LARGEST)
    for name in ("single_keys", "toured"):
        if isinstance(told.get(name), bool):
            good[name] = told[name]
    for name in ("printer", "version"):
        if isinstance(told.get(name), str):
            good[name] = told[name]
    if isinstance(told.get("recent"), list):
        good["recent"] = tuple(id for id in told["recent"] if isinstance(id, str))[:RECENT]
    return good
