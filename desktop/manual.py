"""The manual: the pages of `docs`, with README and CONTRIBUTING beside it, as a reader and the program find them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path, PurePosixPath

from msgspec import Struct

from resources import FOLDER

FIRST = "docs/README"
"""The contents; its order is that of the manual."""
LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{2,3} +(.+?)\s*$", re.MULTILINE)
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


class ManualPage(Struct, frozen=True):
    """`id` is its place without the ending, as `docs/for-gps`."""

    id: str
    title: str
    body: str

    @property
    def anchors(self) -> tuple[str, ...]:
        """Of its headings below the title, in their order, as GitHub names them."""
        return tuple(anchor(words) for words in HEADING.findall(FENCE.sub("", self.body)))


def folder() -> Path:
    """In a wheel and in the frozen program the manual lies among the resources, in a checkout above them."""
    packed = FOLDER / "manual"
    return packed if packed.is_dir() else FOLDER.parent


@cache
def page(id: str) -> ManualPage | None:
    """None where there is no such page."""
    file = folder() / f"{id}.md"
    if not file.is_file():
        return None
    body = file.read_text("utf-8")
    title = next((line[2:].strip() for line in body.splitlines() if line.startswith("# ")), id)
    return ManualPage(id, title, body)


@cache
def contents() -> Mapping[str, Mapping[str, str]]:
    """Titles by id, under the headings of the first page, which alone is read for it."""
    first = page(FIRST)
    sections: dict[str, dict[str, str]] = {}
    for part in (first.body if first else "").split("\n## ")[1:]:
        heading, _, text = part.partition("\n")
        sections[heading.strip()] = {target(FIRST, link): words for words, link in LINK.findall(text)}
    return sections


def target(here: str, link: str) -> str:
    """The id that a link on a page leads to, with `#` and the heading; empty where it leads out of the manual."""
    path, _, heading = link.partition("#")
    if not path:
        return f"{here}#{heading}"
    parts: list[str] = []
    for part in (*PurePosixPath(here).parent.parts, *PurePosixPath(path).parts):
        parts = parts[:-1] if part == ".." else [*parts, part]
    id = "/".join(parts)
    if not id.endswith(".md") or "://" in link:
        return ""
    return id.removesuffix(".md") + (f"#{heading}" if heading else "")


def anchor(words: str) -> str:
    bare = re.sub(r"[^\w\- ]", "", words.lower())
    return bare.replace(" ", "-")
