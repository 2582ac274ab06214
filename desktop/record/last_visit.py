"""The visit before this one: shown beside today's questions, compared with today's answers, never counted as asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from db.store import Store
from desktop.clinical.answer import read_stored
from desktop.clinical.checklist import Answer
from desktop.clinical.content import Content
from desktop.record import patients
from desktop.record.encounter import Encounter

COMPARED_FOR = timedelta(days=365)
"""An older visit is shown and not compared: it was for another pain, as likely as not (our own judgement)."""


class LastVisit(Struct, frozen=True):
    """`answers` are the clinician's own of then; `comparable`: recent enough to say what has become worse since."""

    encounter: str
    at: datetime
    answers: Mapping[str, Answer]
    comparable: bool


def last_visit(store: Store, content: Content, encounter: Encounter) -> LastVisit | None:
    """The last one before that was signed. Answers that can't be read any more say nothing."""
    for one in patients.encounters(store, encounter.patient.uid):
        if one.state == "signed" and one.uid != encounter.uid and one.began_at < encounter.began_at:
            recent = encounter.began_at - one.began_at <= COMPARED_FOR
            return LastVisit(one.uid, one.began_at, _answers(store, content, one), recent)
    return None


def _answers(store: Store, content: Content, encounter: Encounter) -> dict[str, Answer]:
    stored = store.answers_of(encounter.uid)
    return read_stored(content.items, {id: one.value for id, one in stored.items() if one.said_by != "patient"})
