"""The plan of one assessment: what has to be done, by when and by whom, as screen and paper draw it."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from desktop.clinical.rules import Indication


class Immediate(Struct, frozen=True):
    text: str
    rules: tuple[str, ...]
    first: bool = False


class Imaging(Struct, frozen=True):
    """`within` None: somebody else sets the limit, `timing` says who. `then`: waits for another result."""

    modality: str
    region: str
    within: str | None
    timing: str
    due: datetime | None
    arranged_by: str
    why: str
    purpose: str
    then: str | None
    contrast: bool
    indications: tuple[Indication, ...]
    rules: tuple[str, ...]
    safety: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()

    @property
    def spinal(self) -> bool:
        return "spine" in self.region


class Bloods(Struct, frozen=True):
    tests: tuple[str, ...]
    within: str | None
    timing: str
    due: datetime | None
    rules: tuple[str, ...]


class Referral(Struct, frozen=True):
    """Whom to ask, with what the directory says of them; `directions` is how they want to be referred to."""

    contact: str
    to: str
    how: str
    within: str
    due: datetime
    note: str
    why: str
    rules: tuple[str, ...]
    telephone: str = ""
    hours: str = ""
    directions: str = ""
    own: bool = False

    @property
    def lacks_number(self) -> bool:
        """A plan that names an empty entry of the directory says so."""
        return not self.own and not self.telephone


class SafetyNet(Struct, frozen=True):
    text: str
    card: str | None
    rules: tuple[str, ...]


class Nothing(Struct, frozen=True):
    """Why no imaging, or why no bloods."""

    kind: str
    text: str
    rules: tuple[str, ...]


class Withheld(Struct, frozen=True):
    """Imaging that does not stand, and what it waits for or what took its place."""

    modality: str
    region: str
    reason: str
    rules: tuple[str, ...]


class Plan(Struct, frozen=True):
    immediate: tuple[Immediate, ...] = ()
    imaging: tuple[Imaging, ...] = ()
    bloods: tuple[Bloods, ...] = ()
    referral: tuple[Referral, ...] = ()
    safety_net: tuple[SafetyNet, ...] = ()
    nothing: tuple[Nothing, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    notes: tuple[str, ...] = ()
