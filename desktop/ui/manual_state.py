"""Where in the manual somebody is, while panels come and go."""

from __future__ import annotations

from msgspec import Struct, field

from desktop.manual import FIRST, page

MOST_BACK = 50
OF_ROOM = {
    "today": "docs/first-letter",
    "consultation": "docs/for-gps#in-the-consultation",
    "review": "docs/for-gps#deciding",
    "documents": "docs/for-receptionists#printing",
    "signed-documents": "docs/for-receptionists#printing",
    "encounter": "docs/for-gps#deciding",
    "patients": "docs/for-gps#afterwards",
    "follow-up": "docs/for-gps#afterwards",
    "audit": "docs/for-practice-managers#audit",
    "library": "docs/for-gps#looking-something-up",
    "settings": "docs/for-practice-managers",
}


class ManualState(Struct):
    """`place` is the id of a page, with `#` and a heading where that is meant."""

    place: str = FIRST
    back: list[tuple[str, int]] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.place.partition("#")[0]

    @property
    def heading(self) -> str:
        return self.place.partition("#")[2]

    def go(self, place: str, *, scroll: int = 0) -> bool:
        """Whether there is such a page. `scroll` is how far down the one that is left was."""
        if page(place.partition("#")[0]) is None:
            return False
        if place != self.place:
            self.back = [*self.back, (self.place, scroll)][-MOST_BACK:]
        self.place = place
        return True

    def go_back(self) -> int:
        """How far down the page was when it was left."""
        if not self.back:
            return 0
        self.place, scroll = self.back.pop()
        return scroll
