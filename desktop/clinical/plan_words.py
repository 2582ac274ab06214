"""Lines of a plan in words, the same on screen and paper."""

from __future__ import annotations

from desktop.clinical.dates import HYPHEN, SPACE
from desktop.clinical.plan import Bloods


def within_words(within: str | None, timing: str) -> str:
    """`within 4 hours of the request, in hospital`; empty where nothing is said."""
    limit = {None: "", "now": "now"}.get(within, f"within {within}")
    if within and starts_elsewhere(timing):
        return f"{limit} {timing}"
    return ", ".join(part for part in (limit, timing) if part)


def starts_elsewhere(timing: str) -> bool:
    """Somebody else starts the clock, as with “4 hours of the request”: then no time of the day is known."""
    return timing.startswith("of ")


def telephone_words(number: str) -> str:
    """Never broken over two lines."""
    return number.replace(" ", SPACE).replace("-", HYPHEN)


def bloods_words(line: Bloods) -> str:
    """`Within 2 weeks: full blood count, adjusted calcium`."""
    limit = within_words(line.within, line.timing)
    tests = ", ".join(line.tests)
    return f"{limit[:1].upper()}{limit[1:]}: {tests}" if limit else tests
