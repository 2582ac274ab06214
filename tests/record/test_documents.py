"""What is printed, saved or copied is kept first, told to the trail, and comes back byte for byte."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from db.errors import NotAllowed, NotInStore
from db.roles import Role
from db.store import Store
from desktop.clinical.content import Content
from desktop.record.clinic import Clinic
from desktop.record.documents import EncounterDocuments, Material
from desktop.record.encounter import LONDON, Patient
from desktop.record.followers import followers_of
from desktop.record.practice import ContactEntry, PracticeRecord
from desktop.record.roles import Rights

from ..hand_clock import HandClock

DOCTOR = Rights("rahman", "Dr A. Rahman", frozenset({Role.CLINICIAN}))


@pytest.fixture
def encounter(practice_clinic: Clinic, walker: Patient):
    consultation = practice_clinic.begin(walker.uid)
    consultation.answer("cancer_history", True)
    consultation.answer("limb_weakness", "new")
    return consultation


@pytest.fixture
def documents(store: Store, encounter, hand_clock: HandClock) -> EncounterDocuments:
    return EncounterDocuments(store, encounter.encounter.uid, rights=DOCTOR, clock=hand_clock)


@pytest.fixture
def draft(documents: EncounterDocuments, practice_clinic: Clinic, encounter) -> Material:
    return documents.material_of_draft(encounter, practice_clinic.review(encounter).decisions)


def test_a_draft_that_leaves_is_kept_with_what_it_said(
    documents: EncounterDocuments, draft: Material, store: Store
) -> None:
    kept = documents.keep(draft, "summary", b"%PDF 1", title="Clinical summary", form="pdf", way="printed")
    assert (kept.version, documents.data(kept)) == (0, b"%PDF 1")
    assert json.loads(store.documents.statement(kept.seq))["assessment"]["urgency"] == "emergency"


def test_the_trail_says_what_left_how_and_by_whom(documents: EncounterDocuments, draft: Material, store: Store) -> None:
    documents.keep(draft, "summary", b"%PDF 1", title="Clinical summary", form="pdf", way="printed", where="Office")
    told = [(entry.what, entry.who) for entry in store.trail.entries()][-2:]
    assert told == [("document kept", "rahman"), ("document printed", "rahman")]
    which = json.loads(list(store.trail.entries())[-1].which)
    assert (which["id"], which["where"], "Walker" in json.dumps(which)) == ("summary", "Office", False)


def test_a_reprint_is_the_same_document(documents: EncounterDocuments, draft: Material, store: Store) -> None:
    first = documents.keep(draft, "summary", b"%PDF 1", title="Clinical summary", form="pdf", way="printed")
    again = documents.keep(draft, "summary", b"%PDF 1", title="Clinical summary", form="pdf", way="saved")
    documents.tell_again(first, "printed")
    assert (again.seq, len(documents.kept())) == (first.seq, 1)
    assert [entry.what for entry in store.trail.entries()][-2:] == ["document saved", "document printed"]


def test_the_store_vouches_for_every_byte(documents: EncounterDocuments, draft: Material, store: Store) -> None:
    kept = documents.keep(draft, "summary", b"%PDF 1", title="Clinical summary", form="pdf", way="printed")
    assert store.verify() is None
    store._database.execute("DROP TRIGGER documents_refuse_update")
    store._database.execute("UPDATE documents SET data = ? WHERE seq = ?", [b"%PDF 2", kept.seq])
    broken = store.verify()
    assert broken is not None
    assert "document kept" in str(broken)


@pytest.mark.parametrize("change", ["UPDATE documents SET title = ''", "DELETE FROM documents"])
def test_a_kept_document_stays(documents: EncounterDocuments, draft: Material, store: Store, change: str) -> None:
    documents.keep(draft, "summary", b"%PDF 1", title="Clinical summary", form="pdf", way="printed")
    with pytest.raises(Exception, match="only ever added"):
        store._database.execute(change)


def test_who_may_not_print_keeps_nothing(store: Store, draft: Material, hand_clock: HandClock) -> None:
    nobody = Rights("admin", "An administrator", frozenset({Role.ADMINISTRATOR}))
    documents = EncounterDocuments(store, draft.encounter_uid, rights=nobody, clock=hand_clock)
    with pytest.raises(NotAllowed):
        documents.keep(draft, "summary", b"%PDF 1", title="Clinical summary", form="pdf", way="printed")
    assert documents.kept() == []


def test_a_document_needs_its_encounter(store: Store, hand_clock: HandClock) -> None:
    with pytest.raises(NotInStore), store.all_or_nothing():
        store.documents.keep(
            "none", "summary", b"", title="", form="pdf", version=0, who="x", at=hand_clock(), statement=""
        )


def test_the_signed_version_is_what_is_printed(
    store: Store, practice_clinic: Clinic, encounter, documents: EncounterDocuments, hand_clock: HandClock
) -> None:
    review = practice_clinic.review(encounter)
    review.write_impression("Cord compression until shown otherwise.")
    for flag in encounter.assessment.open_flags:
        review.accept(flag.rule.id)
    practice_clinic.sign(review)
    PracticeRecord(store, who="x", clock=hand_clock).change_contact("mscc_coordinator", ContactEntry("01632 960 114"))
    material = documents.material_of_signed(practice_clinic.versions(encounter.encounter.uid)[-1])
    assert material is not None
    assert (material.version, material.signer, material.said) == (1, practice_clinic.rights.name, "")
    assert material.content.contacts["mscc_coordinator"].telephone == "01632 960 114"
    assert material.patient.born == date(1964, 3, 14)


def test_what_was_signed_after_midnight_in_summer_time_can_be_printed(
    practice_clinic: Clinic, walker: Patient, documents: EncounterDocuments, hand_clock: HandClock
) -> None:
    """In UTC it is still yesterday, and a scan of today would lie in the future."""
    hand_clock.now = datetime(2027, 7, 1, 23, 30, tzinfo=UTC)
    consultation = practice_clinic.begin(walker.uid)
    consultation.answer("imaging_finding", frozenset({"infection"}))
    consultation.answer("imaging_date", date(2027, 7, 2))
    review = practice_clinic.review(consultation)
    review.write_impression("Discitis")
    for flag in consultation.assessment.flags:
        review.accept(flag.rule.id)
    version = practice_clinic.sign(review)
    assert version.assessment is not None
    assert version.assessment.answers["imaging_date"] == date(2027, 7, 2)
    assert documents.material_of_signed(version) is not None
    assert practice_clinic.course(walker.uid).visits[-1].at == hand_clock.now


def test_a_line_that_somebody_called_done_is_done_on_paper(
    store: Store, shipped: Content, walker: Patient, hand_clock: HandClock
) -> None:
    clinic = Clinic(shipped, store, who="x", clock=hand_clock, zone=LONDON, followers=followers_of(store, LONDON))
    consultation = clinic.begin(walker.uid)
    review = clinic.review(consultation)
    review.write_impression("")
    review.add_line("Ring her daughter")
    uid = clinic.sign(review).encounter_uid
    (one,) = store.followups.of_encounter(uid)
    documents, version = clinic.documents(uid), clinic.versions(uid)[-1]
    before = documents.material_of_signed(version)
    store.followups.change(one.uid, "done", {}, who="x", at=hand_clock(), state="done", outcome="done")
    after = documents.material_of_signed(version)
    assert before is not None
    assert after is not None
    assert (before.done, set(after.done)) == ({}, {one.line})
