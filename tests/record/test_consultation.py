"""An answer is on the disk before it is on the screen, and a draft resumes where it was left."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from db.database import Database
from db.errors import DiskFull
from desktop.clinical.checklist import Said, Unsure
from desktop.record.clinic import Clinic
from desktop.record.demonstration import KEY, make_demonstration
from desktop.record.encounter import LONDON
from desktop.record.errors import RecordError

from ..hand_clock import HandClock
from ..prepared import open_store, shipped_content

AT = datetime(2026, 11, 23, 10, 40, tzinfo=UTC)


class RunningClock(HandClock):
    """Each answer comes four seconds after the one before."""

    def __call__(self):
        return self.move(seconds=4)


@pytest.fixture(scope="module")
def content():
    return shipped_content()


@pytest.fixture
def open_clinic(tmp_path, content):
    """Opens the store anew; the one opened before is closed first, as after a restart."""
    stores = []

    def opened():
        for store in stores:
            store.close()
        stores[:] = [open_store(tmp_path / "store", KEY)]
        make_demonstration(stores[0], AT, rule_set=content.rule_set)
        return Clinic(content, stores[0], who="Dr Test", clock=RunningClock(AT), zone=LONDON, demo=True)

    yield opened
    for store in stores:
        store.close()


def test_an_answer_is_stored_assessed_and_there_after_a_restart(open_clinic):
    clinic = open_clinic()
    consultation = clinic.begin(clinic.patients()[0].uid)
    assessment = consultation.answer("saddle_numbness", "new")
    assert assessment.urgency.word == "emergency"
    resumed = open_clinic().resume(consultation.encounter.uid)
    assert resumed.assessment == assessment
    assert (resumed.last_item, resumed.saved_at) == ("saddle_numbness", consultation.saved_at)


@pytest.mark.parametrize("answer", [Unsure(), Said("raised"), 12.5])
def test_every_form_of_answer_survives(open_clinic, answer):
    clinic = open_clinic()
    consultation = clinic.begin(clinic.patients()[0].uid)
    consultation.answer("crp", answer)
    assert open_clinic().resume(consultation.encounter.uid).assessment.answers["crp"] == answer


def test_back_to_not_asked_is_not_asked_after_a_restart_too(open_clinic):
    clinic = open_clinic()
    consultation = clinic.begin(clinic.patients()[0].uid)
    consultation.answer("cancer_history", True)
    assert "cancer_history" in consultation.answer("cancer_history", None).not_asked
    assert "cancer_history" in open_clinic().resume(consultation.encounter.uid).assessment.not_asked


def test_an_answer_that_could_not_be_saved_changes_nothing(open_clinic):
    clinic = open_clinic()
    consultation = clinic.begin(clinic.patients()[0].uid)
    before = consultation.assessment
    consultation.encounter = replace(consultation.encounter, uid="gone")
    with pytest.raises(RecordError):
        consultation.answer("cancer_history", True)
    assert consultation.assessment is before


@pytest.mark.parametrize("act", ["answer", "re_date", "settle"])
def test_what_the_disk_refused_is_not_taken_for_written(open_clinic, monkeypatch, act):
    """The flags that stand are told to the store with the next write, although this one failed."""
    clinic = open_clinic()
    consultation = clinic.begin(clinic.patients()[0].uid)
    consultation.answer("cancer_history", True)
    uid, store = consultation.encounter.uid, clinic._store
    store.save_answer(uid, "limb_weakness", "new", who="x", at=AT)
    consultation = clinic.look_at(uid)
    before = (consultation.began_at, consultation.assessment, consultation.standing)
    attempts = {"answer": lambda: consultation.answer("injury", False), "re_date": consultation.re_date}
    with monkeypatch.context() as disk:
        disk.setattr(Database, "commit", lambda self: (_ for _ in ()).throw(DiskFull("/store")))
        with pytest.raises(RecordError):
            attempts.get(act, consultation.settle)()
    assert (consultation.began_at, consultation.assessment, consultation.standing) == before
    consultation.settle()
    assert {flag.rule for flag in store.reviews.flags_of(uid) if flag.stands} >= {"R01"}


def test_the_age_is_that_of_the_day_the_encounter_began(open_clinic):
    clinic = open_clinic()
    patient = clinic.patients()[0]
    assert clinic.begin(patient.uid).person.age == patient.age_at(AT)


def test_drafts_say_how_far_they_came(open_clinic):
    drafts = open_clinic().drafts()
    assert len(drafts) >= 4
    assert {draft.of for draft in drafts} == {13}
    assert "emergency" in {draft.urgency_word for draft in drafts}


def test_a_stored_answer_the_checklist_no_longer_knows_is_kept_and_named(open_clinic, content):
    clinic = open_clinic()
    consultation = clinic.begin(clinic.patients()[0].uid)
    clinic._store.save_answer(consultation.encounter.uid, "gone_item", True, who="x", at=AT)
    resumed = clinic.resume(consultation.encounter.uid)
    assert resumed.unreadable == ("gone_item",)
    assert resumed.encounter.answers["gone_item"] is True


def test_the_demonstration_drafts_fit_the_checklist(open_clinic):
    clinic = open_clinic()
    assert [clinic.resume(draft.encounter_uid).unreadable for draft in clinic.drafts()] == [()] * len(clinic.drafts())
