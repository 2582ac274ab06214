"""Answers in words, the same on screen and paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desktop.clinical.checklist import Answer, CouldNotExamine, Item, Person, Range, Said, Unsure
from desktop.clinical.condition import Leaf
from desktop.clinical.content import Content
from desktop.clinical.dates import SPACE, date_words


def answer_words(item: Item, answer: Answer) -> str:
    """Lower case, to stand after a label and a colon."""
    match answer:
        case bool():
            return "yes" if answer else "no"
        case int() | float():
            return with_unit(f"{answer:g}", item)
        case str():
            return choice_words(item, answer) if item.kind == "choice" else answer
        case frozenset():
            chosen = [choice_words(item, choice) for choice in item.choices if choice in answer]
            return ", ".join(chosen) or "none of these"
        case date():
            return date_words(answer)
        case Range():
            return with_unit(_range_words(item, answer), item)
        case Said(word):
            return word
        case CouldNotExamine(reason):
            return f"could not examine: {reason}"
        case Unsure():
            return "unsure"


def choice_words(item: Item, choice: str) -> str:
    """The words before a colon are the short form; what follows is the definition for the screen."""
    return lower_first(item.choices[choice].split(":")[0])


def upper_first(words: str) -> str:
    return words[:1].upper() + words[1:]


def lower_first(words: str) -> str:
    """For the middle of a sentence; an abbreviation at the start keeps its capitals."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def with_unit(amount: str, item: Item) -> str:
    """The unit clings to its figure, so that a line never breaks between them."""
    if item.unit in (None, "year"):
        return amount
    if item.unit == "%":
        return f"{amount}%"
    unit = item.unit.removesuffix("s") if amount == "1" and item.unit in ("weeks", "years", "minutes") else item.unit
    return f"{amount}{SPACE}{unit}"


def _range_words(item: Item, found: Range) -> str:
    low, high = item.range or (float("-inf"), float("inf"))
    if found.high >= high:
        return f"at least {found.low:g}"
    if found.low <= low:
        return f"at most {found.high:g}"
    return f"{found.low:g} to {found.high:g}"


def leaf_words(content: Content, person: Person, answers: Mapping[str, Answer], leaf: Leaf) -> str:
    """What the patient or the answer says, for the reasons of a flag: `Weak arm or leg: new`."""
    if leaf.item == "age":
        return f"Age {person.age}"
    if leaf.item == "sex":
        return str(person.sex).capitalize()
    item = content.items[leaf.item]
    return f"{item.label}: {answer_words(item, answers[leaf.item])}"
