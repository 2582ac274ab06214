"""Which build this is: the frozen program carries a mark of what it was made from, a checkout has none."""

from __future__ import annotations

import platform
import tomllib
from dataclasses import dataclass

from resources import FOLDER

FILE = "build.toml"


@dataclass(frozen=True)
class Build:
    """`commit` and the day it was made, as ISO; both empty where the program runs from its source."""

    commit: str = ""
    day: str = ""

    @property
    def words(self) -> str:
        return f"{self.commit}, {self.day}" if self.commit else ""


def this_build() -> Build:
    file = FOLDER / FILE
    return Build(**tomllib.loads(file.read_text("utf-8"))) if file.is_file() else Build()


def machine() -> str:
    """Of this computer no more than its kind."""
    return f"Python {platform.python_version()}, {platform.system()} {platform.release()}, {platform.machine()}"
