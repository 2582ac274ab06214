"""How content cites its sources: by the id of a citation, and the place in it (`nice-ng12 1.6.6`)."""

from __future__ import annotations

from collections.abc import Container, Iterable

from desktop.clinical.mistakes import ContentFile


def source_of(cite: str) -> str:
    """The id of its citation."""
    return cite.partition(" ")[0]


def check_cites(citations: Container[str], file: ContentFile, entry: str, cites: Iterable[str]) -> None:
    for source in map(source_of, cites):
        if source not in citations:
            file.wrong(entry, "cites", f"there is no citation “{source}”")
