"""What a GP types into a field, read as an answer or refused with the way to mend it."""

from __future__ import annotations

import re
from datetime import date

from desktop.clinical.answer import AnswerError, Json, read_answer
from desktop.clinical.checklist import Answer, CouldNotExamine, Item, Range, Said, Unsure
from desktop.clinical.dates import date_in, date_words
from desktop.record.notes import LONGEST
from desktop.ui.translation import translate

FIGURE = r"[-+−]?\d+(\.\d+)?"


def read_typed(item: Item, text: str, today: date) -> Answer:
    """Raises AnswerError with one line for beside the field."""
    words = text.strip()
    if len(words) > LONGEST:
        raise AnswerError(too_long(words))
    if item.kind == "number":
        return read_answer(item, _number(item, words), today)
    if item.kind == "date":
        return read_answer(item, _date(words), today)
    return read_answer(item, words, today)


def typed_words(item: Item, answer: Answer | None) -> str:
    """How an answer stands in its field; empty for those that are not typed."""
    match answer:
        case None | bool() | frozenset() | Unsure() | CouldNotExamine():
            return ""
        case Said(word):
            return word
        case Range():
            return _range_words(item, answer)
        case date():
            return date_words(answer)
        case int() | float():
            return f"{answer:g}"
    return answer


def too_long(text: str) -> str:
    return translate("Typed", "That is {count} characters; up to {most} fit here").format(
        count=f"{len(text):,}", most=f"{LONGEST:,}"
    )


def hint(item: Item) -> str:
    if item.kind == "date":
        return translate("Typed", "dd-Mmm-yyyy")
    if item.range is None:
        return ""
    return _between(*item.range)


def _between(low: float, high: float) -> str:
    return translate("Typed", "{low} to {high}").format(low=f"{low:g}", high=f"{high:g}")


def _number(item: Item, words: str) -> Json:
    plain = words.removesuffix(item.unit or "").strip() if item.unit else words
    if item.unit and item.unit.startswith("out of "):
        plain = plain.removesuffix("/" + item.unit.removeprefix("out of ")).strip()
    if re.fullmatch(r"[<>≤≥]?=?\s*[-+]?\d+,\d+", plain):
        told = translate("Typed", "“{typed}”: write {number} with a point")
        raise AnswerError(told.format(typed=words, number=plain.replace(",", ".")))
    if re.fullmatch(FIGURE, plain):
        return float(plain.replace("−", "-"))
    if limit := re.fullmatch(rf"([<>≤≥])=?\s*({FIGURE})", plain):
        return {"at_least" if limit[1] in ">≥" else "at_most": float(limit[2])}
    return plain.lower()


def _date(words: str) -> Json:
    if (day := date_in(words)) is not None:
        return day.isoformat()
    raise AnswerError(translate("Typed", "“{typed}” is not a date; write it as 22-11-2026").format(typed=words[:40]))


def _range_words(item: Item, answer: Range) -> str:
    low, high = item.range or (float("-inf"), float("inf"))
    if answer.high >= high:
        return f"≥{answer.low:g}"
    if answer.low <= low:
        return f"≤{answer.high:g}"
    return _between(answer.low, answer.high)
