"""Opening an encounter again: where the clinician was, and what the rules changed in the meantime."""

from __future__ import annotations

from db.store import Store
from desktop.clinical.checklist import Item
from desktop.clinical.content import Content
from desktop.clinical.mistakes import ContentError
from desktop.record.consultation import Consultation
from desktop.record.encounter import Resumed
from desktop.record.rule_files import unpack


def resumed(store: Store, consultation: Consultation) -> Resumed:
    """Before `settle` has written what stands now."""
    uid, content = consultation.encounter.uid, consultation.content
    begun = store.reviews.begun_under(uid)
    other = bool(begun) and begun != consultation.rules
    before = rules_of(store, begun) if other else None
    now = {flag.rule.id: flag.rule.flag for flag in consultation.assessment.flags}
    return Resumed(
        left_at=consultation.saved_at,
        item=place_of(store, consultation),
        another_day=consultation.began_at.astimezone(consultation.zone).date() != consultation.today(),
        rules_changed=other,
        appeared=tuple(now[rule] for rule in now if rule not in consultation.standing) if other else (),
        gone=tuple(_title(before or content, rule) for rule in sorted(consultation.standing - now.keys())),
        changed=_changed(before, consultation) if before else (),
        unreadable=tuple((_label(before or content, id), _given(store, uid, id)) for id in consultation.unreadable),
    )


def rules_of(store: Store, mark: str) -> Content | None:
    """None where they were not kept, or this program can't read them any more."""
    packed = store.reviews.rules(mark)
    try:
        return unpack(packed) if packed else None
    except ContentError:
        return None


def place_of(store: Store, consultation: Consultation) -> str | None:
    """Where the focus was, unless an answer was given after that was noted."""
    place = store.reviews.place_of(consultation.encounter.uid)
    if place is None:
        return consultation.last_item
    item, at = place
    last = consultation.said.get(consultation.last_item or "")
    return consultation.last_item if last and last.at > at else item


def _changed(before: Content, consultation: Consultation) -> tuple[str, ...]:
    """Answered questions that read otherwise than when the encounter was begun."""
    now = consultation.content.items
    both = [(before.items[id], now[id]) for id in consultation.said if id in before.items and id in now]
    return tuple(new.label for old, new in both if _asked(old) != _asked(new))


def _asked(item: Item) -> tuple[object, ...]:
    return item.ask, item.kind, item.choices, item.unit


def _title(content: Content, rule: str) -> str:
    return next((one.flag for one in content.rules if one.id == rule), rule)


def _label(content: Content, id: str) -> str:
    return content.items[id].label if id in content.items else id


def _given(store: Store, uid: str, id: str) -> str:
    value = store.encounter(uid).answers.get(id)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
