"""One place under several names is one destination: an ambulance goes to one door, and one call says all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from desktop.clinical.limits import length
from desktop.clinical.plan import Referral
from desktop.clinical.rules import Contact
from desktop.clinical.scans import joined, union

AMBULANCE = "999"


def by_ambulance(referrals: Sequence[Referral]) -> bool:
    return any(line.how.startswith(AMBULANCE) for line in referrals)


def one_each(referrals: Sequence[Referral], contacts: Mapping[str, Contact]) -> list[Referral]:
    """A place that another one on the list includes is asked there; among several, the one that includes most."""
    kept = {line.contact: line for line in referrals if not contacts[line.contact].own}
    for line in sorted(kept.values(), key=lambda line: len(contacts[line.contact].includes)):
        wider = [other for other in kept.values() if line.contact in contacts[other.contact].includes]
        if wider:
            door = max(wider, key=lambda other: len(contacts[other.contact].includes))
            kept[door.contact] = _at_one_door(kept[door.contact], kept.pop(line.contact))
    standing = [line for line in referrals if contacts[line.contact].own or line.contact in kept]
    return [kept.get(line.contact, line) for line in standing]


def _at_one_door(wide: Referral, narrow: Referral) -> Referral:
    ambulance = by_ambulance([narrow]) and not by_ambulance([wide])
    return replace(
        wide,
        how=narrow.how if ambulance else wide.how,
        within=min(wide.within, narrow.within, key=length),
        due=min(wide.due, narrow.due),
        note=" ".join(dict.fromkeys(filter(None, (wide.note, narrow.note)))),
        why=joined(wide.why, narrow.why),
        rules=union((wide.rules, narrow.rules)),
    )
