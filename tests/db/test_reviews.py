"""Decisions, flags, changes and rule sets are only ever added, and a signed encounter takes none of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlcipher3 import dbapi2

from db.errors import SignedEncounter
from db.store import Store

AT = datetime(2026, 11, 23, 10, 40, tzinfo=UTC)
DECISION = "INSERT INTO decisions (encounter_id, about, value, who, at) VALUES (1, 'flag R01', '1', 'x', '')"
FLAG = "INSERT INTO flags (encounter_id, rule, stands, rules, who, at) VALUES (1, 'R01', 1, '', 'x', '')"


@pytest.fixture
def worked_on(store: Store, encounter: str) -> str:
    with store.all_or_nothing():
        store.reviews.keep_rules("mark", "Rules 1", b"files", who="Dr One", at=AT)
        store.reviews.decide(encounter, "flag R01", {"treat_as": "urgent"}, who="Dr One", at=AT)
        store.reviews.flag(encounter, "R01", stands=True, since=AT, rules="mark", who="Dr One", at=AT)
        store.reviews.re_date(encounter, who="Dr One", at=AT)
        store.reviews.remember_place(encounter, "injury", AT)
    return encounter


@pytest.fixture
def signed(store: Store, worked_on: str) -> str:
    store.sign_encounter(worked_on, who="Dr One", at=AT, assessment_json="{}")
    return worked_on


@pytest.mark.parametrize("table", ["decisions", "flags", "changes", "rule_sets"])
def test_rows_are_only_ever_added(store: Store, worked_on: str, table: str) -> None:
    for change in (f"UPDATE {table} SET rowid = rowid", f"DELETE FROM {table}"):
        with pytest.raises(dbapi2.IntegrityError, match="only ever added"):
            store._database.execute(change)


@pytest.mark.parametrize("change", [DECISION, FLAG])
def test_a_signed_encounter_refuses_them_whoever_asks(store: Store, signed: str, change: str) -> None:
    with pytest.raises(dbapi2.IntegrityError, match="only ever amended"):
        store._database.execute(change)


@pytest.mark.parametrize("change", [DECISION, FLAG])
def test_a_draft_takes_them(store: Store, worked_on: str, change: str) -> None:
    """The twin: it is the signature that refuses."""
    store._database.execute(change)


def test_the_methods_say_so_in_words(store: Store, signed: str) -> None:
    reviews = store.reviews
    for refused in (
        lambda: reviews.decide(signed, "impression", {}, who="x", at=AT),
        lambda: reviews.flag(signed, "R01", stands=False, since=AT, rules="", who="x", at=AT),
        lambda: reviews.re_date(signed, who="x", at=AT),
    ):
        with pytest.raises(SignedEncounter), store.all_or_nothing():
            refused()
    with store.all_or_nothing():
        reviews.remember_place(signed, "cancer_history", AT)
    assert reviews.place_of(signed) == ("injury", AT)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE patients SET telephone = '1'",
        "UPDATE patients SET merged_into = id",
        "UPDATE encounters SET rules = 'x'",
        DECISION,
        FLAG,
        "INSERT INTO changes (kind, uid, before, after, who, at, why) VALUES ('patient', 'p1', '{}', '{}', '', '', '')",
        "INSERT INTO rule_sets VALUES ('other', '', x'00', '')",
    ],
)
def test_what_is_put_past_the_trail_is_found(store: Store, worked_on: str, change: str) -> None:
    assert store.verify() is None
    store._database.execute(change)
    assert store.verify() is not None


def test_the_latest_decision_counts_and_can_be_taken_back(store: Store, worked_on: str) -> None:
    with store.all_or_nothing():
        store.reviews.decide(worked_on, "flag R01", {"treat_as": "soon"}, who="Dr Two", at=AT)
    (decision,) = store.reviews.decisions_of(worked_on).values()
    assert (decision.value, decision.who) == ({"treat_as": "soon"}, "Dr Two")
    with store.all_or_nothing():
        store.reviews.decide(worked_on, "flag R01", None, who="Dr Two", at=AT)
    assert store.reviews.decisions_of(worked_on) == {}


def test_rules_are_kept_once(store: Store, worked_on: str) -> None:
    before = store.trail.head()
    with store.all_or_nothing():
        store.reviews.keep_rules("mark", "Rules 1", b"others", who="x", at=AT)
    assert (store.trail.head(), store.reviews.rules("mark")) == (before, b"files")
