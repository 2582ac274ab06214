"""Where somebody is in the library and how they came there. It outlives the panel, which is made anew. No Qt."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field
from msgspec.structs import replace

if TYPE_CHECKING:
    from desktop.clinical.content import Content
    from desktop.clinical.library import Audience, Library, Page
    from desktop.clinical.rules import Rule
    from desktop.record.library_search import Found, LibrarySearch


FIRST = "bone-metastasis"
MOST_BACK = 50


class Place(Struct, frozen=True):
    """A page, or a rule in words. `scroll` is how far down somebody was when they left it."""

    kind: Literal["page", "rule"] = "page"
    id: str = FIRST
    audience: Audience = "clinicians"
    scroll: int = 0


class LibraryState(Struct, dict=True):
    content: Content
    place: Place = Place()
    back: list[Place] = field(default_factory=list)
    forward: list[Place] = field(default_factory=list)
    searched: str = ""
    found_words: str = ""

    @cached_property
    def library(self) -> Library:
        """Read when somebody first opens it; files with mistakes are left out and named."""
        from desktop.clinical.library import load_library

        return load_library(self.content)

    @property
    def page(self) -> Page | None:
        return self.library.page(self.place.id, self.place.audience) if self.place.kind == "page" else None

    @property
    def rule(self) -> Rule | None:
        rules = self.content.rules if self.place.kind == "rule" else ()
        return next((rule for rule in rules if rule.id == self.place.id), None)

    def find(self, text: str) -> Found:
        return self._searches[self.place.audience].find(text)

    def go(self, place: Place, *, scroll: int = 0) -> bool:
        """Whether there is such a place. `scroll` is how far down the one that is left was."""
        if not self._is_there(place):
            return False
        if replace(place, scroll=0) != replace(self.place, scroll=0):
            self.back = [*self.back, replace(self.place, scroll=scroll)][-MOST_BACK:]
            self.forward = []
            self.place = place
        return True

    def go_back(self, *, scroll: int = 0) -> None:
        if self.back:
            self.forward.append(replace(self.place, scroll=scroll))
            self.place = self.back.pop()

    def go_forward(self, *, scroll: int = 0) -> None:
        if self.forward:
            self.back.append(replace(self.place, scroll=scroll))
            self.place = self.forward.pop()

    def place_of_rule(self, rule: str) -> Place:
        page = self.library.of_rule(rule)
        return Place("page", page.id) if page else Place("rule", rule)

    def place_of_item(self, item: str) -> Place | None:
        page = self.library.of_item(item)
        return Place("page", page.id) if page else None

    @cached_property
    def _searches(self) -> dict[Audience, LibrarySearch]:
        from desktop.record.library_search import LibrarySearch

        audiences: tuple[Audience, ...] = ("clinicians", "patients")
        return {audience: LibrarySearch(self.library, audience) for audience in audiences}

    def _is_there(self, place: Place) -> bool:
        if place.kind == "rule":
            return any(rule.id == place.id for rule in self.content.rules)
        return self.library.page(place.id, place.audience) is not None
