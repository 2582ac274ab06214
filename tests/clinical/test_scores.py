"""Scores: the published totals, every band without a gap, the wrong public copies, and input that cannot be."""

import math
from datetime import date
from pathlib import Path

import pytest

from desktop.clinical.checklist import Person, Unsure
from desktop.clinical.content import Content
from desktop.clinical.counts import myeloma_triad, ng65_count
from desktop.clinical.mistakes import ContentError
from desktop.clinical.scores import ScoreError, adjusted_calcium, egfr, load_scores, score

from ..prepared import shipped_content

MG_DL = 88.4
WORST = {
    "location": "junctional",
    "pain": "mechanical",
    "lesion": "lytic",
    "alignment": "displaced",
    "collapse": "over_half",
    "posterolateral": "bilateral",
}
LEAST = {
    "location": "rigid",
    "pain": "none",
    "lesion": "blastic",
    "alignment": "normal",
    "collapse": "none",
    "posterolateral": "none",
}


@pytest.fixture(scope="module")
def content() -> Content:
    return shipped_content()


@pytest.fixture(scope="module")
def scores(content):
    return load_scores(content)


@pytest.mark.parametrize(
    ("name", "points"),
    [
        ("location", {"junctional": 3, "mobile": 2, "semirigid": 1, "rigid": 0}),
        ("pain", {"mechanical": 3, "occasional": 1, "none": 0}),
        ("lesion", {"lytic": 2, "mixed": 1, "blastic": 0}),
        ("alignment", {"displaced": 4, "deformity": 2, "normal": 0}),
        ("collapse", {"over_half": 3, "under_half": 2, "body_involved": 1, "none": 0}),
        ("posterolateral", {"bilateral": 3, "unilateral": 1, "none": 0}),
    ],
)
def test_sins_points(scores, name, points):
    part = next(part for part in scores["sins"].part if part.id == name)
    assert {choice.id: choice.points for choice in part.choices} == points


@pytest.mark.parametrize(
    ("name", "points"),
    [
        ("site", {"upper_limb": 1, "lower_limb": 2, "peritrochanteric": 3}),
        ("pain", {"mild": 1, "moderate": 2, "functional": 3}),
        ("lesion", {"blastic": 1, "mixed": 2, "lytic": 3}),
        ("size", {"under_third": 1, "third_to_two_thirds": 2, "over_two_thirds": 3}),
    ],
)
def test_mirels_points(scores, name, points):
    part = next(part for part in scores["mirels"].part if part.id == name)
    assert {choice.id: choice.points for choice in part.choices} == points


@pytest.mark.parametrize(
    ("chosen", "total", "band"),
    [
        (WORST, 18, "unstable"),
        (LEAST, 0, "stable"),
        ({**WORST, "alignment": "normal", "posterolateral": "unilateral"}, 12, "potentially unstable"),
        ({**WORST, "alignment": "normal", "collapse": "under_half"}, 13, "unstable"),
        ({**LEAST, "location": "junctional", "pain": "mechanical"}, 6, "stable"),
        ({**LEAST, "location": "junctional", "pain": "mechanical", "lesion": "mixed"}, 7, "potentially unstable"),
    ],
)
def test_sins_totals(scores, chosen, total, band):
    result = score(scores["sins"], chosen)
    assert (result.points, result.band.name, result.complete) == (total, band, True)


@pytest.mark.parametrize(
    ("total", "band"),
    [(4, "7 or less"), (7, "7 or less"), (8, "8"), (9, "9 or more"), (12, "9 or more")],
)
def test_mirels_bands(scores, total, band):
    assert [one.name for one in scores["mirels"].band if one.first <= total <= one.last] == [band]


def test_an_incomplete_score_says_so_and_keeps_its_range(scores):
    result = score(scores["mirels"], {"site": "peritrochanteric", "lesion": "lytic", "size": "over_two_thirds"})
    assert (result.points, result.low, result.high, result.missing) == (9, 10, 12, ("pain",))
    assert result.words.startswith("Incomplete: 9 points from 3 of 4 parts, possible total 10 to 12.")


def test_an_incomplete_score_has_no_band_while_two_are_possible(scores):
    assert score(scores["sins"], {"location": "junctional", "pain": "mechanical"}).band is None


