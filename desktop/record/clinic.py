"""Whom a clinician sees today: patients, drafts to resume, and the way into a consultation."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from db.store import Store
from desktop.clinical.content import Content
from desktop.record import patients
from desktop.record.consultation import Clock, Consultation
from desktop.record.encounter import Encounter, Patient
from desktop.record.roles import Act, Rights


@dataclass(frozen=True)
class Draft:
    """`asked` of `of` items of the safety screen have an answer; `urgency_word` is the highest raised."""

    encounter_uid: str
    patient: Patient
    began_at: datetime
    changed_at: datetime
    asked: int
    of: int
    urgency_word: str


class Clinic:
    """`who` is the account that the record names; `rights` say what it may do.

    `demo`: every patient is invented, and every screen and page says so.
    """

    def __init__(
        self,
        content: Content,
        store: Store,
        *,
        who: str,
        clock: Clock,
        zone: ZoneInfo,
        demo: bool = False,
        rights: Rights | None = None,
        new_uid: Callable[[], str] = lambda: str(uuid.uuid4()),
    ) -> None:
        self.content, self.who, self.zone, self.demo = content, who, zone, demo
        self.rights = rights or Rights.of_demonstration(who)
        self._store, self._clock, self._new_uid = store, clock, new_uid
        self.may = self.rights.may

    def patients(self, text: str = "") -> tuple[Patient, ...]:
        """By name, NHS number or date of birth; without text the first ones by name."""
        return tuple(patients.find_patients(self._store, text))

    def drafts(self) -> tuple[Draft, ...]:
        """The one worked on last comes first."""
        return tuple(self._draft(encounter) for encounter in patients.drafts(self._store))

    @property
    def trail_head(self) -> str:
        """As a footer has it, `1234·9f8e7d6c`: kept on paper, it shows later that no row was cut off before it."""
        return str(self._store.trail.head())

    def name_of(self, user: str) -> str:
        """Of who has or had an account; anybody else is called as the record calls them."""
        return next((each.name for each in self._store.accounts.all() if each.user == user and each.name), user)

    def tell(self, what: str, **which: object) -> None:
        """Appends what was looked at, printed or exported to the trail: ids only, never names."""
        with self._store.all_or_nothing():
            self._store.trail.append(who=self.who, at=self._clock(), what=what, which=which)

    def begin(self, patient_uid: str) -> Consultation:
        self.rights.need(Act.ANSWER)
        row = self._store.begin_encounter(
            self._new_uid(),
            patient_uid=patient_uid,
            at=self._clock(),
            clinician=self.who,
            rule_set=self.content.rule_set,
        )
        return self._open(patients.encounter_of(self._store, row))

    def resume(self, encounter_uid: str) -> Consultation:
        self.rights.need(Act.ANSWER)
        return self._open(patients.encounter_of(self._store, self._store.encounter(encounter_uid)))

    def _open(self, encounter: Encounter) -> Consultation:
        return Consultation(self.content, self._store, encounter, who=self.who, clock=self._clock, zone=self.zone)

    def _draft(self, encounter: Encounter) -> Draft:
        assessment = self._open(encounter).assessment
        return Draft(
            encounter_uid=encounter.uid,
            patient=encounter.patient,
            began_at=encounter.began_at,
            changed_at=encounter.changed_at,
            asked=assessment.safety_screen.asked,
            of=assessment.safety_screen.of,
            urgency_word=assessment.urgency.word,
        )
