"""What has become worse since the last visit, by comparing its answers with those of today.

The earlier answers are never counted as asked today: only the comparison is, and only where both sides are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desktop.clinical.checklist import Answer, Person, Range
from desktop.clinical.condition import Known
from desktop.clinical.content import Content
from desktop.clinical.knowledge import know

CAUDA_EQUINA = ("bladder_change", "bowel_change", "saddle_numbness", "sexual_change")


def since_last_visit(
    content: Content, person: Person, earlier: Mapping[str, Answer], today: Mapping[str, Answer]
) -> dict[str, Answer]:
    """The answers that the record can give by itself; what cannot be compared is left out: not asked, never no.

    To be laid beneath the clinician's own: `assess(content, person, since_last_visit(…) | today, at)`.
    """
    then, now = know(content, person, earlier), know(content, person, today)
    power = [id for id in content.items if id.startswith("power_")]
    compared = {
        "weaker_since": _any(_fell(then.get(id), now.get(id)) for id in power if id in earlier),
        "cauda_since": _any(_began(then.get(id), now.get(id)) for id in CAUDA_EQUINA),
    }
    answers: dict[str, Answer] = {"seen_before": True}
    return answers | {id: found for id, found in compared.items() if found is not None}


def _fell(then: Known, now: Known) -> bool | None:
    """Certain only where every figure that is possible now is lower, or none is."""
    if not isinstance(then, Range) or not isinstance(now, Range):
        return None
    if now.high < then.low or (now.high == then.low and (now.high_open or then.low_open)):
        return True
    return False if now.low >= then.high else None


def _began(then: Known, now: Known) -> bool | None:
    """What was there at the last visit did not begin since; what was not asked then says nothing."""
    if now == "no":
        return False
    if then is None or now is None:
        return None
    return then == "no"


def _any(found: Iterable[bool | None]) -> bool | None:
    """One certain yes is enough; a no needs them all."""
    seen = list(found)
    if True in seen:
        return True
    return None if None in seen or not seen else False
