"""Files that are whole or not there, whenever the power goes: written beside, synced, renamed, the name synced."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

PIECE = 1 << 20


def put(path: Path, data: bytes) -> None:
    making = path.with_name(path.name + ".making")
    with making.open("wb") as file:
        os.chmod(making, 0o600)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    move(making, path)


def move(path: Path, to: Path) -> None:
    """In the place of what was there, for good."""
    os.replace(path, to)
    keep_name(to.parent)


def keep(path: Path) -> None:
    """What was written to it is on the disk afterwards."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def copy(path: Path, to: Path, step: Callable[[int], object] = lambda copied: None) -> str:
    """And its SHA-256, of what was read. `step` may raise to stop it."""
    digest = sha256()
    with path.open("rb") as source, to.open("wb") as target:
        os.chmod(to, 0o600)
        while piece := source.read(PIECE):
            target.write(piece)
            digest.update(piece)
            step(len(piece))
        target.flush()
        os.fsync(target.fileno())
    return digest.hexdigest()


def share(path: Path, to: Path) -> None:
    """A second name for a file that is never written to again, or a copy where the disk knows no second names."""
    try:
        os.link(path, to)
    except OSError:
        copy(path, to)


def sum_of(path: Path, step: Callable[[int], object] = lambda read: None) -> str:
    """`step` may raise to stop it."""
    digest = sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
            step(len(piece))
    return digest.hexdigest()


def drop(folder: Path) -> None:
    """The whole folder; first out of its name, so that half of it is never taken for one."""
    if folder.exists():
        going = folder.with_name(folder.name + ".going")
        shutil.rmtree(going, ignore_errors=True)
        os.replace(folder, going)
        shutil.rmtree(going)


if sys.platform == "win32":

    def keep_name(folder: Path) -> None:
        """Windows has no such call for a folder."""

else:

    def keep_name(folder: Path) -> None:
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
