"""The files that content is made of, and the mark that tells them from others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

PARTS = ("checklist", "rules", "pathways", "citations")
"""The folders whose files are the content."""
OVERLAY = "overlay"


def content_files(folder: Path, overlay: Path | None) -> Iterator[tuple[str, bytes]]:
    for part in PARTS:
        for path in sorted((folder / part).glob("*.toml")):
            yield f"{part}/{path.name}", path.read_bytes()
    for path in sorted(overlay.glob("*.toml")) if overlay else ():
        yield f"{OVERLAY}/{path.name}", path.read_bytes()


def mark_of(files: Iterable[tuple[str, bytes]]) -> str:
    """The same as long as no file changes. Stores name their rule sets by it."""
    digest = blake2b(digest_size=16)
    for name, text in files:
        digest.update(name.encode() + b"\0" + text)
    return digest.hexdigest()
