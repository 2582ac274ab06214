"""Free text under the sections: held while it is typed, recorded, signed, amended, found again, taken out."""

from __future__ import annotations

import dataclasses
import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import structs

from db.errors import NotAllowed, NotReadyToSign, SignedEncounter
from db.roles import Role
from db.store import Store
from desktop.clinical.content import Content
from desktop.clinical.letters import load_letters
from desktop.paper.basis import Basis
from desktop.paper.letter_words import letter_words
from desktop.paper.record_text import record_files
from desktop.paper.summary import summary
from desktop.paper.text import note_text
from desktop.record.clinic import Clinic
from desktop.record.consultation import Consultation
from desktop.record.demonstration import KEY
from desktop.record.encounter import LONDON, Patient
from desktop.record.notes import LONGEST, left_open, note_id
from desktop.record.phrases import Phrase, PhraseRefused, Phrases
from desktop.record.roles import Rights

from ..hostile import HOSTILE

SAID = "Walks on her heels. SLR 40° left.\nTerrified of a wheelchair, as her mother was."
MORE = ("\0", "\ud800", "الألم في الظهر", "a" * LONGEST)


@pytest.fixture
def consultation(practice_clinic: Clinic, walker: Patient) -> Consultation:
    return practice_clinic.begin(walker.uid)


def sign(clinic: Clinic, consultation: Consultation) -> None:
    review = clinic.review(consultation)
    review.write_impression("")
    clinic.sign(review)


def test_what_is_written_is_there_again_and_the_trail_vouches_for_it(
    practice_clinic: Clinic, store: Store, consultation: Consultation
) -> None:
    consultation.writing.write("pain", SAID)
    again = practice_clinic.resume(consultation.encounter.uid)
    assert again.writing.notes == {"pain": SAID}
    assert again.said[note_id("pain")].who == "Dr Rahman"
    assert (again.unreadable, again.last_item) == ((), None)
    assert store.verify() is None
    assert "wheelchair" not in json.dumps([structs.asdict(entry) for entry in store.trail.entries()])
    with store.all_or_nothing():
        store._database.execute("DROP TRIGGER answers_refuse_update")
        store._database.execute("UPDATE answers SET value = '\"no worry\"' WHERE item = 'note:pain'")
    broken = store.verify()
    assert broken is not None
    assert "answer saved" in broken.why


def test_a_note_is_no_answer(consultation: Consultation) -> None:
    before = consultation.assessment
    consultation.writing.write("safety_screen", "Cancer history: yes, yes, yes")
    assert consultation.assessment == before


@pytest.mark.parametrize("text", [*HOSTILE, *MORE], ids=range(len(HOSTILE) + len(MORE)))
def test_any_text_is_kept_as_it_was_typed(
    practice_clinic: Clinic, store: Store, consultation: Consultation, text: str
) -> None:
    consultation.writing.write("pain", f"begins {text} ends")
    consultation.writing.hold(note_id("nerves"), text)
    again = practice_clinic.look_at(consultation.encounter.uid)
    assert again.writing.notes["pain"] == f"begins {text} ends"
    assert [one.text for one in again.writing.held()] == [text]
    assert [one.encounter_uid for one in practice_clinic.notes_with("begins")] == [consultation.encounter.uid]
    assert store.verify() is None


def test_on_paper_any_text_is_text_and_nothing_else(
    practice_clinic: Clinic, shipped: Content, consultation: Consultation
) -> None:
    for number, text in enumerate(HOSTILE):
        consultation.writing.write(["pain", "nerves", "notes"][number % 3], f"{number} {text[:500]} end")
        decisions = practice_clinic.review(consultation).decisions
        basis = Basis(shipped, consultation.assessment, LONDON, decisions=decisions)
        assert f"{number} " in note_text(basis)
    assert summary(basis).startswith(b"%PDF-")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_phrase_is_kept_as_it_was_typed_or_refused(phrases: Phrases, text: str) -> None:
    if len(text) > LONGEST:
        with pytest.raises(PhraseRefused):
            phrases.save(Phrase("any", text))
        return
    phrases.save(Phrase("any", f"a{text}"))
    assert phrases.in_force() == {"any": f"a{text}".strip("\n")}


