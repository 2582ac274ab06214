"""The invented practice: two hundred patients, three years, written by the record's own code, and gone on with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path

import nhs_number
import pytest

from db.roles import Role
from db.store import Store
from desktop.clinical.content import Content
from desktop.record.audit import Audit
from desktop.record.board import Board
from desktop.record.clinic import Clinic
from desktop.record.course import course_of
from desktop.record.demonstration import KEY
from desktop.record.demonstration_years import Years, add_practice
from desktop.record.encounter import LONDON
from desktop.record.invented import invented_patients, planned_visits, told

from ..prepared import open_store, shipped_content

AT = datetime(2026, 11, 27, 11, 30, tzinfo=UTC)
MADE = date(2026, 11, 27)


@pytest.fixture(scope="module")
def content() -> Content:
    return shipped_content()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store", KEY) as opened:
        add_practice(opened, AT)
        yield opened


def last(store: Store, content: Content, count: int, until: datetime = AT) -> Years:
    """Only the latest visits: writing all of them takes half a minute."""
    years = Years(store, content, until)
    years.visits = years.visits[-count:]
    return years


def board(store: Store, at: datetime = AT) -> Board:
    return Board(store, lambda: at, LONDON)


def test_two_hundred_people_who_cannot_be_anybody() -> None:
    people = list(invented_patients(MADE))
    assert len(people) == 200
    assert len({(one.family, one.given) for one in people}) == 200
    numbers = [one.nhs_number for one in people]
    assert len(set(numbers)) == 200
    assert [number for number in numbers if not nhs_number.is_valid(number, nhs_number.REGION_SYNTHETIC)] == []
    assert sum(story["weight"] for story in told()["story"]) == told()["patients"]


def test_three_years_of_visits_on_days_on_which_a_practice_is_open() -> None:
    visits = planned_visits(MADE)
    past = [visit for visit in visits if visit.at.date() <= MADE]
    assert len({visit.patient for visit in past}) == 200
    assert len(past) > 350
    assert past[0].at.date() < MADE - timedelta(days=2.8 * 365)
    assert {visit.at.astimezone(LONDON).weekday() for visit in visits} == {0, 1, 2, 3, 4}
    assert visits[-1].at.date() > MADE + timedelta(days=300)  # it goes on, so that something is always due
    assert planned_visits(MADE) == visits


def test_nobody_has_had_a_cancer_and_then_never_had_one() -> None:
    known: dict[tuple[str, str], object] = {}
    for visit in planned_visits(MADE):
        for item in ("cancer_history", "steroid_use"):
            if known.get((visit.patient, item)):
                assert visit.answers.get(item, True) is True, visit
            if visit.answers.get(item) is True:
                known[visit.patient, item] = True
    assert known


def test_visits_are_signed_and_followed_up_and_the_trail_is_whole(store: Store, content: Content) -> None:
    list(last(store, content, 25).write())
    assert len(store.signed_between(AT - timedelta(days=90), AT)) == 25
    states = Counter(one.state for one in store.followups.open(limit=999) + store.followups.closed("done"))
    assert states["open"] > 5
    assert states["done"] > 5
    assert store.verify() is None
    assert sum(entry.clock_back for entry in store.trail.entries()) == 1  # once, to where the years begin
    assert max(one.changed_at for one in store.followups.closed("done")) <= AT


def test_stopped_in_the_middle_it_goes_on_to_the_same_end(tmp_path: Path, content: Content) -> None:
    found = []
    for folder, cut in (("whole", 0), ("cut", 9)):
        with open_store(tmp_path / folder, KEY) as store:
            add_practice(store, AT)
            for _ in islice(last(store, content, 8).write(), cut):
                pass
            list(last(store, content, 8).write())
            rows = (
                store.followups.open(limit=999) + store.followups.closed("done") + store.followups.closed("cancelled")
            )
            found.append(sorted((one.encounter, one.kind, one.what, one.state, one.changed_at) for one in rows))
    assert found[0] == found[1]
    assert len(found[0]) > 8


def test_papers_are_handed_out_at_some_visits(store: Store, content: Content) -> None:
    years = Years(store, content, AT, lambda clinic, encounter, document: out.append((encounter, document)))
    out: list[tuple[str, str]] = []
    wanted = [visit for visit in years.visits if visit.paper][-2:]
    years.visits = wanted
    list(years.write())
    assert out == [(visit.uid, visit.paper) for visit in wanted]
    assert 10 <= sum(bool(visit.paper) for visit in planned_visits(MADE) if visit.at <= AT) <= 40


def test_at_a_later_start_it_has_gone_on(store: Store, content: Content) -> None:
    list(last(store, content, 3).write())
    before = len(Years(store, content, AT).visits)
    later = Years(store, content, AT + timedelta(days=21))
    assert len(later.visits) > before
    later.visits = later.visits[before - 3 :]
    list(later.write())
    assert store.encounter(later.visits[-1].uid).state == "signed"


def test_what_somebody_has_worked_on_is_left_alone(store: Store, content: Content) -> None:
    list(last(store, content, 12).write())
    mine = next(one for one in board(store).open() if one.stored.due)
    clinic = Clinic(content, store, who="Dr Me", clock=lambda: AT, zone=LONDON, demo=True)
    store.followups.change(mine.uid, "handed over", {"before": ""}, who=clinic.who, at=AT, owner="Dr Me")
    list(last(store, content, 12, AT + timedelta(days=200)).write())
    assert store.followups.of(mine.uid).state == "open"
    assert store.followups.of(mine.uid).owner == "Dr Me"


def test_who_was_removed_does_not_come_back(store: Store, content: Content) -> None:
    visit = last(store, content, 1).visits[0]
    clinic = Clinic(content, store, who="Dr Me", clock=lambda: AT, zone=LONDON, demo=True)
    clinic.access.erase(visit.patient, "request")
    add_practice(store, AT)
    assert list(last(store, content, 1).write()) == []
    assert len([one for one in clinic.patients("999 001") if one.uid == visit.patient]) == 0


def test_a_practices_own_store_never_gets_them(tmp_path: Path) -> None:
    with open_store(tmp_path / "practice", KEY) as store:
        store.accounts.add("anna", "Dr Anna", [Role.CLINICIAN, Role.ADMINISTRATOR], by="anna", at=AT)
        with pytest.raises(ValueError, match="never"):
            add_practice(store, AT)
        assert not store.patients.any()


@pytest.mark.heavy
@pytest.mark.timeout(900)
def test_all_of_it_makes_every_room_live(store: Store, content: Content) -> None:
    list(Years(store, content, AT).write())
    overdue, still_open = board(store).counts()
    assert 3 <= overdue <= 20
    assert still_open > 40
    rules = Audit(store, LONDON).rules()
    assert [rule.rule for rule in rules if rule.needs_review] == ["R40"]
    changes = [course_of(store, content, one.uid).changes for one in invented_patients(MADE)]
    assert {one.worse for each in changes for one in each} == {True, False, None}
    assert store.verify() is None
