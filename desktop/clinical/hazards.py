"""The hazard log as data: what could harm a patient, how bad that would be, and what is done against it.

The form is that of DCB0129. Likelihood and severity are judgements; the risk follows from them by the matrix.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta

from desktop.clinical.content import Content
from desktop.clinical.mistakes import ContentError, ContentFile
from desktop.clinical.model import Model, Words
from desktop.clinical.wholeness import check_once
from resources import FOLDER

Likelihood = Literal["very low", "low", "medium", "high", "very high"]
Severity = Literal["minor", "significant", "considerable", "major", "catastrophic"]
Kind = Literal["design", "test", "training", "paper"]
TestId = Annotated[str, Meta(pattern=r"^tests/[\w/]+\.py::test_\w+\Z")]

# As the public template of the standard prints it; recalled, to be held against the standard by whoever signs.
SEVERITIES: tuple[Severity, ...] = ("minor", "significant", "considerable", "major", "catastrophic")
MATRIX: Mapping[Likelihood, tuple[int, ...]] = {
    "very high": (3, 4, 4, 5, 5),
    "high": (2, 3, 3, 4, 5),
    "medium": (2, 2, 3, 3, 4),
    "low": (1, 2, 2, 3, 4),
    "very low": (1, 1, 2, 2, 3),
}
RISK_WORDS = {1: "acceptable", 2: "acceptable", 3: "undesirable", 4: "mandatory elimination", 5: "unacceptable"}
UNDESIRABLE = 3


class Control(Model):
    """`tests` show that it works; a control that comes with later work has none and says what it `awaits`."""

    kind: Kind
    text: Words
    tests: tuple[TestId, ...] = ()
    awaits: str = ""

    def __post_init__(self) -> None:
        if bool(self.tests) == bool(self.awaits):
            raise ValueError("a control has tests, or says what it awaits: one of the two")


class Hazard(Model, kw_only=True):
    """`software_wide`: it comes from the program as such, so no rule names it."""

    id: Annotated[str, Meta(pattern=r"^H\d\d\Z")]
    hazard: Words
    causes: Annotated[tuple[Words, ...], Meta(min_length=1)]
    effect: Words
    likelihood: Likelihood
    severity: Severity
    software_wide: bool = False
    control: Annotated[tuple[Control, ...], Meta(min_length=1)]
    residual_likelihood: Likelihood
    residual_severity: Severity
    residual: Words
    accepted: str = ""
    status: Literal["no clinical safety officer has signed"]

    @property
    def risk(self) -> int:
        return risk(self.likelihood, self.severity)

    @property
    def residual_risk(self) -> int:
        return risk(self.residual_likelihood, self.residual_severity)

    def __post_init__(self) -> None:
        if self.residual_risk > self.risk:
            raise ValueError("the residual risk is higher than the risk without controls")
        if not any(control.tests for control in self.control):
            raise ValueError("none of its controls has a test")
        if self.residual_risk >= UNDESIRABLE and not self.accepted:
            raise ValueError(
                f"a residual risk of {self.residual_risk} needs a line “accepted”: by whom, or by nobody yet"
            )


def risk(likelihood: Likelihood, severity: Severity) -> int:
    return MATRIX[likelihood][SEVERITIES.index(severity)]


def load_hazards(content: Content, folder: Path = FOLDER) -> tuple[Hazard, ...]:
    """Raises ContentError with every mistake."""
    file = ContentFile(folder / "safety" / "hazards.toml", folder)
    file.only_tables("hazard")
    hazards = tuple(file.entries("hazard", Hazard))
    check_once(((file, hazard.id) for hazard in hazards), "hazards")
    for entry, key, message in _mistakes(content, hazards, file.unread):
        file.wrong(entry, key, message)
    if file.mistakes:
        raise ContentError(file.mistakes)
    return hazards


def _mistakes(content: Content, hazards: tuple[Hazard, ...], unread: set[str]) -> Iterator[tuple[str, str, str]]:
    named = {id: rule.id for rule in content.rules for id in rule.hazards}
    logged = {hazard.id for hazard in hazards}
    for id in sorted(named.keys() - logged - unread):
        yield "", "hazard", f"there is no “{id}”, which {named[id]} names"
    for hazard in hazards:
        if hazard.software_wide and hazard.id in named:
            yield hazard.id, "software_wide", f"but {named[hazard.id]} names it"
        if not hazard.software_wide and hazard.id not in named:
            yield hazard.id, "id", "is named by no rule; if it comes from the program as such, say software_wide = true"