def test_what_was_typed_when_the_program_stopped_is_recorded_in_the_name_of_who_typed_it(
    practice_clinic: Clinic,
    shipped: Content,
    store: Store,
    consultation: Consultation,
    hand_clock: Callable[[], object],
) -> None:
    consultation.writing.hold(note_id("pain"), "half a sen")
    consultation.writing.hold("clinical_impression", "Disc, prob")
    assert practice_clinic.look_at(consultation.encounter.uid).writing.notes == {}
    other = Clinic(shipped, store, who="Dr Green", clock=hand_clock, zone=LONDON)  # type: ignore[arg-type]
    again = other.resume(consultation.encounter.uid)
    assert again.writing.notes == {"pain": "half a sen"}
    assert again.assessment.answers["clinical_impression"] == "Disc, prob"
    assert {again.said[id].who for id in (note_id("pain"), "clinical_impression")} == {"Dr Rahman"}
    assert again.writing.held() == []


def test_what_is_too_long_is_neither_lost_nor_signed_away(practice_clinic: Clinic, consultation: Consultation) -> None:
    consultation.writing.hold(note_id("pain"), "a" * (LONGEST + 1))
    again = practice_clinic.resume(consultation.encounter.uid)
    assert [len(one.text) for one in again.writing.held()] == [LONGEST + 1]
    with pytest.raises(NotReadyToSign, match="The pain"):
        sign(practice_clinic, again)
    again.writing.write("pain", "shorter")
    sign(practice_clinic, again)


LONG = "a" * (LONGEST + 1)


@pytest.mark.parametrize("text", ["short", LONG], ids=["short", "too long"])
@pytest.mark.parametrize("gone", ["no_such_question", note_id("no_such_section"), "hidden"])
def test_what_was_typed_in_a_field_that_is_gone_can_be_read_and_shortened(
    practice_clinic: Clinic, shipped: Content, store: Store, consultation: Consultation, gone: str, text: str
) -> None:
    """It blocked signing for good, and nothing led to it."""
    clinic, item = practice_clinic, gone
    if gone == "hidden":
        item = "treatments_tried"
        only = shipped.items[item].but(asked_when="cancer_history")
        sections = tuple(
            one.but(items=tuple(only if each.id == item else each for each in one.items)) for one in shipped.sections
        )
        content = dataclasses.replace(shipped, sections=sections)
        clinic = Clinic(content, store, who="Dr Rahman", clock=practice_clinic._clock, zone=LONDON)
        consultation.answer("cancer_history", False)
    consultation.writing.write("notes", "Seen with her daughter.")
    consultation.writing.hold(item, text)
    again = clinic.resume(consultation.encounter.uid)
    here = [one.text for one in again.writing.held()] + [again.writing.notes["notes"]]
    assert here[0].startswith("Seen with her daughter.\n")
    assert here[0].endswith(f": {text}")
    assert [one.item for one in again.writing.held()] == ([note_id("notes")] if text == LONG else [])
    if text == LONG:
        with pytest.raises(NotReadyToSign, match="Notes and clinical impression"):
            sign(clinic, again)
        again.writing.write("notes", "shorter")
    sign(clinic, again)


def test_signed_it_stays_and_an_amendment_keeps_what_was_said_before(
    practice_clinic: Clinic, store: Store, consultation: Consultation
) -> None:
    consultation.writing.write("pain", SAID)
    sign(practice_clinic, consultation)
    uid = consultation.encounter.uid
    with pytest.raises(SignedEncounter):
        consultation.writing.write("pain", "nothing of it")
    consultation.writing.hold(note_id("pain"), "typed after signing")
    assert consultation.writing.held() == []
    amended = practice_clinic.amend(uid, "She rang")
    amended.writing.write("pain", f"{SAID} Better today.")
    sign(practice_clinic, amended)
    notes = [version.decisions.notes["pain"] for version in practice_clinic.versions(uid)]
    assert notes == [SAID, f"{SAID} Better today."]
    given_up = practice_clinic.amend(uid, "A slip")
    given_up.writing.write("pain", "")
    given_up.writing.hold(note_id("nerves"), "half")
    practice_clinic.give_up_amendment(uid)
    last = practice_clinic.look_at(uid)
    assert (last.writing.notes, last.writing.held()) == ({"pain": f"{SAID} Better today."}, [])
    assert store.verify() is None


