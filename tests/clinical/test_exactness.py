"""The shapes for which *unknown* would be said too often are refused, and what is left is exact."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.clinical.checklist import Item, Range
from desktop.clinical.condition import items, parse, verdict
from desktop.clinical.exactness import mistakes_in


def item(id, kind, **keys):
    return Item(id=id, label=id, ask=id, kind=kind, why="It matters.", **keys)


TIMED = {"no": "No", "new": "New", "old": "Old"}
ITEMS = {
    one.id: one
    for one in (
        item("a", "yes-no"),
        item("b", "yes-no"),
        item("c", "yes-no"),
        item("w", "choice", choices=TIMED),
        item("v", "choice", choices=TIMED),
        item("n", "number", range=(0, 4)),
        item("m", "number", range=(0, 4)),
        item("s", "multi", choices={"x": "X", "y": "Y"}),
        item("detail", "yes-no", asked_when='w != "no"'),
        item("day", "date"),
    )
}
OPENS = {"detail": parse('w != "no"')}


def mistakes(text):
    return list(mistakes_in(parse(text), ITEMS, opens=OPENS))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a or not a and b", "two directions"),
        ("a and not (a and b)", "two directions"),
        ("n >= 3 or n < 1", "two directions"),
        ("n >= 1 and n < 3", "two directions"),
        ("1 <= n < 3 or n >= 2", "two directions"),
        ("1 <= n < 2 or 2 <= n < 3", "two directions"),
        ("not 1 <= n < 3", "two directions"),
        ('"x" in s or not "x" in s and a', "two directions"),
        ('w == "new" and w == "old"', "two values at once"),
        ('(w == "new" or a) and (w == "old" or b)', "two values at once"),
        ('at_least(2, w == "new", w == "old", a)', "two values at once"),
        ('w == "new" or w == "old" or w == "no"', "cover every answer"),
        ('w == "no" or a and w != "no"', "cover every answer"),
        ("n >= 0", "always true"),
        ("n > 4", "always false"),
        ('detail and w == "no"', "is not asked when"),
        ('w == "no" and (a or detail)', "is not asked when"),
        ("nothing and a", "no item is called"),
        ("aa and b", "no item is called"),
        ('w == "never"', "cannot be"),
        ('"z" in s', "cannot be"),
        ("w and a", "is a choice"),
        ('a == "yes"', "is yes-no"),
        ("n and a", "is a number"),
        ('s == "x"', "may have several values"),
        ("day >= 3", "is a date"),
        ("a is answered", "only in asked_when"),
        ("age >= 0", "always true"),
        ('sex == "woman"', "cannot be"),
    ],
)
def test_refused(text, said):
    assert any(said in one for one in mistakes(text)), mistakes(text)


@pytest.mark.parametrize(
    "text",
    [
        "a and b or a and c",
        "not a and not b",
        "n >= 2 or n >= 3 and a",
        "1 <= n < 3 and a",
        'w != "no" and (w == "new" or a)',
        'w == "new" or w == "old" and a',
        '"x" in s and "y" in s',
        'detail and w != "no"',
        "at_least(2, a, b, n >= 3)",
        'age >= 60 and sex == "male"',
    ],
)
def test_accepted(text):
    assert mistakes(text) == []


def test_the_nearest_name_is_offered():
    assert any("did you mean “detail”" in one for one in mistakes("detial and a"))


LEAVES = ["a", "b", "c", 'w == "new"', 'w == "old"', 'w != "no"', 'w == "no"', 'v == "new"', 'v != "no"']
LEAVES += ["n >= 1", "n >= 3", "n < 2", "1 <= n < 3", "m <= 2", '"x" in s', '"y" in s', "detail"]
CONDITIONS = st.recursive(
    st.sampled_from(LEAVES),
    lambda part: st.one_of(
        st.tuples(part, part).map(lambda two: f"({two[0]} and {two[1]})"),
        st.tuples(part, part).map(lambda two: f"({two[0]} or {two[1]})"),
        part.map(lambda one: f"(not {one})"),
        st.tuples(part, part, part).map(lambda three: f"at_least(2, {', '.join(three)})"),
    ),
    max_leaves=7,
)
VALUES = {
    "a": [True, False],
    "b": [True, False],
    "c": [True, False],
    "detail": [True, False],
    "w": ["no", "new", "old"],
    "v": ["no", "new", "old"],
    "n": [Range(x, x) for x in range(5)],
    "m": [Range(x, x) for x in range(5)],
    "s": [frozenset(), frozenset({"x"}), frozenset({"y"}), frozenset({"x", "y"})],
}


@settings(max_examples=300, deadline=None)
@given(CONDITIONS, st.data())
def test_whatever_is_accepted_is_exact(text, data):
    """Unknown if and only if some completion of the open answers makes it true and some makes it false."""
    condition = parse(text)
    if mistakes(text):
        return
    known = {one: data.draw(st.sampled_from([*VALUES[one], None])) for one in items(condition)}
    free = [one for one in known if known[one] is None]
    completions = itertools.product(*(VALUES[one] for one in free))
    outcomes = {verdict(condition, known | dict(zip(free, values, strict=True))) for values in completions}
    assert verdict(condition, known) is (outcomes.pop() if len(outcomes) == 1 else None)
