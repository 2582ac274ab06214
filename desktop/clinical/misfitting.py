"""Why an entry doesn't fit its model, in words for who wrote it: every key at fault, not the first alone.

Whether it fits is decided by msgspec; here it is only said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, time

from msgspec import inspect

Told = tuple[str, str]
PLAIN: dict[type[inspect.Type], tuple[type | tuple[type, ...], str]] = {
    inspect.StrType: (str, "should be text in quotation marks"),
    inspect.IntType: (int, "should be a whole number"),
    inspect.FloatType: ((int, float), "should be a number"),
    inspect.BoolType: (bool, "should be true or false"),
    inspect.DateType: (date, "should be a date, as 2026-11-22"),
    inspect.TimeType: (time, "should be a time, as 18:30:00"),
}


def misfitting(model: type, raw: object) -> Iterator[Told]:
    """Each key, as `plan.0.within`, and what is wrong with it."""
    return _wrong(inspect.type_info(model), raw, "")


def _wrong(wanted: inspect.Type, raw: object, key: str) -> Iterator[Told]:
    match wanted:
        case inspect.Metadata(type=inner):
            yield from _wrong(inner, raw, key)
        case inspect.StructType():
            yield from _wrong_table(wanted, raw, key)
        case inspect.UnionType():
            yield from _wrong_union(wanted, raw, key)
        case inspect.LiteralType(values=values):
            if raw not in values:
                yield key, f"should be one of: {', '.join(map(str, values))}"
        case inspect.VarTupleType() | inspect.TupleType():
            yield from _wrong_list(wanted, raw, key)
        case inspect.DictType():
            yield from _wrong_dict(wanted, raw, key)
        case _:
            yield from _wrong_value(wanted, raw, key)


def _wrong_table(wanted: inspect.StructType, raw: object, key: str) -> Iterator[Told]:
    if not isinstance(raw, Mapping):
        yield key, "should be a table"
        return
    known = {field.encode_name: field for field in wanted.fields}
    for name in raw.keys() - known.keys() - {wanted.tag_field}:
        yield _within(key, name), "is not a key of this table"
    for name, field in known.items():
        if name in raw:
            yield from _wrong(field.type, raw[name], _within(key, name))
        elif field.required:
            yield _within(key, name), "is missing"


def _wrong_union(wanted: inspect.UnionType, raw: object, key: str) -> Iterator[Told]:
    """Either a value that may be left out, or tables told apart by one of their keys."""
    tables = {one.tag: one for one in wanted.types if isinstance(one, inspect.StructType)}
    if not tables:
        yield from min((list(_wrong(one, raw, key)) for one in _filled(wanted)), key=len)
        return
    field = next(iter(tables.values())).tag_field or ""
    if not isinstance(raw, Mapping):
        yield key, "should be a table"
    elif field not in raw:
        yield _within(key, field), "is missing"
    elif raw[field] not in tables:
        yield _within(key, field), f"should be one of: {', '.join(map(str, tables))}"
    else:
        yield from _wrong(tables[raw[field]], raw, key)


def _filled(wanted: inspect.UnionType) -> Iterator[inspect.Type]:
    return (one for one in wanted.types if not isinstance(one, inspect.NoneType))


def _wrong_list(wanted: inspect.VarTupleType | inspect.TupleType, raw: object, key: str) -> Iterator[Told]:
    if not isinstance(raw, list | tuple):
        yield key, "should be a list"
        return
    if isinstance(wanted, inspect.TupleType):
        kinds = wanted.item_types
        if len(raw) != len(kinds):
            yield key, f"needs {len(kinds)} entries"
    else:
        kinds = (wanted.item_type,) * len(raw)
        yield from _wrong_length(wanted, len(raw), key)
    for place, (kind, one) in enumerate(zip(kinds, raw, strict=False)):
        yield from _wrong(kind, one, _within(key, str(place)))


def _wrong_length(wanted: inspect.VarTupleType, length: int, key: str) -> Iterator[Told]:
    least, most = wanted.min_length or 0, wanted.max_length
    if length < least:
        yield key, "needs at least one entry" if least == 1 else f"needs at least {least} entries"
    if most is not None and length > most:
        yield key, f"has room for {most} entries"


def _wrong_dict(wanted: inspect.DictType, raw: object, key: str) -> Iterator[Told]:
    if not isinstance(raw, Mapping):
        yield key, "should be a table"
        return
    for name, value in raw.items():
        yield from _wrong(wanted.key_type, name, _within(key, name))
        yield from _wrong(wanted.value_type, value, _within(key, name))


def _wrong_value(wanted: inspect.Type, raw: object, key: str) -> Iterator[Told]:
    right, words = PLAIN.get(type(wanted), (object, ""))
    if not isinstance(raw, right) or (isinstance(raw, bool) and right is not bool and right is not object):
        yield key, words
    elif isinstance(wanted, inspect.StrType):
        yield from _wrong_text(wanted, str(raw), key)
    elif isinstance(wanted, inspect.IntType | inspect.FloatType):
        yield from _wrong_number(wanted, raw, key)


def _wrong_text(wanted: inspect.StrType, text: str, key: str) -> Iterator[Told]:
    if len(text) < (wanted.min_length or 0):
        yield key, "must not be empty"
    if wanted.pattern is not None and not re.search(wanted.pattern, text):
        yield key, f"“{text}” is not written as it has to be ({wanted.pattern})"


def _wrong_number(wanted: inspect.IntType | inspect.FloatType, number: object, key: str) -> Iterator[Told]:
    assert isinstance(number, int | float)
    kept = {
        "above": wanted.gt is None or number > wanted.gt,
        "at least": wanted.ge is None or number >= wanted.ge,
        "below": wanted.lt is None or number < wanted.lt,
        "at most": wanted.le is None or number <= wanted.le,
    }
    limits = dict(zip(kept, (wanted.gt, wanted.ge, wanted.lt, wanted.le), strict=True))
    for words, is_kept in kept.items():
        if not is_kept:
            yield key, f"should be {words} {limits[words]:g}"


def _within(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name