def test_it_stands_in_the_note_and_in_the_letter(
    practice_clinic: Clinic, shipped: Content, consultation: Consultation
) -> None:
    for item, answer in {"cancer_history": True, "limb_weakness": "new"}.items():
        consultation.answer(item, answer)
    consultation.writing.write("pain", SAID)
    decisions = practice_clinic.review(consultation).decisions
    basis = Basis(shipped, consultation.assessment, LONDON, decisions=decisions)
    first, second = SAID.split("\n")
    assert f"Note: The pain          {first}" in note_text(basis)
    assert second in note_text(basis)
    letter = letter_words(basis, load_letters(shipped), consultation.assessment.plan.referral[0])
    assert ("Note: The pain", SAID) in letter.written


FINDS = {
    "wheelchair": True,
    "WHEEL heel": True,
    "terrif": True,
    "wheelchair football": False,
    "w": False,
    "": False,
    '" OR note_words MATCH "': False,
    "\0": False,
    "\ud800": False,
}


@pytest.mark.parametrize(("text", "found"), FINDS.items(), ids=repr)
def test_a_note_is_found_by_its_words(
    practice_clinic: Clinic, consultation: Consultation, walker: Patient, text: str, found: bool
) -> None:
    consultation.writing.write("pain", SAID)
    consultation.answer("patient_concern", "Football")
    hits = [one for one in practice_clinic.notes_with(text) if one.about == "The pain"]
    assert [one.patient.uid for one in hits] == ([walker.uid] if found else [])


def test_what_is_found_shows_its_place(practice_clinic: Clinic, consultation: Consultation) -> None:
    consultation.writing.write("pain", f"{'x ' * 80}Été: café noir {'y ' * 80}")
    (one,) = practice_clinic.notes_with("cafe")
    assert (one.words, one.before[:1], one.after[-1:], one.about) == ("café", "…", "…", "The pain")


def test_only_the_latest_text_is_found(practice_clinic: Clinic, consultation: Consultation) -> None:
    for text in ("first thoughts", "second thoughts", "", "third thoughts"):
        consultation.writing.write("pain", text)
    assert [len(practice_clinic.notes_with(word)) for word in ("first", "second", "third", "thoughts")] == [0, 0, 1, 1]


def test_an_erasure_takes_texts_and_their_words(
    practice_clinic: Clinic, shipped: Content, store: Store, consultation: Consultation
) -> None:
    consultation.writing.write("pain", SAID)
    consultation.writing.hold(note_id("nerves"), "wheelchair again")
    held = practice_clinic.access.holdings(consultation.patient.uid)
    assert "wheelchair again" in held.as_json()
    assert "Terrified of a wheelchair" in held.answers_csv()
    assert "  Note: The pain\n    Walks on her heels" in record_files(shipped, held)["record.txt"].decode()
    practice_clinic.access.erase(consultation.patient.uid, "request")
    assert practice_clinic.notes_with("wheelchair") == ()
    words = b"".join(row["block"] for row in store._database.utils.query("SELECT block FROM note_words_data"))
    assert b"heelchair" not in words
    assert store.verify() is None


ROLES = {
    Role.CLINICIAN: (True, True),
    Role.NURSE: (True, False),
    Role.RECEPTIONIST: (False, False),
    Role.ADMINISTRATOR: (False, False),
}


@pytest.mark.parametrize(("role", "may"), ROLES.items(), ids=str)
def test_who_may_look_through_notes_and_write_phrases(
    practice_clinic: Clinic,
    shipped: Content,
    store: Store,
    consultation: Consultation,
    role: Role,
    may: tuple[bool, bool],
) -> None:
    consultation.writing.write("pain", SAID)
    rights = Rights("anna", "Anna Ash", frozenset({role}))
    clinic = Clinic(shipped, store, who="anna", clock=lambda: consultation.began_at, zone=LONDON, rights=rights)
    assert bool(clinic.notes_with("wheelchair")) is may[0]
    done = []
    for shared in (False, True):
        try:
            clinic.phrases.save(Phrase("slr", "Straight leg raise", shared))
            done.append(True)
        except NotAllowed:
            done.append(False)
    assert tuple(done) == may


@pytest.fixture
def phrases(store: Store, hand_clock: Callable[[], object]) -> Phrases:
    return Phrases(store, rights=Rights("anna", "Anna Ash", frozenset({Role.CLINICIAN})), clock=hand_clock)  # type: ignore[arg-type]


