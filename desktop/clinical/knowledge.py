"""What the answers amount to for the rules: the patient's facts, and each answer as something known or unknown."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.clinical.checklist import Answer, Item, Person, Range, Reference, Said
from desktop.clinical.condition import Knowledge, Known, verdict
from desktop.clinical.content import Content


def know(content: Content, person: Person, answers: Mapping[str, Answer]) -> Knowledge:
    """Unsure, could not examine, a date and a text decide nothing, like an item that was not asked."""
    facts: dict[str, Known] = {"age": None if person.age is None else Range(person.age, person.age)}
    facts["sex"] = person.sex
    return facts | {id: _amount(content, facts, content.items[id], answer) for id, answer in answers.items()}


def _amount(content: Content, facts: Knowledge, item: Item, answer: Answer) -> Known:
    match answer:
        case bool() | frozenset() | Range():
            return answer
        case str():
            return answer if item.kind == "choice" else None
        case int() | float():
            return Range(answer, answer)
        case Said(word):
            return _range_of(content, facts, item, word)
    return None


def _range_of(content: Content, facts: Knowledge, item: Item, word: str) -> Range:
    """The widest range that the word can mean for this patient, whose age or sex may be unknown."""
    found = Range(*(item.range or (float("-inf"), float("inf"))))
    for known_word in dict.fromkeys(reference.word for reference in item.reference):
        if word in (known_word, "normal"):
            bounds = _bounds(content, facts, [one for one in item.reference if one.word == known_word])
            found = _narrowed(found, bounds, inside=word == known_word)
    return found


def _bounds(content: Content, facts: Knowledge, references: list[Reference]) -> list[tuple[str, float]]:
    """The first reference whose `when` holds, and those before it that may hold."""
    found = []
    for reference in references:
        applies = True if reference.when is None else verdict(content.condition(reference.when), facts)
        if applies is not False:
            operator, figure = reference.bound.split()
            found.append((operator, float(figure)))
        if applies:
            break
    return found


def _narrowed(found: Range, bounds: list[tuple[str, float]], *, inside: bool) -> Range:
    if not bounds:
        return found
    upward = bounds[0][0].startswith(">")
    if upward == inside:
        value, operator = min((figure, operator) for operator, figure in bounds)
        return Range(value, found.high, operator in (">", "<="), found.high_open)
    value, operator = max((figure, operator) for operator, figure in bounds)
    return Range(found.low, value, found.low_open, operator in ("<", ">="))


def is_hidden(content: Content, item: Item, knowledge: Knowledge) -> bool:
    """Not shown, not listed as missing: the answer that opens it says no."""
    return item.asked_when is not None and verdict(content.condition(item.asked_when), knowledge) is False


def is_waiting(content: Content, item: Item, knowledge: Knowledge, answers: Mapping[str, Answer]) -> bool:
    """Not shown yet: a question that opens it has not been asked. Unsure there opens it."""
    if item.asked_when is None:
        return False
    when = content.condition(item.asked_when)
    if verdict(when, knowledge) is not None:
        return False
    return any(id in content.items and id not in answers for id in when.named)
