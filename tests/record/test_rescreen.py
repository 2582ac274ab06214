"""Looking through past encounters says of each what an assessment of it today would say."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from zoneinfo import ZoneInfo

import pytest

from desktop.clinical.condition import parse
from desktop.record import rescreen
from desktop.record.rescreen import look_through

from ..prepared import open_store, shipped_content

KEY = bytes(range(32))
AT = datetime(2026, 11, 23, 10, 40, tzinfo=UTC)
TODAY = date(2026, 11, 28)
LONDON = ZoneInfo("Europe/London")
CONTENT = shipped_content()
NUMBERS = count()


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "store", KEY) as opened:
        opened.patients.add("p1", family="Larkspur", given="Marigold", born=date(1965, 3, 12), sex="female", at=AT)
        yield opened


def seen(store, answers, raised=(), *, rules="mark", said_by="clinician", at=AT):
    uid = f"e{next(NUMBERS)}"
    store.begin_encounter(uid, patient_uid="p1", at=at, clinician="Dr One", rule_set="1", rules=rules)
    for item, value in answers.items():
        store.save_answer(uid, item, value, who="Dr One", at=at, said_by=said_by)
    with store.all_or_nothing():
        for rule in raised:
            store.reviews.flag(uid, rule, stands=True, since=at, rules=rules, who="Dr One", at=at)
    return uid


def found(store, content=CONTENT, after=0):
    with store.encounter_stream() as stream:
        return [one for batch in look_through(content, stream, LONDON, TODAY, after=after) for one in batch.found]


WEAK = {"cancer_history": True, "limb_weakness": "new"}


def raised_by(answers):
    """By the engine itself, for somebody of 61."""
    from desktop.clinical.assessment import assess
    from desktop.clinical.checklist import Person

    return {flag.rule.id for flag in assess(CONTENT, Person(61, "female"), answers, AT).flags}


def test_nothing_is_found_where_the_rules_say_the_same(store):
    seen(store, WEAK, raised_by(WEAK))
    seen(store, {})
    assert found(store) == []


def test_what_is_raised_now_and_was_not_is_gained_and_what_fell_is_lost(store):
    seen(store, WEAK, (raised_by(WEAK) - {"R01"}) | {"R99"})
    (one,) = found(store)
    assert (one.gained, one.lost, one.known) == ({"R01"}, {"R99"}, True)


def test_of_a_flag_that_fell_again_the_last_counts(store):
    uid = seen(store, {}, ["R01"])
    with store.all_or_nothing():
        store.reviews.flag(uid, "R01", stands=False, since=AT, rules="mark", who="Dr One", at=AT)
    assert found(store) == []


def test_a_changed_rule_shows_in_those_it_concerns(store):
    seen(store, {"night_sweats": True})
    seen(store, WEAK, raised_by(WEAK))
    when = "night_sweats"
    rule = next(rule for rule in CONTENT.rules if rule.id == "R53").but(id="R98", when=when)
    content = replace(CONTENT, rules=(*CONTENT.rules, rule), conditions={**CONTENT.conditions, when: parse(when)})
    gained = [one.gained for one in found(store, content)]
    assert gained == [{"R98"} | (raised_by({"night_sweats": True}))] or gained == [{"R98"}]


def test_encounters_from_before_flags_were_kept_say_so(store):
    seen(store, WEAK, rules="")
    (one,) = found(store)
    assert not one.known
    assert "R01" in one.gained


def test_what_only_the_patient_said_raises_and_rules_nothing_out(store):
    safety_screen = {item.id: ("no" if item.is_timed else False) for item in CONTENT.safety_screen.items}
    safety_screen |= {"radicular_pain": False, "pain_duration_weeks": 3}
    remainder = raised_by(safety_screen)
    seen(store, safety_screen, said_by="patient")
    assert remainder
    assert [one.gained for one in found(store)] == []
    uid = seen(store, {"cancer_history": True})
    store.save_answer(uid, "limb_weakness", "new", who="the patient", at=AT, said_by="patient")
    assert "R01" in found(store)[-1].gained


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_run_that_was_cut_goes_on_where_it_was(store, monkeypatch, cut):
    monkeypatch.setattr(rescreen, "BATCH", cut)
    for _ in range(5):
        seen(store, WEAK)
    with store.encounter_stream() as stream:
        first = next(iter(look_through(CONTENT, stream, LONDON, TODAY)))
    whole = found(store)
    assert [*first.found, *found(store, after=first.through)] == whole
    assert first.looked_at == cut
    assert len(whole) == 5


@pytest.mark.parametrize(
    ("born", "at", "age"),
    [
        (date(1976, 11, 23), datetime(2026, 11, 22, 9, tzinfo=UTC), 49),
        (date(1976, 11, 23), datetime(2026, 11, 23, 9, tzinfo=UTC), 50),
        (date(1976, 7, 2), datetime(2026, 7, 1, 23, 30, tzinfo=UTC), 50),
        (date(1976, 12, 2), datetime(2026, 12, 1, 23, 30, tzinfo=UTC), 49),
        (date(1976, 2, 29), datetime(2026, 2, 28, 12, tzinfo=UTC), 49),
        (date(1976, 2, 29), datetime(2026, 3, 1, 12, tzinfo=UTC), 50),
    ],
)
def test_ages_are_those_of_the_practices_calendar(born, at, age):
    assert rescreen._age(born.isoformat(), at.isoformat(timespec="microseconds"), LONDON) == age


def test_what_was_found_is_kept_with_how_far_it_has_come(store):
    seen(store, WEAK)
    screening = store.screenings.begin("s1", rules="mark", title="UK 2026.12", who="anna", at=AT)
    assert screening.state == "begun"
    with store.encounter_stream() as stream:
        for batch in look_through(CONTENT, stream, LONDON, TODAY):
            rows = [(one.encounter, one.gained, one.lost, one.known) for one in batch.found]
            store.screenings.keep("s1", through=batch.through, looked_at=batch.looked_at, findings=rows)
    store.screenings.end("s1", "finished", who="anna", at=AT)
    (finding,) = store.screenings.findings("s1")
    assert finding.patient == "p1"
    assert "R01" in finding.gained
    assert store.screenings.all()[0].looked_at == 1
    assert store.screenings.all()[0].state == "finished"
    assert store.verify() is None


def test_writing_meanwhile_does_not_stop_it_and_is_not_seen(store):
    seen(store, WEAK)
    with store.encounter_stream() as stream:
        encounters = stream.encounters()
        first = next(encounters)
        seen(store, WEAK)
        assert list(encounters) == []
    assert first.raised == frozenset()
