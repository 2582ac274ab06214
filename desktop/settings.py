"""Every folder Backstop writes to, and the few facts that hold for the whole program."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

import platformdirs
from msgspec import Struct

NAME = "Backstop"
STORE_VARIABLE = "BACKSTOP_STORE"
INTENDED_USE = (
    "For qualified clinicians assessing back pain in general practice in England. It supports the "
    "clinician's judgement and never replaces it. Not a registered medical device."
)
PRACTICE_ZONE = ZoneInfo("Europe/London")


class Settings(Struct, frozen=True):
    """`store` is the folder in which stores lie, each in a folder of its own."""

    data: Path
    config: Path
    cache: Path
    logs: Path
    store: Path
    zone: ZoneInfo = PRACTICE_ZONE

    @property
    def practice(self) -> Path:
        """Real patients."""
        return self.store / "practice"

    @property
    def demonstration(self) -> Path:
        return self.store / "demonstration"


def settings_for(store: Path | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
    """`store` is what `--store` says; without it BACKSTOP_STORE counts, then the platform's own folder."""
    folders = platformdirs.PlatformDirs(NAME, appauthor=False)
    named = store or environ.get(STORE_VARIABLE)
    return Settings(
        data=folders.user_data_path,
        config=folders.user_config_path,
        cache=folders.user_cache_path,
        logs=folders.user_log_path,
        store=Path(named).expanduser().absolute() if named else folders.user_data_path,
    )
