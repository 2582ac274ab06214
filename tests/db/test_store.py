"""What is written comes back, under the name it was written with."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from db.errors import NotInStore
from db.patients import LOOKED_AT
from db.store import Store

KEY = bytes(range(32))
AT = datetime(2026, 11, 23, 10, 40, tzinfo=UTC)
BORN = date(1965, 3, 12)
HOSTILE = [
    "<b>x</b>",
    "<img src=file:///etc/passwd>",
    "<script>alert(1)</script>",
    "&amp;&#60;",
    "]]>",
    "'; DROP TABLE patients; --",
    '" OR ""="',
    "') OR 1=1 --",
    "Robert'); DELETE FROM answers;--",
    "\\",
    "../../x",
    "C:\\con\\nul",
    "file:///x",
    "%00%2e%2e",
    "~root",
    "$(reboot)",
    "`id`",
    "| rm -rf /",
    "%s%n",
    "{0}{place}",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "NEAR(a b)",
    'a" AND "b',
    "family:x*",
    "^a OR b",
    "* NOT *",
    "\u202egnp.exe",
    "e\u0301\u0327",
    "😀👩🏽‍⚕️",
    "İıſß",
    "\ufeffx",
    "line\nbreak\r\n",
    "null",
    "{}",
    "",
    "x" * 10_000,
]


def add(store: Store, uid: str, family: str, given: str, **more: object) -> None:
    store.patients.add(uid, family=family, given=given, born=BORN, at=AT, **more)  # type: ignore[arg-type]


def found(store: Store, text: str, **more: int) -> list[str]:
    return [patient.uid for patient in store.patients.find(text, **more)]


@pytest.mark.parametrize(
    "value",
    [
        True,
        False,
        "new",
        ["thoracic"],
        [],
        3.05,
        0,
        {"unsure": True},
        {"could_not_examine": "plaster"},
        "\0\ud800",
    ],
)
def test_an_answer_comes_back_as_it_was_given(store: Store, encounter: str, value: object) -> None:
    store.save_answer(encounter, "item", value, who="Dr One", at=AT)
    assert store.encounter(encounter).answers == {"item": value}
    assert store.answers_of(encounter)["item"].value == value


def test_forty_hostile_strings_come_back_literally(store: Store, encounter: str) -> None:
    assert len(HOSTILE) == 40
    for number, text in enumerate(HOSTILE):
        uid = f"h{number}{text}"
        add(store, uid, text, text, title=text)
        store.begin_encounter(f"e{uid}", patient_uid=uid, at=AT, clinician=text, rule_set=text)
        store.save_answer(f"e{uid}", text, text, who=text, at=AT)
    for number, text in enumerate(HOSTILE):
        uid = f"h{number}{text}"
        patient, kept = store.patients.one(uid), store.encounter(f"e{uid}")
        answer = store.answers_of(f"e{uid}")[text]
        told = {
            patient.family,
            patient.given,
            patient.title,
            kept.clinician,
            kept.rule_set,
            answer.value,
            answer.who,
        }
        assert told == {text}
        assert kept.answers == {text: text}


def test_a_hostile_name_is_found_by_itself(store: Store) -> None:
    for number, text in enumerate(HOSTILE):
        add(store, f"p{number}", text, "Other")
    lost = [text for number, text in enumerate(HOSTILE) if f"p{number}" not in found(store, text, limit=99)]
    assert lost == []
    assert len(found(store, HOSTILE[0], limit=99)) < 4


def test_of_too_many_to_sort_those_whose_family_name_begins_so_come_first(store: Store) -> None:
    with store.all_or_nothing():
        for number in range(LOOKED_AT + 50):
            add(store, f"g{number}", "Adams", "Wilfred")
        for number in range(3):
            add(store, f"w{number}", "Wilson", f"Zoe {number}")
        add(store, "late", "Aaronson", "Wilma")
        add(store, "double", "Wilmott", "Zoe")
        store.identities.merge("double", "late", who="Dr One", at=AT, why="one person")
    assert found(store, "wil")[:3] == ["w0", "w1", "w2"]
    assert len(found(store, "wil")) == 20
    assert found(store, "wilma") == found(store, "wilmott") == found(store, "aar") == ["late"]
    assert found(store, "zoe wils") == ["w0", "w1", "w2"]


def test_the_latest_answer_counts_and_every_earlier_one_is_kept(store: Store, encounter: str) -> None:
    for value in (True, None, False):
        store.save_answer(encounter, "fever_or_unwell", value, who="Dr One", at=AT)
    store.save_answer(encounter, "injury", True, who="Dr Two", at=AT, said_by="patient")
    trail = [(answer.item, answer.value, answer.who, answer.said_by) for answer in store.trail_of(encounter)]
    assert trail == [
        ("fever_or_unwell", True, "Dr One", "clinician"),
        ("fever_or_unwell", None, "Dr One", "clinician"),
        ("fever_or_unwell", False, "Dr One", "clinician"),
        ("injury", True, "Dr Two", "patient"),
    ]
    assert store.encounter(encounter).answers == {"fever_or_unwell": False, "injury": True}


def test_an_answer_taken_back_is_not_asked_again(store: Store, encounter: str) -> None:
    store.save_answer(encounter, "injury", True, who="Dr One", at=AT)
    store.save_answer(encounter, "injury", None, who="Dr One", at=AT)
    assert store.encounter(encounter).answers == {}
    assert store.answers_of(encounter) == {}


def test_the_snapshot_is_what_the_answers_come_to(store: Store, encounter: str) -> None:
    values = [True, "new", None, {"unsure": True}, {"could_not_examine": "x"}, ["a"], 2.5]
    for number in range(70):
        store.save_answer(encounter, f"item_{number % 9}", values[number % 7], who="Dr One", at=AT)
    latest = {item: answer.value for item, answer in store.answers_of(encounter).items()}
    assert store.encounter(encounter).answers == latest


def test_a_clock_that_goes_back_does_not_bring_an_old_answer_back(store: Store, encounter: str) -> None:
    store.save_answer(encounter, "injury", False, who="Dr One", at=AT)
    store.save_answer(encounter, "injury", True, who="Dr One", at=AT - timedelta(hours=1))
    assert store.encounter(encounter).answers == {"injury": True}
    assert store.answers_of(encounter)["injury"].value is True


REPLACE = """
    INSERT OR REPLACE INTO answers (seq, encounter_id, item, said_by, who, at)
    SELECT seq, encounter_id, item, said_by, 'someone else', at FROM answers
