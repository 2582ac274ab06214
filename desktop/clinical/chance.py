"""Arithmetic of chances: odds, likelihood ratios, and an interval in closed form on the log-odds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log, sqrt

WIDE = 1.96
"""Standard errors on either side of a 95 % interval."""


@dataclass(frozen=True)
class Chance:
    """A share between 0 and 1 with its 95 % interval."""

    point: float
    low: float
    high: float


@dataclass(frozen=True)
class Amount:
    """Something known about as well as a bell curve on the log scale: log-odds, or the log of a likelihood ratio."""

    centre: float
    error: float

    def times(self, weight: float) -> Amount:
        return Amount(self.centre * weight, self.error * weight)

    def chance(self) -> Chance:
        """Read as log-odds."""
        return Chance(*(share(self.centre + step * WIDE * self.error) for step in (0, -1, 1)))


def together(amounts: Iterable[Amount]) -> Amount:
    """Their sum, as if each were uncertain on its own."""
    parts = tuple(amounts)
    return Amount(sum(part.centre for part in parts), sqrt(sum(part.error**2 for part in parts)))


def log_odds(chance: float) -> float:
    return log(chance / (1 - chance))


def share(log_odds: float) -> float:
    return 1 / (1 + exp(-log_odds))


def counted(events: int, of: int) -> Amount:
    """Log-odds of a counted share; the error is the usual one for counts, the root of 1/events + 1/others."""
    others = of - events
    return Amount(log(events / others), sqrt(1 / events + 1 / others))


def spread(low: float, high: float) -> float:
    """The standard error behind a 95 % interval whose ends are given on the log scale."""
    return (high - low) / (2 * WIDE)


def after(chance: float, ratio: float) -> float:
    """The chance after a finding with this likelihood ratio."""
    return share(log_odds(chance) + log(ratio))


def ratios_of(sensitivity: float, specificity: float) -> tuple[float, float]:
    """The likelihood ratios of a finding that is there and of one that is not."""
    return sensitivity / (1 - specificity), (1 - sensitivity) / specificity


def accuracy_of(positive: float, negative: float) -> tuple[float, float]:
    """Sensitivity and specificity behind a pair of likelihood ratios."""
    specificity = (positive - 1) / (positive - negative)
    return positive * (1 - specificity), specificity


def ratio_of_counts(*, ill_with: int, well_with: int, ill_without: int, well_without: int) -> Amount:
    """The log of a positive likelihood ratio from a two by two table, with its error (Simel 1991)."""
    ill, well = ill_with + ill_without, well_with + well_without
    error = sqrt(1 / ill_with - 1 / ill + 1 / well_with - 1 / well)
    return Amount(log((ill_with / ill) / (well_with / well)), error)


def odds_ratio_of(sensitivity: float, specificity: float) -> float:
    positive, negative = ratios_of(sensitivity, specificity)
    return positive / negative


def disagree(printed: float, computed: float) -> bool:
    """Whether a printed figure cannot come from the figures beside it; rounding stays well below this."""
    return abs(log(printed / computed)) > 0.2
