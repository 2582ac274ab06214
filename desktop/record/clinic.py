"""Whom a clinician sees today: patients, drafts to resume, and the way into a consultation."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec import Struct

from db.store import Store
from desktop.clinical.content import Content
from desktop.clinical.rules import Urgency
from desktop.clinical.working_days import WorkingDays, load_working_days
from desktop.record import patients
from desktop.record.board import Board
from desktop.record.consultation import Clock, Consultation
from desktop.record.directory import Directory
from desktop.record.encounter import Encounter, Patient
from desktop.record.last_visit import last_visit
from desktop.record.notes import FoundNote, find_notes
from desktop.record.practice import PracticeRecord, with_contacts
from desktop.record.registry import Registry
from desktop.record.resuming import place_of, resumed, rules_of
from desktop.record.roles import Act, Rights
from desktop.record.rule_files import RuleFiles

if TYPE_CHECKING:
    from db.versions import StoredVersion
    from desktop.record.accounts import Accounts
    from desktop.record.audit import Audit
    from desktop.record.backups import Backups
    from desktop.record.course import Course
    from desktop.record.documents import EncounterDocuments
    from desktop.record.phrases import Phrases
    from desktop.record.rescreening import Rescreening
    from desktop.record.review import Review
    from desktop.record.signed import SignedVersion
    from desktop.record.subject_access import SubjectAccess
    from desktop.record.trail import AuditTrail
    from desktop.record.waiting import Waiting


class Draft(Struct, frozen=True):
    """`asked` of `of` items of the safety screen have an answer; `urgency_word` is the highest raised.

    `item` is the question that was in hand; `amends` says that it was signed and is being amended; `patient_says`
    counts what came from the waiting-room form and nobody has confirmed.
    """

    encounter_uid: str
    patient: Patient
    began_at: datetime
    changed_at: datetime
    asked: int
    of: int
    urgency_word: str
    item: str | None = None
    amends: bool = False
    patient_says: int = 0


class Finished(Struct, frozen=True):
    """An encounter that was signed, or amended, on the day in question."""

    encounter: Encounter
    version: SignedVersion


Follower = Callable[[Store, "SignedVersion"], object]


class Clinic:
    """`who` is the account that the record names; `rights` say what it may do.

    `demo`: every patient is invented, and every screen and page says so; there are no accounts then. `followers` are
    called while an encounter is being signed, in the same transaction: what they make of the signed plan is there
    with it, or neither is.
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
        accounts: Accounts | None = None,
        new_uid: Callable[[], str] = lambda: str(uuid.uuid4()),
        followers: Sequence[Follower] = (),
    ) -> None:
        self._as_shipped, self.who, self.zone, self.demo = content, who, zone, demo
        self.rights = rights or Rights.of_demonstration(who)
        self._store, self._clock, self.new_uid = store, clock, new_uid
        self._followers = tuple(followers)
        self._contents: dict[str, Content | None] = {}
        self.may, self.accounts = self.rights.may, accounts
        self.practice = PracticeRecord(store, who=who, clock=clock, rights=self.rights if accounts else None)
        self.directory = Directory(content, self.practice, lambda: clock().astimezone(zone).date())
        self.content = with_contacts(content, self.practice.now)
        self.registry = Registry(store, rights=self.rights, clock=clock, zone=zone, new_uid=new_uid)
        self.board = Board(store, clock, zone)

    # What a consultation does without is loaded when somebody first asks for it.

    @cached_property
    def trail(self) -> AuditTrail:
        from desktop.record.trail import AuditTrail

        return AuditTrail(self._store, rights=self.rights, clock=self._clock, zone=self.zone)

    @cached_property
    def backups(self) -> Backups:
        from desktop.record.backups import Backups

        return Backups(self._store, rights=self.rights, clock=self._clock)

    @cached_property
    def access(self) -> SubjectAccess:
        from desktop.record.subject_access import SubjectAccess

        return SubjectAccess(self._store, rights=self.rights, clock=self._clock)

    @cached_property
    def audit(self) -> Audit:
        from desktop.record.audit import Audit

        return Audit(self._store, self.zone)

    @cached_property
    def rescreening(self) -> Rescreening:
        from desktop.record.rescreening import Rescreening

        return Rescreening(self, self._store, self._clock)

    @cached_property
    def phrases(self) -> Phrases:
        from desktop.record.phrases import Phrases

        return Phrases(self._store, rights=self.rights, clock=self._clock)

    @property
    def working_days(self) -> WorkingDays:
        """With the bank holidays of the practice's nation."""
        return load_working_days(self.practice.now.nation, self.zone)

    def use_directory(self, *consultations: Consultation) -> None:
        """The directory has changed: plans from now on, and those of the consultations, name its numbers."""
        self.content = with_contacts(self._as_shipped, self.practice.now)
        for consultation in consultations:
            consultation.use(self.content)

    def patients(self, text: str = "") -> tuple[Patient, ...]:
        """By name, NHS number or date of birth; without text the first ones by name."""
        return tuple(patients.find_patients(self._store, text))

    def notes_with(self, text: str) -> tuple[FoundNote, ...]:
        """Texts with these words, for who may write them; the latest comes first."""
        return tuple(find_notes(self._store, self.content, text)) if self.may(Act.ANSWER) else ()

    def drafts(self) -> tuple[Draft, ...]:
        """The one worked on last comes first."""
        return tuple(self._draft(encounter) for encounter in patients.drafts(self._store))

    def drafts_with_a_form(self) -> tuple[Draft, ...]:
        """Those in which a patient said something. The rail asks with every change, so the others are not assessed."""
        drafts = patients.drafts(self._store)
        return tuple(self._draft(one) for one in drafts if self._store.patient_spoke(one.uid))

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

    def waiting(self, encounter_uid: str) -> Waiting:
        """The form for the patient of this encounter; the trail tells that the screen was handed over.

        Raises ContentError where the form has mistakes, and then nothing has changed.
        """
        self.rights.need(Act.ANSWER)
        from desktop.clinical.waiting_room import load_waiting_rooms, offered_forms
        from desktop.record.waiting import Waiting

        rooms = offered_forms(load_waiting_rooms(self.content))
        waiting = Waiting(self.resume(encounter_uid), *rooms)
        self.tell("screen handed to the patient", encounter=encounter_uid)
        return waiting

    def begin(self, patient_uid: str) -> Consultation:
        self.rights.need(Act.ANSWER)
        at = self._clock()
        with self._store.all_or_nothing():
            self._keep_rules(at)
            row = self._store.begin_encounter(
                self.new_uid(),
                patient_uid=patient_uid,
                at=at,
                clinician=self.who,
                rule_set=self.content.rule_set,
                rules=self.rules.mark,
            )
        return self._open(patients.encounter_of(self._store, row))

    def begin_unidentified(self) -> Consultation:
        """Who it is can be said later: by filling in the details, or by merging with a patient who is known."""
        self.rights.need(Act.ANSWER)
        return self.begin(self.registry.add_unidentified().uid)

    def resume(self, encounter_uid: str) -> Consultation:
        """`resumed` of it tells where the clinician was and what changed in the meantime."""
        self.rights.need(Act.ANSWER)
        consultation = self._open(self.encounter(encounter_uid))
        consultation.resumed = resumed(self._store, consultation)
        consultation.record_held()
        consultation.settle()
        return consultation

    def look_at(self, encounter_uid: str) -> Consultation:
        """As it stands, without opening it for anybody: nothing is written."""
        return self._open(self.encounter(encounter_uid))

    def encounter(self, encounter_uid: str) -> Encounter:
        return patients.encounter_of(self._store, self._store.encounter(encounter_uid))

    def encounters(self, patient_uid: str) -> tuple[Encounter, ...]:
        """The latest comes first; those of a patient who was merged with this one among them."""
        return tuple(patients.encounters(self._store, patient_uid))

    def course(self, patient_uid: str) -> Course:
        """What was measured over all signed encounters and results, and what changed last."""
        from desktop.record.course import course_of

        return course_of(self._store, self.content, patient_uid)

    def review(self, consultation: Consultation) -> Review:
        from desktop.clinical.reasons import load_reasons
        from desktop.record.review import Review

        return Review(consultation, self._store, load_reasons(), clock=self._clock)

    def documents(self, encounter_uid: str) -> EncounterDocuments:
        from desktop.record.documents import EncounterDocuments

        return EncounterDocuments(self._store, encounter_uid, rights=self.rights, clock=self._clock)

    def sign(self, review: Review) -> SignedVersion:
        """All of it or nothing: the version, and what the followers make of it."""
        from desktop.record.signed import statement

        self.rights.need(Act.SIGN)
        review.refuse_unready()
        consultation, at = review.consultation, self._clock()
        with self._store.all_or_nothing():
            self._keep_rules(at)
            self._store.sign_encounter(
                consultation.encounter.uid,
                who=self.who,
                at=at,
                assessment_json=statement(consultation, review.decisions),
                rule_set=self.content.rule_set,
            )
            version = self.versions(consultation.encounter.uid)[-1]
            for follow in self._followers:
                follow(self._store, version)
        return version

    def amend(self, encounter_uid: str, reason: str) -> Consultation:
        """Opens what is signed; until it is signed again the version before it is what counts."""
        self.rights.need(Act.SIGN)
        with self._store.all_or_nothing():
            self._store.reviews.begin_amendment(encounter_uid, reason=reason, who=self.who, at=self._clock())
        return self.resume(encounter_uid)

    def give_up_amendment(self, encounter_uid: str) -> None:
        self.rights.need(Act.SIGN)
        self._store.give_up_amendment(encounter_uid, who=self.who, at=self._clock())

    def amendment_reason(self, encounter_uid: str) -> str:
        return self._store.reviews.amendment_reason(encounter_uid)

    def versions(self, encounter_uid: str) -> tuple[SignedVersion, ...]:
        """As it was signed first, then each amendment."""
        encounter = self.encounter(encounter_uid)
        return tuple(self._version(encounter, stored) for stored in self._store.versions_of(encounter_uid))

    def version_heads(self, encounter_uid: str) -> tuple[SignedVersion, ...]:
        """As `versions`, without assessment and content: for lists."""
        encounter = self.encounter(encounter_uid)
        stored = self._store.versions_of(encounter_uid)
        return tuple(self._version(encounter, one, drawn=False) for one in stored)

    def finished(self, day: date | None = None) -> tuple[Finished, ...]:
        """Signed or amended on that day, by default today, by the practice's calendar; the latest comes first."""
        day = day or self._clock().astimezone(self.zone).date()
        start = datetime.combine(day, time(), self.zone)
        end = datetime.combine(day + timedelta(days=1), time(), self.zone)
        found = (
            (patients.encounter_of(self._store, row), version)
            for row, version in self._store.signed_between(start, end)
        )
        return tuple(
            Finished(encounter, self._version(encounter, version, drawn=False)) for encounter, version in found
        )

    @cached_property
    def rules(self) -> RuleFiles:
        return RuleFiles(self.content.folder, self.content.overlay, self.content.mark)

    def _keep_rules(self, at: datetime) -> None:
        mark, reviews = self.rules.mark, self._store.reviews
        if not reviews.has_rules(mark) and (files := self.rules.packed()) is not None:
            reviews.keep_rules(mark, self.content.rule_set, files, who=self.who, at=at)

    def _version(self, encounter: Encounter, stored: StoredVersion, *, drawn: bool = True) -> SignedVersion:
        """`drawn`: with assessment and content, for the papers; a list needs neither."""
        from desktop.record.signed import read_version

        content_of = self._content_of if drawn else lambda mark: None
        return read_version(encounter, stored, content_of, self.name_of)

    def _content_of(self, mark: str) -> Content | None:
        if mark == self.rules.mark:
            return self._as_shipped
        if mark not in self._contents:
            self._contents[mark] = rules_of(self._store, mark)
        return self._contents[mark]

    def _open(self, encounter: Encounter) -> Consultation:
        return Consultation(
            self.content,
            self._store,
            encounter,
            who=self.who,
            clock=self._clock,
            zone=self.zone,
            name=self.rights.name,
            rules=self.rules.mark,
            last_visit=last_visit(self._store, self.content, encounter),
            need=lambda: self.rights.need(Act.ANSWER),
        )

    def _draft(self, encounter: Encounter) -> Draft:
        consultation = self._open(encounter)
        screen = consultation.safety_screen
        urgency = max((rule.level for rule in consultation.raised_rules()), default=Urgency.none)
        return Draft(
            encounter_uid=encounter.uid,
            patient=encounter.patient,
            began_at=encounter.began_at,
            changed_at=encounter.changed_at,
            asked=screen.asked,
            of=screen.of,
            urgency_word=urgency.word,
            item=place_of(self._store, consultation),
            amends=consultation.is_amendment,
            patient_says=consultation.unconfirmed,
        )
