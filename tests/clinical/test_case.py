"""A case file is read as a whole, or refused with everything that is wrong with it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from desktop.clinical.answer import AnswerError, read_answer, write_answer
from desktop.clinical.case import CaseError, age_on, read_case
from desktop.clinical.checklist import CouldNotExamine, Person, Range, Said, Unsure

NOW = datetime(2026, 11, 23, 10, 40, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def content(make_content, make_rule):
    return make_content(make_rule("R01", "urgent", "cancer"))


@pytest.fixture
def read(content):
    return lambda raw: read_case(content, raw, now=NOW, zone=LONDON)


@pytest.mark.parametrize(
    ("item", "raw", "answer"),
    [
        ("cancer", True, True),
        ("cancer", False, False),
        ("cancer", {"unsure": True}, Unsure()),
        ("cancer", {"could_not_examine": "plaster cast"}, CouldNotExamine("plaster cast")),
        ("weakness", True, "new"),
        ("weakness", False, "no"),
        ("weakness", "old", "old"),
        ("site", ["thoracic", "lumbar"], frozenset({"thoracic", "lumbar"})),
        ("site", "thoracic", frozenset({"thoracic"})),
        ("site", [], frozenset()),
        ("site", False, frozenset()),
        ("crp", 12, 12),
        ("crp", 0, 0),
        ("crp", {"value": 12.5, "unit": "mg/L"}, 12.5),
        ("crp", {"at_least": 100}, Range(100, 600)),
        ("crp", {"at_most": 4}, Range(0, 4)),
        ("crp", {"at_least": 10, "at_most": 20}, Range(10, 20)),
        ("crp", "raised", Said("raised")),
        ("crp", "normal", Said("normal")),
        ("scan_date", "2026-11-23", date(2026, 11, 23)),
        ("remark", "<b>café</b> \u202e", "<b>café</b> \u202e"),
    ],
)
def test_answers_are_read_and_written_back(content, item, raw, answer):
    item = content.items[item]
    read = read_answer(item, raw, NOW.date())
    assert read == answer
    assert read_answer(item, write_answer(read), NOW.date()) == answer


@pytest.mark.parametrize(
    ("item", "raw", "said"),
    [
        ("cancer", "yes", "write true"),
        ("cancer", 1, "write true"),
        ("cancer", {"unsure": False}, "is not an answer"),
        ("cancer", {"could_not_examine": " "}, "is not an answer"),
        ("weakness", "newer", "did you mean “new”"),
        ("weakness", 2, "one of no, new, old"),
        ("site", True, "is not a list"),
        ("site", ["thorax"], "did you mean “thoracic”"),
        ("crp", True, "is not a number"),
        ("crp", "2,7", "is not a number"),
        ("crp", "high", "is not a number"),
        ("crp", float("nan"), "is not a number"),
        ("crp", float("inf"), "is not a number"),
        ("crp", -1, "not possible"),
        ("crp", 10**400, "is not a number"),
        ("crp", {"at_least": -(10**400)}, "is not a number"),
        ("crp", 601, "mg/L or mg/dL?"),
        ("crp", {"value": 3, "unit": "mg/dL"}, "not its unit"),
        ("crp", {"at_least": 20, "at_most": 10}, "leaves nothing"),
        ("crp", {"at_least": 700}, "not possible"),
        ("crp", {}, "is not an answer"),
        ("scan_date", "2026-11-24", "in the future"),
        ("scan_date", "24/11/2025", "write it as 2026-11-22"),
        ("remark", 3, "is not text"),
        ("remark", "a\x00b", "is not text"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_way_out(content, item, raw, said):
    with pytest.raises(AnswerError, match=said):
        read_answer(content.items[item], raw, NOW.date())


def test_an_empty_case_is_a_case(read):
    case = read({})
    assert (case.person, dict(case.answers), case.at) == (Person(), {}, NOW)


def test_null_is_not_asked(read):
    assert dict(read({"answers": {"cancer": None}}).answers) == {}


def test_born_counts_to_the_day_of_the_encounter_in_the_practices_zone(read):
    before = read({"patient": {"born": "1963-07-02"}, "at": "2026-07-01T22:59+00:00"})
    after = read({"patient": {"born": "1963-07-02"}, "at": "2026-07-01T23:01+00:00"})
    assert (before.person.age, after.person.age) == (62, 63)


def test_a_leap_day_birthday(read):
    assert (age_on(date(2000, 2, 29), date(2026, 2, 28)), age_on(date(2000, 2, 29), date(2026, 3, 1))) == (25, 26)


def test_a_time_without_a_zone_is_the_practices(read):
    assert read({"at": "2026-07-01T10:00"}).at == datetime(2026, 7, 1, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ([], "must be a JSON object"),
        ({"patient": []}, "must be a JSON object"),
        ({"answers": 3}, "must be a JSON object"),
        ({"answer": {}}, "did you mean “answers”"),
        ({"patient": {"ages": 3}}, "did you mean “age”"),
        ({"patient": {"age": -3}}, "whole number from 0 to 120"),
        ({"patient": {"age": 63.5}}, "whole number from 0 to 120"),
        ({"patient": {"age": True}}, "whole number from 0 to 120"),
        ({"patient": {"age": "63"}}, "whole number from 0 to 120"),
        ({"patient": {"age": 63, "born": "1963-01-01"}}, "not both"),
        ({"patient": {"born": "2027-01-01"}}, "in the future"),
        ({"patient": {"born": "1863-01-01"}}, "more than 120 years ago"),
        ({"patient": {"born": "1 Jan 1963"}}, "is not a date"),
        ({"patient": {"sex": "woman"}}, "female, male or other"),
        ({"at": "yesterday"}, "is not a time"),
        ({"at": "0001-01-01T00:00+14:00"}, "no encounter was in the year 1"),
        ({"at": "9999-12-31T23:59-14:00"}, "no encounter was in the year 9999"),
        ({"answers": {"cancr": True}}, "did you mean “cancer”"),
        ({"answers": {"crp": 7000}}, "not possible"),
    ],
)
def test_bad_cases(read, raw, said):
    with pytest.raises(CaseError, match=said):
        read(raw)


def test_every_mistake_is_said_at_once(read):
    with pytest.raises(CaseError) as error:
        read({"patient": {"age": -3}, "answers": {"cancr": True, "crp": "x"}})
    assert len(error.value.mistakes) == 3
