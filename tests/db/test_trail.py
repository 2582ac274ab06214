"""The audit trail: every write is in it, no change of it goes unnoticed, and what it tells of is still so."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from msgspec.structs import asdict, replace
from sqlcipher3 import dbapi2

from db.errors import NotInStore
from db.store import Store
from db.trail import Break, Entry, Head, first_break, mac_of
from db.trail_search import Wanted, found

AT = datetime(2026, 11, 23, 10, 40, tzinfo=UTC)
SEED = 20261124
KEYED, PUBLISHED = bytes(range(32)), b""  # `PUBLISHED`: a chain without a key, which anybody can make again


def told(store: Store) -> list[tuple[str, str, dict[str, object]]]:
    return [(entry.what, entry.who, json.loads(entry.which)) for entry in store.trail.entries()]


def test_every_write_is_in_it(store: Store, encounter: str) -> None:
    store.save_answer(encounter, "injury", True, who="Dr One", at=AT)
    store.sign_encounter(encounter, who="Dr One", at=AT, assessment_json="{}")
    store.amend(encounter, reason="x-ray came", changes={"injury": None}, who="Dr Two", at=AT, assessment_json="{}")
    assert told(store) == [
        ("patient added", "", {"patient": "p1"}),
        ("encounter begun", "Dr One", {"encounter": "e1"}),
        ("answer saved", "Dr One", {"encounter": "e1", "answer": 1}),
        ("version signed", "Dr One", {"encounter": "e1", "version": 1}),
        ("answer saved", "Dr Two", {"encounter": "e1", "answer": 2}),
        ("version signed", "Dr Two", {"encounter": "e1", "version": 2}),
    ]
    assert store.verify() is None


def test_an_answer_that_changes_another_carries_its_hash(store: Store, encounter: str) -> None:
    for item, value in [("injury", True), ("fever_or_unwell", True), ("injury", False)]:
        store.save_answer(encounter, item, value, who="Dr One", at=AT)
    first, other, second = list(store.trail.entries())[-3:]
    assert (first.old, other.old, second.old) == ("", "", first.new)
    assert len({first.new, other.new, second.new, ""}) == 4


def test_what_was_undone_or_was_there_already_leaves_no_trace(store: Store, encounter: str) -> None:
    before = store.trail.head()
    store.begin_encounter("e1", patient_uid="p1", at=AT, clinician="Dr Two", rule_set="2")
    with suppress(NotInStore), store.all_or_nothing():
        store.save_answer(encounter, "injury", True, who="Dr One", at=AT)
        store.patients.one("nobody")
    with pytest.raises(dbapi2.IntegrityError):
        store.save_answer(encounter, "injury", True, who="Dr One", at=AT, said_by="nobody")
    assert store.trail.head() == before


def test_neither_names_nor_answers_are_in_it(store: Store, encounter: str) -> None:
    store.save_answer(encounter, "note", "canary in the answer", who="Dr One", at=AT)
    store.sign_encounter(encounter, who="Dr One", at=AT, assessment_json='"canary in the assessment"')
    store.amend(encounter, reason="canary why", changes={}, who="Dr One", at=AT, assessment_json="{}")
    rows = " ".join(str(entry) for entry in store.trail.entries())
    assert [word for word in ("Larkspur", "Marigold", "1965", "canary") if word in rows] == []


def test_a_hash_cannot_be_found_by_trying_names(store: Store, encounter: str) -> None:
    row = {"family": "Larkspur"}
    assert store.trail.digest(row) != other_key(store).trail.digest(row)


def other_key(store: Store) -> Store:
    return Store(store._database, store._path, store._lock, replace(store.keys, trail=bytes(32)))


def test_views_prints_and_exports_can_be_told_as_well(store: Store, encounter: str) -> None:
    head = store.trail.append(who="anna", at=AT, what="printed", which={"encounter": "e1"}, why="for the patient")
    assert store.trail.head() == head
    assert str(head) == f"3·{head.mac[:8]}"
    assert next(store.trail.entries(after=2)).why == "for the patient"


def test_the_zone_is_kept_and_a_clock_that_went_back_is_flagged(store: Store) -> None:
    summer = timezone(timedelta(hours=1))
    moments = [AT.astimezone(summer), AT + timedelta(seconds=1), AT - timedelta(days=1), AT - timedelta(hours=23)]
    for moment in moments:
        store.trail.append(who="anna", at=moment, what="printed")
    entries = list(store.trail.entries())
    assert [entry.zone for entry in entries] == ["+0100", "+0000", "+0000", "+0000"]
    assert [entry.clock_back for entry in entries] == [0, 0, 1, 0]
    assert [entry.seq for entry in entries] == [1, 2, 3, 4]
    assert entries[0].at == "2026-11-23T10:40:00.000000+00:00"
    assert store.verify() is None


def test_a_moment_needs_its_zone(store: Store) -> None:
    with pytest.raises(ValueError, match="time zone"):
        store.trail.append(who="anna", at=datetime(2026, 1, 1), what="printed")  # noqa: DTZ001


COLUMNS = "at, zone, who, what, which, old, new, why, clock_back"
LAST = "SELECT mac FROM trail ORDER BY seq DESC LIMIT 1"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE trail SET who = 'nobody'",
        "UPDATE trail SET mac = ''",
        "DELETE FROM trail",
        "DELETE FROM trail WHERE seq = (SELECT max(seq) FROM trail)",
        "INSERT OR REPLACE INTO trail SELECT * FROM trail",
        f"INSERT INTO trail SELECT 4, {COLUMNS}, ({LAST}), mac FROM trail WHERE seq = 1",
        f"INSERT INTO trail SELECT 3, {COLUMNS}, prev, mac FROM trail WHERE seq = 1",
        f"INSERT INTO trail SELECT NULL, {COLUMNS}, '', mac FROM trail WHERE seq = 1",
    ],
)
def test_the_store_itself_refuses_what_is_not_an_addition(store: Store, encounter: str, change: str) -> None:
    before = list(store.trail.entries())
    with pytest.raises(dbapi2.IntegrityError):
        store._database.execute(change)
    assert list(store.trail.entries()) == before


# --- 200 tamperings -------------------------------------------------------------------------------


def chain(key: bytes, length: int = 60) -> list[Entry]:
    entries: list[Entry] = []
    for seq in range(1, length + 1):
        prev = entries[-1].mac if entries else ""
        entry = Entry(seq, f"t{seq}", "+0000", "anna", "printed", "{}", "", f"new {seq}", "", 0, prev)
        entries.append(replace(entry, mac=mac_of(entry, key)))
    return entries


def made_again(entries: list[Entry], key: bytes) -> list[Entry]:
    """Numbered, linked and hashed anew with a key that the tamperer has."""
    again: list[Entry] = []
    for seq, entry in enumerate(entries, 1):
        linked = replace(entry, seq=seq, prev=again[-1].mac if again else "", mac="")
        again.append(replace(linked, mac=mac_of(linked, key)))
    return again


Tampering = Callable[[list[Entry], int, random.Random], int]


def edit(entries: list[Entry], place: int, chance: random.Random) -> int:
    field = chance.choice(["at", "zone", "who", "what", "which", "old", "new", "why", "mac", "prev"])
    entries[place] = replace(entries[place], **{field: getattr(entries[place], field) + "x"})
    return place


def flag(entries: list[Entry], place: int, chance: random.Random) -> int:
    entries[place] = replace(entries[place], clock_back=1)
    return place


def take_out(entries: list[Entry], place: int, chance: random.Random) -> int:
    del entries[place]
    return place


def put_in(entries: list[Entry], place: int, chance: random.Random) -> int:
    entries.insert(place, replace(entries[place], who="mallory"))
    return place


def swap(entries: list[Entry], place: int, chance: random.Random) -> int:
    entries[place], entries[place + 1] = entries[place + 1], entries[place]
    return place


TAMPERINGS: list[Tampering] = [edit, flag, take_out, put_in, swap]


def tampered(key: bytes, number: int) -> tuple[list[Entry], int]:
    """The rows, and the number of the first that is another one."""
    chance = random.Random(SEED + number)
    entries = chain(key)
    place = TAMPERINGS[number % len(TAMPERINGS)](entries, chance.randrange(len(entries) - 2), chance)
    return entries, place + 1


@pytest.mark.parametrize("again", [False, True], ids=["left so", "numbered and hashed anew without the key"])
def test_200_tamperings_are_found_at_the_right_row(again: bool) -> None:
    assert missed(range(200), again=again) == []


@pytest.mark.heavy
@pytest.mark.parametrize("again", [False, True], ids=["left so", "numbered and hashed anew without the key"])
def test_1000_tamperings_are_found_at_the_right_row(again: bool) -> None:
    assert missed(range(1000), again=again) == []


def missed(numbers: range, *, again: bool) -> list[tuple[int, int, Break | None]]:
    wrong = []
    for number in numbers:
        entries, first = tampered(KEYED, number)
        if again:
            honest = entries[: first - 1]
            entries = honest + made_again(entries, PUBLISHED)[first - 1 :]
            entries[first - 1 :] = relinked(entries[first - 1 :], honest)
        found = first_break(entries, KEYED)
        if found is None or found.seq != first:
            wrong.append((number, first, found))
    return wrong


def relinked(rest: list[Entry], honest: list[Entry]) -> list[Entry]:
    """Joined to the honest rows, as well as it goes without their key."""
    joined: list[Entry] = []
    for entry in rest:
        prev = joined[-1].mac if joined else (honest[-1].mac if honest else "")
        linked = replace(entry, prev=prev, mac="")
        joined.append(replace(linked, mac=mac_of(linked, PUBLISHED)))
    return joined


def test_the_twin_without_a_key_passes_all_200_when_it_is_made_again() -> None:
    """Why the key is needed: with none, who changes a row makes the rest of the chain fit."""
    chains = [made_again(tampered(PUBLISHED, number)[0], PUBLISHED) for number in range(200)]
    assert [first_break(entries, PUBLISHED) for entries in chains] == [None] * 200
    assert [number for number, entries in enumerate(chains) if first_break(entries, KEYED) is None] == []


@pytest.mark.parametrize("cut", [1, 2, 30, 59, 60])
def test_a_tail_cut_off_is_found_by_a_head_kept_elsewhere_and_only_so(cut: int) -> None:
    entries = chain(KEYED)
    head = Head(60, entries[-1].mac[:8])
    assert first_break(entries, KEYED, [head]) is None
    shorter = entries[:-cut]
    assert first_break(shorter, KEYED) is None
    assert first_break(shorter, KEYED, [head]) == Break(61 - cut, "the rows from here on have been cut off")


def test_a_tail_cut_off_and_grown_again_is_found_by_a_head_too(store: Store, encounter: str) -> None:
    """Even by somebody with the key: the page that was printed has another one."""
    head = store.trail.head()
    store._database.execute("DROP TRIGGER trail_refuse_delete")
    store._database.execute("DELETE FROM trail WHERE seq = 2")
    store.trail.append(who="Dr One", at=AT, what="printed")
    assert store.trail.verify() is None
    assert store.trail.verify(head) == Break(2, "this row is another one than was printed or backed up")
    assert store.trail.verify(Head(2, head.mac[:8])) is not None


def test_the_key_of_another_store_does_not_fit(store: Store, encounter: str) -> None:
    found = other_key(store).trail.verify()
    assert found
    assert found.seq == 1


# --- what the trail tells of ----------------------------------------------------------------------


PUT_IN_PATIENT = (
    "INSERT INTO patients (id, uid, family, given, title, born, sex, made_at)"
    " SELECT 9, 'p9', family, given, title, born, sex, '' FROM patients"
)
PUT_IN_ANSWER = "INSERT INTO answers SELECT 9, encounter_id, 'item', NULL, said_by, who, at FROM answers"
PAST_THE_TRAIL = {
    "a patient's name": ("UPDATE patients SET given = 'Other'", 1),
    "a number": ("UPDATE patients SET nhs_number = '9990000018'", 1),
    "a patient gone": ("PRAGMA foreign_keys = OFF; DELETE FROM patients", 1),
    "when it began": ("UPDATE encounters SET began_at = '2020'", 2),
    "whose it is": ("UPDATE encounters SET clinician = 'Dr Two'", 2),
    "an answer": ("UPDATE answers SET value = 'false'", 3),
    "who said it": ("UPDATE answers SET said_by = 'patient'", 3),
    "an answer gone": ("DELETE FROM answers", 3),
    "a version": ("UPDATE versions SET assessment = '1'", 4),
    "a patient put in": (PUT_IN_PATIENT, 0),
    "an answer put in": (PUT_IN_ANSWER, 0),
    "what is shown": ("UPDATE encounters SET answers = '{}'", 0),
}


@pytest.mark.parametrize(("change", "seq"), PAST_THE_TRAIL.values(), ids=PAST_THE_TRAIL)
def test_a_row_changed_past_the_trail_is_found(store: Store, encounter: str, change: str, seq: int) -> None:
    store.save_answer(encounter, "injury", True, who="Dr One", at=AT)
    store.sign_encounter(encounter, who="Dr One", at=AT, assessment_json="{}")
    assert store.verify() is None
    without_refusals(store)
    for step in change.split("; "):
        store._database.execute(step)
    found = store.verify()
    assert found
    assert found.seq == seq


def without_refusals(store: Store) -> None:
    for row in list(store._database.utils.query("SELECT name FROM sqlite_master WHERE type = 'trigger'")):
        if "refuse" in row["name"]:
            store._database.execute(f"DROP TRIGGER {row['name']}")


def test_the_kinds_of_tampering_are_all_tried() -> None:
    tried = Counter(TAMPERINGS[number % len(TAMPERINGS)].__name__ for number in range(200))
    assert set(tried.values()) == {40}
    assert set(asdict(chain(KEYED, 1)[0])) >= {"who", "at", "what", "which", "old", "new", "why"}


@pytest.mark.parametrize(
    ("wanted", "looks_through_all"),
    [
        (Wanted(encounter="e1"), False),
        (Wanted(patients=["p1", "p2"]), False),
        (Wanted(what="patient added"), False),
        (Wanted(encounter="e1", who="anna", since=AT), False),
        (Wanted(who="anna"), True),
    ],
    ids=["encounter", "patients", "what", "more than one", "twin: who"],
)
def test_what_the_window_waits_for_is_found_by_an_index(store: Store, wanted: Wanted, looks_through_all: bool) -> None:
    """Of the two and a half million rows of 100,000 encounters; asked from the latest, until a page is full."""
    asked: list[str] = []
    store._database.conn.set_trace_callback(asked.append)
    list(found(store.trail, wanted, limit=200))
    store._database.conn.set_trace_callback(None)
    plan = [row["detail"] for row in store._database.utils.query(f"EXPLAIN QUERY PLAN {asked[-1]}")]
    assert any(re.fullmatch("SCAN trail( USING .*)?", step) for step in plan) == looks_through_all, plan