@pytest.mark.parametrize(
    "chosen",
    [
        {"location": "L3"},
        {"collapse": "half"},
        {"colapse": "over_half"},
        {"collapse": ""},
    ],
)
def test_what_is_not_in_the_table_is_refused(scores, chosen):
    with pytest.raises(ScoreError):
        score(scores["sins"], chosen)


def test_sins_is_not_the_wrong_public_copy(scores):
    """One page prints pain as 3, 2, 1 and calls 1 to 6 stable: a painless, harmless lesion would have no band."""
    pain = next(part for part in scores["sins"].part if part.id == "pain")
    assert [choice.points for choice in pain.choices] != [3, 2, 1]
    assert score(scores["sins"], LEAST).band.first == 0


def test_exactly_half_a_collapse_is_no_choice(scores):
    """The source leaves it undefined, so the program does not decide it."""
    assert "exactly half" in scores["sins"].note
    part = next(part for part in scores["sins"].part if part.id == "collapse")
    assert not any("50" in choice.words for choice in part.choices)


@pytest.mark.parametrize("name", ["start_back", "oswestry", "odi", "dn4", "pain_detect", "tokuhashi", "tomita"])
def test_what_may_not_be_shipped_is_not_shipped(scores, name):
    assert set(scores) == {"sins", "mirels"}
    assert name not in scores


@pytest.mark.parametrize(("calcium", "albumin", "adjusted"), [(1.83, 26, 2.11), (2.4, 40, 2.4), (2.5, 30, 2.7)])
def test_adjusted_calcium(calcium, albumin, adjusted):
    assert adjusted_calcium(calcium, albumin) == adjusted


def test_adjusted_calcium_is_not_the_page_that_says_1_876():
    assert adjusted_calcium(1.876, 26) != 2.11


@pytest.mark.parametrize(
    ("calcium", "albumin"),
    [(9.8, 40), (2.4, 4.0), (0, 40), (2.4, 400), (-2.4, 40), (math.nan, 40), (2.4, math.inf), (True, 40)],
)
def test_impossible_calcium_is_refused(calcium, albumin):
    with pytest.raises(ScoreError):
        adjusted_calcium(calcium, albumin)


@pytest.mark.parametrize(
    ("creatinine", "age", "sex", "expected"),
    [
        (0.8 * MG_DL, 70, "male", 95),
        (1.0 * MG_DL, 50, "female", 69),
        (1.2 * MG_DL, 55, "male", 71),
        (0.7 * MG_DL, 40, "female", round(142 * 0.9938**40 * 1.012)),
        (0.9 * MG_DL, 40, "male", round(142 * 0.9938**40)),
    ],
)
def test_egfr(creatinine, age, sex, expected):
    assert egfr(creatinine, age, sex) == expected


@pytest.mark.parametrize(
    ("creatinine", "age", "sex", "of_2009"),
    [(100, 70, "male", 65), (100, 70, "female", 49), (60, 60, "female", 95), (50, 40, "male", 129)],
)
def test_egfr_is_not_the_equation_of_2009(creatinine, age, sex, of_2009):
    """Public tests of the older equation; a page that calls another formula CKD-EPI 2021 exists too."""
    assert egfr(creatinine, age, sex) != of_2009


def test_egfr_is_not_the_copy_that_gives_110():
    assert egfr(1.2 * MG_DL, 55, "male") != 110


@pytest.mark.parametrize(
    ("creatinine", "age", "sex"),
    [
        (1.1, 60, "male"),
        (90, 12, "female"),
        (90, 130, "female"),
        (0, 50, "male"),
        (90, 50, "other"),
        (math.nan, 50, "male"),
    ],
)
def test_impossible_egfr_is_refused(creatinine, age, sex):
    with pytest.raises(ScoreError):
        egfr(creatinine, age, sex)


ENTRY = {"onset_age": 38, "pain_duration_weeks": 100}
NONE = {
    "waking_second_half_night": False,
    "buttock_pain": False,
    "better_with_movement": False,
    "nsaid_response": False,
    "family_spondyloarthritis": False,
    "arthritis_ever": False,
    "enthesitis_ever": False,
    "psoriasis": False,
}