"""


@pytest.mark.parametrize("change", ["UPDATE answers SET value = 'false'", "DELETE FROM answers", REPLACE])
def test_answers_can_only_be_added(store: Store, encounter: str, change: str) -> None:
    store.save_answer(encounter, "injury", True, who="Dr One", at=AT)
    with pytest.raises(dbapi2.IntegrityError, match="only ever added"):
        store._database.execute(change)
    assert [answer.who for answer in store.trail_of(encounter)] == ["Dr One"]


def test_a_draft_is_resumed_after_closing(folder: Path, store: Store, encounter: str) -> None:
    store.save_answer(encounter, "limb_weakness", "new", who="Dr One", at=AT)
    store.close()
    with Store.open(folder, KEY) as again:
        (draft,) = again.drafts()
        assert (draft.uid, draft.patient_uid, draft.answers) == ("e1", "p1", {"limb_weakness": "new"})
        again.save_answer(draft.uid, "foot_drop", True, who="Dr One", at=AT)
        assert again.encounter("e1").answers == {"limb_weakness": "new", "foot_drop": True}


def test_the_draft_worked_on_last_comes_first(store: Store, encounter: str) -> None:
    later = AT + timedelta(minutes=1)
    store.begin_encounter("e2", patient_uid="p1", at=later, clinician="Dr One", rule_set="1")
    assert [draft.uid for draft in store.drafts()] == ["e2", "e1"]
    store.save_answer("e1", "injury", True, who="Dr One", at=later + timedelta(minutes=1))
    assert [draft.uid for draft in store.drafts()] == ["e1", "e2"]
    assert [draft.uid for draft in store.drafts(limit=1)] == ["e1"]


def test_a_patients_latest_encounter_comes_first(store: Store, encounter: str) -> None:
    add(store, "p2", "Foxglove", "Tamsin")
    for uid, patient in (("e2", "p1"), ("e3", "p2")):
        at = AT + timedelta(days=1)
        store.begin_encounter(uid, patient_uid=patient, at=at, clinician="Dr One", rule_set="1")
    assert [encounter.uid for encounter in store.encounters_of("p1")] == ["e2", "e1"]


def test_beginning_and_adding_twice_changes_nothing(store: Store, encounter: str) -> None:
    before = store.encounter(encounter), store.patients.one("p1")
    store.patients.add("p1", family="Other", given="Name", born=BORN, at=AT)
    store.begin_encounter("e1", patient_uid="p1", at=AT + timedelta(days=1), clinician="Dr Two", rule_set="2")
    assert (store.encounter(encounter), store.patients.one("p1")) == before
    assert len(store.encounters_of("p1")) == 1


def test_moments_are_kept_in_utc_whatever_zone_they_come_in(store: Store, encounter: str) -> None:
    summer = datetime(2026, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    store.save_answer(encounter, "injury", True, who="Dr One", at=summer)
    (row,) = store._database.utils.query("SELECT at FROM answers")
    assert row["at"] == "2026-06-30T23:30:00.000000+00:00"
    assert store.trail_of(encounter)[0].at == summer


def test_a_moment_without_zone_is_refused(store: Store, encounter: str) -> None:
    with pytest.raises(ValueError, match="time zone"):
        store.save_answer(encounter, "injury", True, who="Dr One", at=datetime(2026, 1, 1))  # noqa: DTZ001
    assert store.trail_of(encounter) == []


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}, object()])
def test_what_json_cannot_say_is_refused(store: Store, encounter: str, value: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        store.save_answer(encounter, "item", value, who="Dr One", at=AT)
    assert store.trail_of(encounter) == []


@pytest.mark.parametrize("given", [{"said_by": "nobody"}, {"who": None}])
def test_an_answer_of_nobody_is_refused(store: Store, encounter: str, given: dict[str, str]) -> None:
    with pytest.raises(dbapi2.IntegrityError):
        store.save_answer(encounter, "item", True, **{"who": "Dr One", "at": AT} | given)  # type: ignore[arg-type]
    assert store.trail_of(encounter) == []
    assert store.encounter(encounter).answers == {}


def test_what_is_not_there_is_said_so(store: Store) -> None:
    for look in (store.patients.one, store.encounter):
        with pytest.raises(NotInStore, match="not in the store"):
            look("nobody")
    with pytest.raises(NotInStore):
        store.save_answer("nobody", "item", True, who="Dr One", at=AT)
    with pytest.raises(NotInStore):
        store.begin_encounter("e1", patient_uid="nobody", at=AT, clinician="Dr One", rule_set="1")


def test_all_or_nothing(store: Store, encounter: str) -> None:
    with pytest.raises(NotInStore), store.all_or_nothing():
        add(store, "p2", "Foxglove", "Tamsin")
        store.save_answer(encounter, "injury", True, who="Dr One", at=AT)
        store.patients.one("nobody")
    assert found(store, "foxglove") == []
    assert store.trail_of(encounter) == []


@pytest.mark.parametrize(
    ("text", "uids"),
    [
        ("", ["p3", "p2", "p1"]),
        ("lar", ["p1"]),
        ("MARI lark", ["p1"]),
        ("willoughby", ["p2"]),
        ("jose", ["p2"]),
        ("Ødeg", ["p3"]),
        ("999 000 0018", ["p1"]),
        ("999-000", ["p1"]),
        ("0018", []),
        ("lark jose", []),
        ("\0lark\ud800", ["p1"]),
    ],
)
def test_a_patient_is_found_by(store: Store, text: str, uids: list[str]) -> None:
    add(store, "p1", "Larkspur", "Marigold", nhs_number="9990000018")
    add(store, "p2", "de Sorrel-Willoughby", "José")
    add(store, "p3", "Ødegård", "Anne")
    wanted = [uid for uid in ("p2", "p1", "p3") if uid in uids]
    assert found(store, text) == wanted


def test_no_more_are_found_than_asked_for(store: Store) -> None:
    for number in range(5):
        add(store, f"p{number}", "Larkspur", f"Number {number}")
    assert found(store, "lark", limit=2) == ["p0", "p1"]
    assert found(store, "", limit=3) == ["p0", "p1", "p2"]
    assert len(store.patients.born_on(BORN, limit=4)) == 4
    assert store.patients.born_on(date(1965, 3, 13)) == []


def test_one_nhs_number_belongs_to_one_patient(store: Store) -> None:
    add(store, "p1", "Larkspur", "Marigold", nhs_number="9990000018")
    with pytest.raises(dbapi2.IntegrityError):
        add(store, "p2", "Foxglove", "Tamsin", nhs_number="9990000018")
    owner = store.patients.numbered("9990000018")
    assert owner is not None
    assert owner.uid == "p1"
    assert store.patients.numbered("9990000026") is None


@pytest.mark.parametrize("sex", ["female", "male", "other", None])
def test_what_stands_on_record_as_sex_is_kept(store: Store, sex: str | None) -> None:
    add(store, "p9", "Reed", "Sam", sex=sex)
    assert store.patients.one("p9").sex == sex


def test_any_other_word_for_sex_is_refused(store: Store) -> None:
    with pytest.raises(dbapi2.IntegrityError):
        add(store, "p9", "Reed", "Sam", sex="x")
