"""Answers as other programs and the store write them (JSON values), read against the item they answer."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from desktop.clinical.checklist import Answer, CouldNotExamine, Item, Range, Said, Unsure

Json = object
LARGEST = sys.float_info.max


class AnswerError(ValueError):
    """One line: what does not fit, and how to mend it."""


def read_answer(item: Item, raw: Json, today: date) -> Answer:
    """`raw` as in a case file; None is not an answer (the caller leaves the item out). Raises AnswerError."""
    if isinstance(raw, Mapping):
        return _read_table(item, raw)
    match item.kind:
        case "yes-no":
            return _read_yes_no(raw)
        case "choice":
            return _read_choice(item, raw)
        case "multi":
            return _read_multi(item, raw)
        case "number":
            return _read_number(item, raw, today)
        case "date":
            return _read_date(item, raw, today)
        case "text":
            return _read_text(raw)


def read_stored(items: Mapping[str, Item], stored: Mapping[str, Json]) -> dict[str, Answer]:
    """Those that the checklist still knows and can read. Whether a day is still to come was asked when it was given."""
    found: dict[str, Answer] = {}
    for id, raw in stored.items():
        if id in items:
            with suppress(AnswerError):
                found[id] = read_answer(items[id], raw, date.max)
    return found


def write_answer(answer: Answer) -> Json:
    """The JSON value that `read_answer` reads back as the same answer."""
    match answer:
        case frozenset():
            return sorted(answer)
        case Range(low, high):
            return {"at_least": low, "at_most": high}
        case Said(word):
            return word
        case Unsure():
            return {"unsure": True}
        case CouldNotExamine(reason):
            return {"could_not_examine": reason}
        case date():
            return answer.isoformat()
    return answer


def _read_table(item: Item, raw: Mapping[str, object]) -> Answer:
    match dict(raw):
        case {"unsure": True, **rest} if not rest:
            return Unsure()
        case {"could_not_examine": str(reason), **rest} if not rest and reason.strip():
            return CouldNotExamine(_read_text(reason))
        case {"value": value, "unit": str(unit), **rest} if not rest and item.kind == "number":
            return _read_with_unit(item, value, unit)
        case table if item.kind == "number" and table and table.keys() <= {"at_least", "at_most"}:
            return _read_range(item, table)
    raise AnswerError(f"{_show(raw)} is not an answer; {_expected(item)}")


def _read_yes_no(raw: Json) -> bool:
    if isinstance(raw, bool):
        return raw
    raise AnswerError(f'{_show(raw)} is not an answer; write true, false or {{"unsure": true}}')


def _read_choice(item: Item, raw: Json) -> str:
    if raw is True and item.yes_means:
        return item.yes_means
    if raw is False and "no" in item.choices:
        return "no"
    return _one_of(item, raw)


def _read_multi(item: Item, raw: Json) -> frozenset[str]:
    if raw is False:
        return frozenset()
    chosen = [raw] if isinstance(raw, str) else raw
    if not isinstance(chosen, list):
        raise AnswerError(f"{_show(raw)} is not a list; {_expected(item)}")
    return frozenset(_one_of(item, one) for one in chosen)


def _one_of(item: Item, raw: Json) -> str:
    if isinstance(raw, str) and raw in item.choices:
        return raw
    from difflib import get_close_matches  # only where something is wrong

    near = get_close_matches(str(raw), item.choices, n=1)
    hint = f" (did you mean “{near[0]}”?)" if near else ""
    raise AnswerError(f"{_show(raw)} is not one of its answers{hint}; {_expected(item)}")


def _read_number(item: Item, raw: Json, today: date) -> float | Said:
    if isinstance(raw, str) and raw in _number_words(item):
        return Said(raw)
    number = _number(item, raw)
    if item.not_future and number > today.year:
        raise AnswerError(f"{number:g} is in the future")
    return _in_range(item, number)


def _number_words(item: Item) -> list[str]:
    words = list(dict.fromkeys(reference.word for reference in item.reference))
    return [*words, "normal"] if words else []


def _number(item: Item, raw: Json) -> float:
    """JSON has integers that no float can hold."""
    if isinstance(raw, int | float) and not isinstance(raw, bool) and -LARGEST <= raw <= LARGEST:
        return raw
    raise AnswerError(f"{_show(raw)} is not a number; {_expected(item)}")


def _in_range(item: Item, raw: Json) -> float:
    number = _number(item, raw)
    if item.range and not item.range[0] <= number <= item.range[1]:
        raise AnswerError(f"{number:g} is not possible: {_range(item)}{_unit_doubt(item)}")
    if item.whole and number != int(number):
        raise AnswerError(f"{number:g} is not a whole number; {_expected(item)}")
    return number


def _read_with_unit(item: Item, value: Json, unit: str) -> float:
    if unit != item.unit:
        raise AnswerError(f"“{unit}” is not its unit: give it in {item.unit or 'plain figures'}, or check the figure")
    return _in_range(item, value)


def _read_range(item: Item, table: Mapping[str, object]) -> Range:
    low, high = item.range or (-math.inf, math.inf)
    found = Range(
        _in_range(item, table["at_least"]) if "at_least" in table else low,
        _in_range(item, table["at_most"]) if "at_most" in table else high,
    )
    if found.low > found.high:
        raise AnswerError(f"at least {found.low:g} and at most {found.high:g} leaves nothing")
    return found


def _read_date(item: Item, raw: Json, today: date) -> date:
    try:
        day = date.fromisoformat(raw) if isinstance(raw, str) else None
    except ValueError:
        day = None
    if day is None:
        raise AnswerError(f"{_show(raw)} is not a date; {_expected(item)}")
    if item.not_future and day > today:
        raise AnswerError(f"{day.isoformat()} is in the future")
    return day


def _read_text(raw: Json) -> str:
    if not isinstance(raw, str) or "\0" in raw:
        raise AnswerError(f"{_show(raw)} is not text")
    return raw


def _expected(item: Item) -> str:
    match item.kind:
        case "yes-no":
            return "write true or false"
        case "choice":
            return f"one of {', '.join(item.choices)}"
        case "multi":
            return f"a list of {', '.join(item.choices)}"
        case "number":
            words = "".join(f" or “{word}”" for word in _number_words(item))
            return f"{_range(item)}{words}"
        case "date":
            return "write it as 2026-11-22"
        case "text":
            return "write it as text"


def _range(item: Item) -> str:
    if item.range is None:
        return "a number"
    if item.not_future:
        return f"a year from {item.range[0]:g} to this one"
    unit = f" {item.unit}" if item.unit else ""
    return f"a number from {item.range[0]:g} to {item.range[1]:g}{unit}"


def _unit_doubt(item: Item) -> str:
    return f" ({item.unit} or {item.other_units[0]}?)" if item.other_units else ""


def _show(raw: Json) -> str:
    text = str(raw)
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"
