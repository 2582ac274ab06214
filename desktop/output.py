"""What the commands give: files, whole or refused with one line, and JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from desktop.input import BadInput


def write_file(file: Path, data: bytes) -> None:
    """An older file at that place stays until the new one is complete."""
    from desktop.paper import file as whole

    try:
        whole.write_file(file, data)
    except OSError as error:
        raise BadInput(
            f"{file} was not written: {error.strerror}. What was there before is untouched; "
            "make room or choose another place."
        ) from None


def make_folder(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise BadInput(f"{folder} can’t be made: {error.strerror}. Nothing was written; name another folder.") from None


def print_json(value: object) -> None:
    """In UTF-8 whatever the terminal's encoding, so that the same case gives the same bytes everywhere."""
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n")
    sys.stdout.buffer.flush()
