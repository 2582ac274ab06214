"""What a plan promised stays until somebody closes it; every step to that is kept, and the trail vouches for both."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from db.errors import NotInStore
from db.store import Store

AT = datetime(2026, 11, 23, 10, 40, tzinfo=UTC)
HOUR = timedelta(hours=1)
MORE: dict[str, Any] = {"kind": "imaging", "urgency": "emergency", "rules": ["R01"], "who": "anna", "at": AT}


def add(store: Store, uid: str, due: datetime | None, encounter: str = "e1", **more: Any) -> None:
    told = MORE | {"owner": "Radiology", "what": "MRI", "line": f"line of {uid}", "waits_for": ""} | more
    store.followups.add(uid, encounter=encounter, due=due, latest=due, **told)


@pytest.fixture
def three(store: Store, encounter: str) -> Store:
    add(store, "later", AT + 2 * HOUR)
    add(store, "waits", None, waits_for="the result")
    add(store, "first", AT + HOUR)
    return store


def test_the_board_is_in_the_order_of_deadlines_and_what_waits_comes_last(three: Store) -> None:
    assert [one.uid for one in three.followups.open()] == ["first", "later", "waits"]


@pytest.mark.parametrize(("after", "overdue"), [(0 * HOUR, 0), (1 * HOUR, 0), (1.5 * HOUR, 1), (99 * HOUR, 2)])
def test_overdue_is_counted_to_the_moment(three: Store, after: timedelta, overdue: int) -> None:
    assert three.followups.counts(AT + after) == (overdue, 3)


def test_closing_keeps_the_outcome_and_reopening_keeps_both(three: Store) -> None:
    told = {"outcome": "nothing-serious", "words": "normal"}
    at = AT + HOUR
    three.followups.change("first", "done", told, who="bob", at=at, state="done", outcome="nothing-serious")
    assert [one.uid for one in three.followups.closed("done")] == ["first"]
    three.followups.change("first", "reopened", {"why": "another patient’s report"}, who="anna", at=at, state="open")
    assert [(step.act, step.who) for step in three.followups.steps_of("first")] == [
        ("made", "anna"),
        ("done", "bob"),
        ("reopened", "anna"),
    ]
    assert three.followups.steps_of("first")[1].told == told
    assert three.verify() is None


def test_those_of_a_patient_and_of_one_merged_with_them(three: Store) -> None:
    assert [one.uid for one in three.followups.of_patient("p1")] == ["first", "later", "waits"]
    three.patients.add("p2", family="Larkspur", given="M", born=date(1965, 3, 12), at=AT)
    assert three.followups.of_patient("p2") == []


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE followups SET state = 'done' WHERE uid = 'first'",
        "UPDATE followups SET due = '2030-01-01T00:00:00.000000+00:00' WHERE uid = 'first'",
        "INSERT INTO followups SELECT 99, 'x', encounter_id, 'x', kind, what, urgency, rules, owner, due, latest,"
        " waits_for, state, outcome, made_at, changed_at FROM followups WHERE uid = 'first'",
    ],
)
def test_what_is_done_past_the_trail_is_told(three: Store, sql: str) -> None:
    three._database.execute(sql)
    assert three.verify() is not None


@pytest.mark.parametrize(
    "sql", ["DELETE FROM followups", "DELETE FROM followup_steps", "UPDATE followup_steps SET who = ''"]
)
def test_nothing_of_it_is_deleted(three: Store, sql: str) -> None:
    with pytest.raises(dbapi2.IntegrityError):
        three._database.execute(sql)


def test_one_that_is_not_there_is_said(store: Store) -> None:
    with pytest.raises(NotInStore):
        store.followups.change("nobody", "done", {}, who="anna", at=AT, state="done")
    with pytest.raises(NotInStore):
        store.followups.of("nobody")


def test_only_what_an_act_may_change_is_changed(three: Store) -> None:
    with pytest.raises(ValueError, match="encounter_id"):
        three.followups.change("first", "done", {}, who="anna", at=AT, encounter_id=2)


def test_a_refused_step_leaves_nothing(three: Store) -> None:
    before = three.trail.head()
    with pytest.raises(dbapi2.IntegrityError):
        three.followups.change("first", "done", {}, who="anna", at=AT, state="vanished")
    assert three.trail.head() == before
    assert three.followups.of("first").state == "open"
