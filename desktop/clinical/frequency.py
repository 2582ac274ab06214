"""Chances as natural frequencies: so many people in so many, never with more than two digits."""

from __future__ import annotations

from collections.abc import Iterable
from math import floor, log10

from desktop.clinical.chance import Chance
from desktop.clinical.dates import SPACE

BASES = (100, 1000, 10_000, 100_000)


def base_for(chances: Iterable[Chance]) -> int:
    """The smallest base in which all of them are whole people, so that figures side by side can be compared."""
    least = min(chance.low for chance in chances)
    return next((base for base in BASES if least * base >= 1), BASES[-1])


def frequency_words(chance: Chance, base: int) -> str:
    """`about 7 in 1000, from 2 to 20`."""
    point, low, high = (people_words(one, base) for one in (chance.point, chance.low, chance.high))
    about = f"{point} in {_figure(base)}" if " " in point else f"about {point} in {_figure(base)}"
    return about if low == point == high else f"{about}, from {low} to {high}"


def people_words(share: float, base: int) -> str:
    """Never none and never all of them: a study is too small to say so."""
    people = _two_digits(share * base)
    if people < 1:
        return "fewer than 1"
    return "nearly all" if people >= base else _figure(people)


def _two_digits(amount: float) -> int:
    if amount < 10:
        return floor(amount + 0.5)
    step = int(10 ** (floor(log10(amount)) - 1))
    return floor(amount / step + 0.5) * step


def _figure(number: int) -> str:
    return str(number) if number < 10_000 else f"{number:,}".replace(",", SPACE)
