"""A signed encounter stays as it was signed; an amendment is a version beside it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from db.errors import NotInStore, ReasonMissing, SignedEncounter, UnsignedEncounter
from db.store import Store

KEY = bytes(range(32))
AT = datetime(2026, 11, 23, 10, 40, tzinfo=UTC)
LATER = AT + timedelta(days=3)
GIVEN = '{"urgency": "soon",  "as": "given, spaces and all"}'


@pytest.fixture
def signed(store: Store, encounter: str) -> str:
    store.save_answer(encounter, "injury", True, who="Dr One", at=AT)
    store.sign_encounter(encounter, who="Dr One", at=AT, assessment_json=GIVEN)
    return encounter


def amend(store: Store, uid: str, **more: object) -> None:
    change = {"reason": "X-ray came", "changes": {"injury": False, "fracture": True}, "assessment_json": "{}"}
    store.amend(uid, **{"who": "Dr Two", "at": LATER} | change | more)  # type: ignore[arg-type]


def test_signing_keeps_the_assessment_as_it_was_given(store: Store, signed: str) -> None:
    (version,) = store.versions_of(signed)
    assert (version.number, version.assessment, version.answers) == (1, GIVEN, {"injury": True})
    assert (version.who, version.at, version.rule_set, version.why) == ("Dr One", AT, "1", "")
    assert store.encounter(signed).state == "signed"
    assert store.drafts() == []


def test_a_signed_encounter_takes_no_answer_and_is_not_signed_again(store: Store, signed: str) -> None:
    before = store.encounter(signed), store.trail_of(signed), store.trail.head()
    with pytest.raises(SignedEncounter, match="Make an amendment"):
        store.save_answer(signed, "injury", False, who="Dr One", at=AT)
    with pytest.raises(SignedEncounter):
        store.sign_encounter(signed, who="Dr One", at=AT, assessment_json="{}")
    assert (store.encounter(signed), store.trail_of(signed), store.trail.head()) == before


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE encounters SET answers = '{}'",
        "UPDATE encounters SET state = 'draft'",
        "UPDATE encounters SET state = 'amending', answers = '{}'",
        "UPDATE encounters SET state = 'amending', clinician = 'Dr Two'",
        "DELETE FROM encounters",
        "INSERT OR REPLACE INTO encounters SELECT * FROM encounters",
        "INSERT INTO answers (encounter_id, item, said_by, who, at) VALUES (1, 'x', 'patient', 'Dr One', '')",
        "INSERT INTO versions SELECT encounter_id, 2, rule_set, answers, assessment, who, at, why FROM versions",
        "UPDATE versions SET assessment = '{}'",
        "DELETE FROM versions",
        "INSERT OR REPLACE INTO versions SELECT * FROM versions",
    ],
)
def test_the_store_itself_refuses_a_change(store: Store, signed: str, change: str) -> None:
    before = store.encounter(signed), store.versions_of(signed), store.trail_of(signed)
    with pytest.raises(dbapi2.IntegrityError):
        store._database.execute(change)
    assert (store.encounter(signed), store.versions_of(signed), store.trail_of(signed)) == before


def test_every_version_stays_readable(folder: Path, store: Store, signed: str) -> None:
    amend(store, signed, rule_set="2")
    amend(store, signed, reason="A slip", changes={"injury": None}, assessment_json='"third"', said_by="patient")
    store.close()
    with Store.open(folder, KEY) as again:
        told = [(each.number, each.answers, each.rule_set, each.why) for each in again.versions_of(signed)]
        assert told == [
            (1, {"injury": True}, "1", ""),
            (2, {"injury": False, "fracture": True}, "2", "X-ray came"),
            (3, {"fracture": True}, "1", "A slip"),
        ]
        assert again.versions_of(signed)[0].assessment == GIVEN
        assert again.encounter(signed).answers == {"fracture": True}
        assert again.encounter(signed).state == "signed"
        assert [answer.value for answer in again.trail_of(signed)] == [True, False, True, None]
        assert again.verify() is None


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_an_amendment_needs_a_reason(store: Store, signed: str, reason: str) -> None:
    with pytest.raises(ReasonMissing):
        amend(store, signed, reason=reason)
    assert len(store.versions_of(signed)) == 1


def test_only_a_signed_encounter_is_amended(store: Store, encounter: str) -> None:
    with pytest.raises(UnsignedEncounter):
        amend(store, encounter)
    with pytest.raises(NotInStore):
        amend(store, "nobody")
    with pytest.raises(NotInStore):
        store.sign_encounter("nobody", who="Dr One", at=AT, assessment_json="{}")


def test_an_amendment_that_fails_leaves_everything_as_it_was(store: Store, signed: str) -> None:
    before = store.encounter(signed), store.versions_of(signed), store.trail.head()
    with pytest.raises(dbapi2.IntegrityError):
        amend(store, signed, assessment_json="not JSON")
    with pytest.raises(TypeError):
        amend(store, signed, changes={"a": True, "b": object()})
    assert (store.encounter(signed), store.versions_of(signed), store.trail.head()) == before
