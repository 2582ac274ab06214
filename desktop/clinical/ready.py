"""Content that was read and checked before, kept ready in one file: a tenth of what reading and checking it takes.

The file is nothing but data, in the very models that the TOML files are read into. Its first bytes are a digest of the
rest and of everything that decides what content comes to: every byte of the files it was made from, the program's
own, and the versions. Where anything differs, or the file can't be read, all files are read and checked as ever.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import asdict

from desktop import __version__
from desktop.clinical.checklist import Misfit, Section
from desktop.clinical.condition import Condition
from desktop.clinical.content import Content, load
from desktop.clinical.content_files import content_files, mark_of
from desktop.clinical.rules import Citation, Contact, Modifier, Panel, Pathway, Rule, Term
from resources import FOLDER

DIGEST = 32


class Ready(Struct, frozen=True, array_like=True):
    """What Content holds, but for where it came from."""

    pathway: Pathway
    sections: tuple[Section, ...]
    rules: tuple[Rule, ...]
    modifiers: tuple[Modifier, ...]
    terms: dict[str, Term]
    citations: dict[str, Citation]
    contacts: dict[str, Contact]
    panels: dict[str, Panel]
    misfits: tuple[Misfit, ...]
    conditions: dict[str, Condition]


def load_ready(file: Path, folder: Path = FOLDER, overlay: Path | None = None) -> Content:
    """As `load`, and so is what it raises; `file` is read if it is of these files, and else written."""
    files = mark_of(content_files(folder, overlay))
    mark = _mark(files)
    content = _read(file, mark, folder, overlay)
    if content is None:
        content = load(folder, overlay)
        _write(file, mark, content)
    return replace(content, mark=files)


def _mark(files: str) -> bytes:
    """With the program's own: as long as it is being written its version says too little."""
    digest = blake2b(f"{__version__} {sys.version} {msgspec.__version__} {files}".encode(), digest_size=DIGEST)
    for path in sorted(Path(__file__).parent.glob("*.py")):
        data = path.read_bytes()
        digest.update(f"\0{path.name} {len(data)}\0".encode() + data)
    return digest.digest()


def _read(file: Path, mark: bytes, folder: Path, overlay: Path | None) -> Content | None:
    try:
        kept = file.read_bytes()
        digest, data = kept[:DIGEST], memoryview(kept)[DIGEST:]
        if digest != _digest(mark, data):
            return None
        ready = msgspec.msgpack.decode(data, type=Ready)
        return Content(**asdict(ready), folder=folder, overlay=overlay)
    except (OSError, msgspec.DecodeError, RecursionError):
        return None


def _digest(mark: bytes, data: bytes | memoryview) -> bytes:
    digest = blake2b(mark, digest_size=DIGEST)
    digest.update(data)
    return digest.digest()


def _write(file: Path, mark: bytes, content: Content) -> None:
    """All of it or nothing; where it can't be written the files are read again next time."""
    ready = Ready(**{name: getattr(content, name) for name in Ready.__struct_fields__})
    data = msgspec.msgpack.encode(ready)
    making = file.with_name(f"{file.name}.{os.getpid()}")
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        making.write_bytes(_digest(mark, data) + data)
        making.replace(file)
