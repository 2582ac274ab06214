"""Lines of a plan in words, the same on screen and paper."""

from __future__ import annotations

from desktop.clinical.dates import HYPHEN, SPACE
from desktop.clinical.plan import Bloods, Referral
from desktop.clinical.words import lower_first, upper_first


def asking_words(line: Referral, soon: str = "") -> str:
    """`Phone the MSCC coordinator`, `Urgent referral to MSK or spinal service`; by when is said beside it, but where
    `soon` says it of a call."""
    how, to = line.how, lower_first(line.to)
    if how.startswith("999"):
        return f"Call 999{how.removeprefix('999')}: {to}"
    if is_rung(line):
        rest = how.removeprefix("telephone").removeprefix(" today").strip()
        return f"Phone the {to}{soon}" + (f": {rest}" if rest else "").replace(": ,", ",")
    if "referral" in how and not how.startswith("self"):
        return f"{upper_first(how)} to {to}"
    return f"{line.to}, {how}" if how.startswith("by ") else f"{upper_first(how)}: {to}"


def is_rung(line: Referral) -> bool:
    return line.how.startswith("telephone") and not line.own


def is_called(line: Referral, what: str) -> bool:
    """Plans that were signed until 28 November 2026 called it otherwise."""
    return what in (asking_words(line), f"{line.to}: {line.how}")


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
