"""A document is written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

PRIVATE, READABLE = 0o600, 0o644
"""What speaks of a patient is for whoever saved it; the rest may be read by others on that machine."""


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        write_file(folder / name, data)


def write_file(file: Path, data: bytes, *, mode: int = PRIVATE) -> None:
    """Raises OSError."""
    with write_whole(file, mode=mode) as stream:
        stream.write(data)


@contextlib.contextmanager
def write_whole(file: Path, *, mode: int = PRIVATE) -> Iterator[BinaryIO]:
    """What is written goes to a neighbour, which takes the file's place at the end. Raises OSError."""
    if file.is_dir():
        raise IsADirectoryError(21, "it is a folder", str(file))
    handle, name = tempfile.mkstemp(prefix=".backstop-", dir=file.parent)
    try:
        with open(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, mode)
        os.replace(name, file)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