@pytest.mark.parametrize(
    ("answers", "certain", "possible", "words"),
    [
        ({}, 0, 9, "Age at onset and duration"),
        (ENTRY, 0, 8, "0 features so far, up to 8"),
        ({**ENTRY, **NONE}, 0, 0, "Fewer than 3"),
        ({**ENTRY, **NONE, "buttock_pain": True, "psoriasis": True, "nsaid_response": True}, 3, 3, "Exactly 3"),
        ({**ENTRY, "buttock_pain": True, "psoriasis": True, "nsaid_response": True}, 3, 8, "3 features so far"),
        ({**ENTRY, **NONE, "buttock_pain": True, "psoriasis": Unsure()}, 1, 2, "Fewer than 3"),
        (
            {**ENTRY, "onset_age": 30, "buttock_pain": True, "psoriasis": True, "nsaid_response": True},
            4,
            9,
            "4 or more",
        ),
        ({"onset_age": 50, "pain_duration_weeks": 100}, 0, 8, "The count is meant for"),
    ],
)
def test_ng65_count(content, answers, certain, possible, words):
    count = ng65_count(content, Person(40, "female"), answers)
    assert (count.certain, count.possible, count.of) == (certain, possible, 9)
    assert count.words.startswith(words)


@pytest.mark.parametrize(
    ("answers", "certain", "possible"),
    [
        ({}, 0, 3),
        ({"haemoglobin": 119, "adjusted_calcium": 2.6, "esr": 30}, 3, 3),
        ({"haemoglobin": 120, "adjusted_calcium": 2.59, "esr": 29, "plasma_viscosity": 1.72}, 0, 0),
        ({"haemoglobin": 120, "adjusted_calcium": 2.59, "esr": 29}, 0, 1),
        ({"haemoglobin": Unsure(), "plasma_viscosity": 1.9}, 1, 3),
    ],
)
def test_myeloma_triad(content, answers, certain, possible):
    count = myeloma_triad(content, Person(66, "female"), answers)
    assert (count.certain, count.possible) == (certain, possible)


def test_a_normal_triad_takes_nothing_away(content):
    normal = {"haemoglobin": 140, "adjusted_calcium": 2.4, "esr": 5, "plasma_viscosity": 1.6}
    assert "Myeloma can be there all the same" in myeloma_triad(content, Person(66, "female"), normal).words


def planted(tmp_path: Path, text: str) -> Path:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence/scores.toml").write_text(text, encoding="utf-8")
    return tmp_path


PART = """\
[[score.part]]
id = "{}"
name = "A part"
choices = [ {{ id = "no", words = "No", points = 0 }}, {{ id = "yes", words = "Yes", points = {} }} ]
"""
BAND = '[[score.band]]\nfrom = {}\nto = {}\nname = "band"\nwords = "Band."\n'
HEAD = """\
[[score]]
id = "test"
name = "Test"
about = "Test."
cites = ["sins-2010"]
tag = "seen"
checked = 2026-11-23
"""
GOOD = HEAD + PART.format("one", 1) + PART.format("two", 2) + BAND.format(0, 1) + BAND.format(2, 3)


def test_a_good_table_loads(content, tmp_path):
    assert load_scores(content, planted(tmp_path, GOOD))["test"].checked == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("to = 1", "to = 2", "a total of 2 lies in 2 bands"),
        ("from = 2", "from = 3", "a total of 2 lies in 0 bands"),
        ("to = 3", "to = 4", "must run from 0 to 3"),
        ('id = "two"', 'id = "one"', "a part stands twice"),
        ('id = "yes"', 'id = "no"', "has a choice twice"),
        ("points = 2", "points = -2", "should be at least 0"),
        ("sins-2010", "sins-1999", "no citation"),
        ('about = "Test."\n', "", "is missing"),
        ("[[score.band]]\nfrom = 0", "[[score.bands]]\nfrom = 0", "is not a key"),
    ],
)
def test_a_wrong_table_is_refused(content, tmp_path, old, new, said):
    assert old in GOOD
    with pytest.raises(ContentError, match=said):
        load_scores(content, planted(tmp_path, GOOD.replace(old, new, 1)))
