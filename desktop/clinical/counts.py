"""Two counts over the patient's answers: the NG65 features, and the three first blood results for myeloma.

Three-valued like the rules: what was not asked may still come, so a count has a certain and a possible end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.clinical.checklist import Answer, Person
from desktop.clinical.condition import Condition, Knowledge, Verdict, open_items, parse, verdict
from desktop.clinical.condition_reader import Terms
from desktop.clinical.content import Content
from desktop.clinical.knowledge import know

ENTRY = "onset_age < 45 and pain_duration_weeks > 12"
# Haemoglobin, calcium, and ESR or viscosity: the three whose joint value Koshiaris (BJGP 2018) published.
TRIAD = ("anaemia", "adjusted_calcium >= 2.6", "esr >= 30 or plasma_viscosity > 1.72")


@dataclass(frozen=True)
class Count:
    """`certain` are there already, `possible` if all that is open turned out so; `needs` would settle it."""

    certain: int
    possible: int
    of: int
    needs: tuple[str, ...]
    words: str


def ng65_count(content: Content, person: Person, answers: Mapping[str, Answer]) -> Count:
    """The nine features of NG65 1.1.5, for pain of over 12 weeks that began before 45."""
    known = know(content, person, answers)
    terms = Terms(content)
    applies = verdict(parse(ENTRY, terms), known)
    certain, possible, needs = _counted(terms["spa_features"], known)
    words = _ng65_words(applies, certain, possible)
    return Count(certain, possible, len(terms["spa_features"]), needs, words)


def myeloma_triad(content: Content, person: Person, answers: Mapping[str, Answer]) -> Count:
    """Anaemia, raised calcium, raised ESR or viscosity. A normal one takes nothing away."""
    terms = Terms(content)
    certain, possible, needs = _counted(tuple(parse(text, terms) for text in TRIAD), know(content, person, answers))
    return Count(certain, possible, len(TRIAD), needs, _myeloma_words(certain, possible))


def _counted(features: tuple[Condition, ...], known: Knowledge) -> tuple[int, int, tuple[str, ...]]:
    verdicts = [verdict(feature, known) for feature in features]
    still_open = [feature for feature, holds in zip(features, verdicts, strict=True) if holds is None]
    needs = (id for feature in still_open for id in open_items(feature, known))
    certain = verdicts.count(True)
    return certain, certain + len(still_open), tuple(dict.fromkeys(needs))


def _ng65_words(applies: Verdict, certain: int, possible: int) -> str:
    if applies is False:
        return "The count is meant for pain that began before 45 and has lasted over 12 weeks."
    start = "" if applies else "Age at onset and duration have to be known first. "
    if certain >= 4:
        return f"{start}4 or more features: refer to rheumatology."
    if certain == possible == 3:
        return f"{start}Exactly 3 features: HLA-B27, and refer if it is positive."
    if possible < 3:
        again = "Count again when a new one appears, above all psoriasis, bowel inflammation or uveitis."
        return f"{start}Fewer than 3 features today. {again}"
    return f"{start}{certain} features so far, up to {possible} with those still open."


def _myeloma_words(certain: int, possible: int) -> str:
    if certain:
        more = f", up to {possible} with those still open" if possible > certain else ""
        return f"{certain} of 3 abnormal{more}: protein electrophoresis and serum free light chains go with them."
    if possible:
        return f"None of 3 abnormal so far, up to {possible} with those still open."
    return "None of 3 abnormal. Myeloma can be there all the same: the protein tests decide."
