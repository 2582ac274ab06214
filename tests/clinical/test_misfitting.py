"""Every key of an entry that doesn't fit is told, in words for who wrote it; what fits is told nothing."""

from datetime import date
from typing import Annotated, Literal

import pytest
from msgspec import Meta, ValidationError, convert, field

from desktop.clinical.hazards import TestId
from desktop.clinical.mistakes import ContentFile
from desktop.clinical.model import Id, Model, Refused, Words, read
from desktop.clinical.rules import RuleId


class Walk(Model, tag_field="kind", tag="walk"):
    metres: Annotated[int, Meta(gt=0)]


class Rest(Model, tag_field="kind", tag="rest"):
    note: str = ""


class Day(Model, kw_only=True):
    id: Id
    words: Words
    mood: Literal["fair", "poor"] = "fair"
    on: date | None = None
    share: Annotated[float, Meta(ge=0, lt=1)] = 0
    steps: Annotated[tuple[Walk | Rest, ...], Meta(min_length=1)]
    names: tuple[Words, ...] = ()
    span: tuple[float, float] | None = None
    also: dict[Id, str] = field(default_factory=dict)
    sure: bool = False

    def __post_init__(self) -> None:
        if self.sure and self.mood == "poor":
            raise ValueError("nobody is sure of a poor day")


RIGHT = {"id": "monday", "words": "A day", "steps": [{"kind": "walk", "metres": 10}]}


@pytest.mark.parametrize(
    ("wrong", "key", "said"),
    [
        ({"id": "Monday!"}, "id", "is not written as it has to be"),
        ({"id": "monday\n"}, "id", "is not written as it has to be"),
        ({"words": ""}, "words", "must not be empty"),
        ({"words": 7}, "words", "should be text"),
        ({"mood": "grim"}, "mood", "should be one of: fair, poor"),
        ({"on": "2026-11-22"}, "", None),
        ({"on": "soon"}, "on", "should be a date"),
        ({"share": 1}, "share", "should be below 1"),
        ({"share": -0.5}, "share", "should be at least 0"),
        ({"share": True}, "share", "should be a number"),
        ({"steps": []}, "steps", "needs at least one entry"),
        ({"steps": "walk"}, "steps", "should be a list"),
        ({"steps": [{"kind": "run"}]}, "steps.0.kind", "should be one of: walk, rest"),
        ({"steps": [{"metres": 1}]}, "steps.0.kind", "is missing"),
        ({"steps": [{"kind": "rest"}, {"kind": "walk", "metres": 0}]}, "steps.1.metres", "should be above 0"),
        ({"steps": [{"kind": "walk", "metres": 1.5}]}, "steps.0.metres", "should be a whole number"),
        ({"steps": [{"kind": "rest", "metres": 1}]}, "steps.0.metres", "is not a key of this table"),
        ({"names": ["a", ""]}, "names.1", "must not be empty"),
        ({"span": [1]}, "span", "needs 2 entries"),
        ({"span": [1, "x"]}, "span.1", "should be a number"),
        ({"also": {"Not": "x"}}, "also.Not", "is not written as it has to be"),
        ({"also": {"no": 3}}, "also.no", "should be text"),
        ({"also": []}, "also", "should be a table"),
        ({"sure": "yes"}, "sure", "should be true or false"),
        ({"sure": True, "mood": "poor"}, "", "nobody is sure of a poor day"),
        ({"colour": "red"}, "colour", "is not a key of this table"),
    ],
)
def test_what_does_not_fit_is_told_by_its_key(wrong, key, said):
    if said is None:
        assert read(Day, RIGHT | wrong)
        return
    with pytest.raises(Refused) as refused:
        read(Day, RIGHT | wrong)
    ((found, message),) = refused.value.mistakes
    assert found == key
    assert said in message


def test_all_of_an_entry_is_told_at_once():
    with pytest.raises(Refused) as refused:
        read(Day, {"id": "", "mood": "grim", "steps": [{"kind": "walk"}, 3], "colour": "red"})
    assert dict(refused.value.mistakes).keys() == {"id", "words", "mood", "steps.0.metres", "steps.1", "colour"}


@pytest.mark.parametrize("raw", [None, "monday", 3, [RIGHT]])
def test_an_entry_that_is_no_table_is_refused(raw):
    with pytest.raises(Refused, match="should be a table"):
        read(Day, raw)


def test_what_fits_is_taken():
    """The twin."""
    day = read(Day, RIGHT | {"span": [1, 2.5], "on": date(2026, 11, 22)})
    assert day.steps == (Walk(metres=10),)
    assert day.span == (1.0, 2.5)
    with pytest.raises(AttributeError):
        day.mood = "poor"


def test_a_file_tells_them_with_its_line(tmp_path):
    path = tmp_path / "days.toml"
    path.write_text('[[day]]\nid = "monday"\nwords = ""\nsteps = []\n', encoding="utf-8")
    file = ContentFile(path, tmp_path)
    assert file.entries("day", Day) == []
    assert [(one.line, one.key) for one in file.mistakes] == [(3, "words"), (4, "steps")]


@pytest.mark.parametrize(("kind", "name"), [(RuleId, "R01"), (TestId, "tests/test_pins.py::test_it")])
def test_no_name_ends_in_a_line_of_its_own(kind, name):
    assert convert(name, kind) == name
    with pytest.raises(ValidationError):
        convert(f"{name}\n", kind)
