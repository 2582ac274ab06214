"""Content that was read and checked before, kept ready in one file: a tenth of what reading and checking it takes.

The file is nothing but data, in the very models that the TOML files are read into. Its first bytes are a digest of the
rest and of everything that decides what content comes to: every byte of the files it was made from, the program's
own, and the versions. Where anything differs, or the file can't be read, all files are read and checked as ever.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import asdict

from desktop import __version__
from desktop.clinical.checklist import Misfit, Section
from desktop.clinical.condition import Condition
from desktop.clinical.content import PARTS, Content, load
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
    mark = _mark(folder, overlay)
    content = _read(file, mark, folder, overlay)
    if content is None:
        content = load(folder, overlay)
        _write(file, mark, content)
    return content


def _mark(folder: Path, overlay: Path | None) -> bytes:
    digest = blake2b(f"{__version__} {sys.version} {msgspec.__version__}".encode(), digest_size=DIGEST)
    for path in _sources(folder, overlay):
        data = path.read_bytes()
        digest.update(f"\0{path.parent.name}/{path.name} {len(data)}\0".encode() + data)
    return digest.digest()


def _sources(folder: Path, overlay: Path | None) -> Iterator[Path]:
    for part in PARTS:
        yield from sorted((folder / part).glob("*.toml"))
    yield from sorted(overlay.glob("*.toml")) if overlay else ()
    # As long as the program is being written its version says too little.
    yield from sorted(Path(__file__).parent.glob("*.py"))


def _read(file: Path, mark: bytes, folder: Path, overlay: Path | None) -> Content | None:
    try:
        kept = file.read_bytes()
        if kept[:DIGEST] != _digest(mark, kept[DIGEST:]):
            return None
        ready = msgspec.msgpack.decode(kept[DIGEST:], type=Ready)
        return Content(**asdict(ready), folder=folder, overlay=overlay)
    except (OSError, msgspec.DecodeError, RecursionError):
        return None


def _digest(mark: bytes, data: bytes) -> bytes:
    return blake2b(mark + data, digest_size=DIGEST).digest()


def _write(file: Path, mark: bytes, content: Content) -> None:
    """All of it or nothing; where it can't be written the files are read again next time."""
    ready = Ready(**{name: getattr(content, name) for name in Ready.__struct_fields__})
    data = msgspec.msgpack.encode(ready)
    making = file.with_name(f"{file.name}.{os.getpid()}")
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        making.write_bytes(_digest(mark, data) + data)
        making.replace(file)
