"""Who could be taken for whom: names that look or begin alike, the two names the other way round, one birth date."""

from __future__ import annotations

import unicodedata
from collections import Counter

from desktop.record.encounter import Patient

ALIKE = 0.9
BORN_ALIKE = 0.85


def similar(patient: Patient, others: list[Patient]) -> tuple[Patient, ...]:
    """Those of `others` that a hurried reader could open in the place of `patient`. Somebody unnamed is like nobody."""
    if not patient.is_identified:
        return ()
    return tuple(one for one in others if one.uid != patient.uid and one.is_identified and _alike(patient, one))


def _alike(one: Patient, other: Patient) -> bool:
    family, given = plain(one.family), plain(one.given)
    other_family, other_given = plain(other.family), plain(other.given)
    if one.born and one.born == other.born:
        return _near(family, other_family, BORN_ALIKE) or _near(given, other_given, BORN_ALIKE)
    if family == other_given and given == other_family:
        return True
    return _near(family, other_family, ALIKE) and _given_alike(given, other_given)


def _given_alike(one: str, other: str) -> bool:
    """`Jo` beside `Joanna`, an initial, or none at all."""
    return one.startswith(other) or other.startswith(one) or _near(one, other, ALIKE)


def _near(one: str, other: str, least: float) -> bool:
    if one == other:
        return True
    if _at_most(one, other) < least:
        return False
    from rapidfuzz.distance import JaroWinkler  # 10 ms, where nobody is alike for nothing

    return JaroWinkler.similarity(one, other) >= least


def _at_most(one: str, other: str) -> float:
    """What the letters that both have allow, in whatever order, if they began alike."""
    shared = (Counter(one) & Counter(other)).total()
    if not shared:
        return 0.0
    jaro = (shared / len(one) + shared / len(other) + 1) / 3
    return jaro + 4 * 0.1 * (1 - jaro)


def plain(name: str) -> str:
    """Without accents, capitals, hyphens and spaces."""
    parts = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in parts if letter.isalnum())
