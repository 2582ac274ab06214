"""Which part of a story stands on which page. Nothing is drawn yet, so that several settings can be tried."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from reportlab.platypus import Flowable


class Gap(Flowable):
    """White between two parts; none at the head of a page."""

    def __init__(self, height: float) -> None:
        super().__init__()
        self.height = height


class Together(Flowable):
    """The next part needs this much of the page, else it begins a new one."""

    def __init__(self, height: float) -> None:
        super().__init__()
        self.height = height


@dataclass
class Page:
    """`top` of a part is measured downwards from the top of the text."""

    parts: list[tuple[Flowable, float]] = field(default_factory=list)
    used: float = 0


@runtime_checkable
class Cuttable(Protocol):
    """What can be parted where it should not be, if a whole page is too low for it."""

    def cut(self, width: float, height: float) -> list[Flowable]: ...


class TooHigh(Exception):
    """A part that can neither be parted nor stand on a page of its own."""


def paginate(story: Iterable[Flowable], width: float, room: Callable[[int], float]) -> list[Page]:
    """`room` is how high the text of a page may be, by its number from 0."""
    pages = [Page()]
    waiting = list(story)[::-1]
    while waiting:
        part = waiting.pop()
        page, left = pages[-1], room(len(pages) - 1) - pages[-1].used
        if isinstance(part, Gap):
            page.used += part.height if page.parts else 0
        elif isinstance(part, Together):
            if page.parts and part.height > left:
                pages.append(Page())
        else:
            rest = _set(part, page, width, left)
            if rest:
                waiting += rest[::-1]
                if rest == [part] and not page.parts:
                    raise TooHigh(type(part).__name__)
                pages.append(Page())
    return pages


def _set(part: Flowable, page: Page, width: float, left: float) -> list[Flowable]:
    """Puts it on the page, or as much of it as there is room for, and gives back what is left over."""
    if part.wrap(width, left)[1] <= left + 0.001:
        _put(part, page)
        return []
    pieces: list[Flowable] = part.split(width, left)
    if not pieces and not page.parts and isinstance(part, Cuttable):
        pieces = part.cut(width, left)
    if not pieces:
        return [part]
    here, *rest = pieces
    here.wrap(width, left)
    _put(here, page)
    return rest


def _put(part: Flowable, page: Page) -> None:
    page.parts.append((part, page.used))
    page.used += part.height