def test_phrases_are_each_persons_own_and_the_practices(
    phrases: Phrases, store: Store, hand_clock: Callable[[], object]
) -> None:
    phrases.save(Phrase("slr", "SLR {degrees}° {side}", shared=True))
    phrases.save(Phrase(";SLR", "Straight leg raise {degrees}"))
    phrases.save(Phrase("tap", "Tender at {level}"))
    other = Phrases(store, rights=Rights("ben", "Ben", frozenset({Role.CLINICIAN})), clock=hand_clock)  # type: ignore[arg-type]
    assert phrases.in_force() == {"slr": "Straight leg raise {degrees}", "tap": "Tender at {level}"}
    assert other.in_force() == {"slr": "SLR {degrees}° {side}"}
    phrases.save(Phrase("tender", "Tender at {level}"), Phrase("tap", "Tender at {level}"))
    phrases.remove(Phrase("slr", ""))
    assert phrases.in_force() == {"slr": "SLR {degrees}° {side}", "tender": "Tender at {level}"}
    assert store.verify() is None
    with store.all_or_nothing():
        store._database.execute("DROP TRIGGER phrases_refuse_update")
        store._database.execute("UPDATE phrases SET text = 'no weakness' WHERE short = 'slr'")
    assert store.verify() is not None


REFUSED = {
    ("", "x"): "short",
    ("two words", "x"): "short",
    ("é", "x"): "short",
    ("a" * 21, "x"): "short",
    ("held", "x"): "short",
    ("ok", " \n"): "text",
    ("ok", "a" * (LONGEST + 1)): "text",
    ("ok", "a\0"): "text",
    ("ok", "a\ud800"): "text",
}


@pytest.mark.parametrize(("given", "field"), REFUSED.items(), ids=repr)
def test_a_phrase_that_cannot_be_used_is_refused_beside_its_field(
    phrases: Phrases, given: tuple[str, str], field: str
) -> None:
    phrases.save(Phrase("held", "there already"))
    with pytest.raises(PhraseRefused) as refused:
        phrases.save(Phrase(*given))
    assert list(refused.value.mistakes) == [field]
    assert phrases.in_force() == {"held": "there already"}


def test_what_a_phrase_left_open_is_seen() -> None:
    assert left_open("SLR {degrees}° {side}, {} {a\nb} power 5/5") == ["{degrees}", "{side}"]


DYING = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from db.store import Store
from desktop.clinical.content import load
from desktop.record.clinic import Clinic
from desktop.record.demonstration import KEY
from desktop.record.encounter import LONDON
store = Store.open(Path(sys.argv[1]), KEY)
at = datetime(2026, 11, 27, 16, 0, tzinfo=UTC)
clinic = Clinic(load(), store, who="Dr Rahman", clock=lambda: at, zone=LONDON)
consultation = clinic.resume(sys.argv[2])
consultation.writing.hold("note:pain", "half a sen")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_what_was_being_typed_survives_a_program_that_is_killed(
    shipped: Content, tmp_path: Path, hand_clock: Callable[[], object]
) -> None:
    folder = tmp_path / "killed"
    with Store.open(folder, KEY) as store:
        clinic = Clinic(shipped, store, who="Dr Rahman", clock=hand_clock, zone=LONDON)  # type: ignore[arg-type]
        uid = clinic.begin_unidentified().encounter.uid
    killed = subprocess.run([sys.executable, "-c", DYING, str(folder), uid], check=False, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    with Store.open(folder, KEY) as store:
        clinic = Clinic(shipped, store, who="Dr Green", clock=hand_clock, zone=LONDON)  # type: ignore[arg-type]
        again = clinic.resume(uid)
        assert again.writing.notes == {"pain": "half a sen"}
        assert again.said[note_id("pain")].who == "Dr Rahman"
        assert store.verify() is None


def test_an_answer_that_is_taken_back_takes_what_was_held_of_it_along(
    practice_clinic: Clinic, consultation: Consultation
) -> None:
    consultation.answer("clinical_impression", "Disc")
    consultation.writing.hold("clinical_impression", "Disc, and of another patient")
    consultation.answer("clinical_impression", None)
    assert consultation.writing.held() == []
    assert practice_clinic.resume(consultation.encounter.uid).given("clinical_impression") is None
