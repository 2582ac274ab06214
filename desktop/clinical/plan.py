"""The plan of one assessment: what has to be done, by when and by whom, as screen and paper draw it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.clinical.rules import Indication


@dataclass(frozen=True)
class Immediate:
    text: str
    rules: tuple[str, ...]
    first: bool = False


@dataclass(frozen=True)
class Imaging:
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


@dataclass(frozen=True)
class Bloods:
    tests: tuple[str, ...]
    within: str | None
    timing: str
    due: datetime | None
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Referral:
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


@dataclass(frozen=True)
class SafetyNet:
    text: str
    card: str | None
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Nothing:
    """Why no imaging, or why no bloods."""

    kind: str
    text: str
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Withheld:
    """Imaging that does not stand, and what it waits for or what took its place."""

    modality: str
    region: str
    reason: str
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    immediate: tuple[Immediate, ...] = ()
    imaging: tuple[Imaging, ...] = ()
    bloods: tuple[Bloods, ...] = ()
    referral: tuple[Referral, ...] = ()
    safety_net: tuple[SafetyNet, ...] = ()
    nothing: tuple[Nothing, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    notes: tuple[str, ...] = ()
