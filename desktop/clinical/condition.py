"""One-line conditions: read with `ast`, never run as Python; true, false or unknown.

`cancer_history and (limb_weakness != "no" or at_least(2, a, b))`. Unknown follows Kleene's logic, as in
SQL and CQL: a part that is unknown leaves the whole unknown unless another part decides it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from desktop.clinical.checklist import Range

Known = bool | str | frozenset[str] | Range | None
Knowledge = Mapping[str, Known]
Verdict = bool | None


class ConditionError(ValueError):
    """A condition that is not in the language; the message says which part and why."""


@dataclass(frozen=True)
class Is:
    """A yes-no item answered yes."""

    item: str


@dataclass(frozen=True)
class Equals:
    item: str
    value: str


@dataclass(frozen=True)
class Compare:
    """`op` is one of < <= > >=."""

    item: str
    op: str
    value: float


@dataclass(frozen=True)
class Within:
    """Both bounds on one number, `40 <= age < 60`: the one shape in which a number stands in two directions."""

    low: Compare
    high: Compare

    @property
    def item(self) -> str:
        return self.low.item


@dataclass(frozen=True)
class Contains:
    """One of the choices of a multi-choice item."""

    item: str
    value: str


@dataclass(frozen=True)
class Answered:
    """Only in `asked_when`: true or false, never unknown."""

    item: str


@dataclass(frozen=True)
class Not:
    part: Condition


@dataclass(frozen=True)
class And:
    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Or:
    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class AtLeast:
    count: int
    parts: tuple[Condition, ...]


Leaf = Is | Equals | Compare | Within | Contains | Answered
Condition = Leaf | Not | And | Or | AtLeast
Terms = Mapping[str, tuple[Condition, ...]]

OPERATORS: dict[type[ast.cmpop], str] = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def parse(text: str, terms: Terms | None = None) -> Condition:
    """Raises ConditionError. A name that is a term is replaced by the term's text."""
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError) as error:
        raise ConditionError(f"cannot be read: {error}") from None
    return _Reader(terms or {}).condition(tree)


class _Reader:
    def __init__(self, terms: Terms) -> None:
        self.terms = terms

    def condition(self, node: ast.expr) -> Condition:
        match node:
            case ast.Name(id=name):
                return self._name(name)
            case ast.BoolOp(op=ast.And(), values=values):
                return And(tuple(self.condition(value) for value in values))
            case ast.BoolOp(values=values):
                return Or(tuple(self.condition(value) for value in values))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Not(self.condition(operand))
            case ast.Call():
                return self._at_least(node)
            case ast.Compare():
                return self._comparison(node)
        raise ConditionError(f"“{ast.unparse(node)}” is not part of the condition language")

    def _name(self, name: str) -> Condition:
        pieces = self.terms.get(name)
        if pieces is None:
            return Is(name)
        if len(pieces) != 1:
            raise ConditionError(f"“{name}” is a list: it belongs inside at_least(…)")
        return pieces[0]

    def _at_least(self, node: ast.Call) -> Condition:
        if not isinstance(node.func, ast.Name) or node.func.id != "at_least":
            raise ConditionError(f"“{ast.unparse(node.func)}” is not a function of the condition language")
        if node.keywords or not node.args or not _is_whole(node.args[0]):
            raise ConditionError("at_least needs a whole number first: at_least(2, a, b)")
        count = ast.literal_eval(node.args[0])
        parts = tuple(piece for argument in node.args[1:] for piece in self._pieces(argument))
        if not 1 <= count <= len(parts):
            raise ConditionError(f"at_least({count}, …) of {len(parts)} is always true or never true")
        return AtLeast(count, parts)

    def _pieces(self, node: ast.expr) -> tuple[Condition, ...]:
        if isinstance(node, ast.Name) and node.id in self.terms:
            return self.terms[node.id]
        return (self.condition(node),)

    def _comparison(self, node: ast.Compare) -> Condition:
        if len(node.ops) == 2:
            return self._interval(node)
        if len(node.ops) > 2:
            raise ConditionError(f"“{ast.unparse(node)}” compares too much at once")
        return _single(node.left, node.ops[0], node.comparators[0])

    def _interval(self, node: ast.Compare) -> Condition:
        low = _single(node.left, node.ops[0], node.comparators[0])
        high = _single(node.comparators[0], node.ops[1], node.comparators[1])
        if not (isinstance(low, Compare) and isinstance(high, Compare) and low.op in (">", ">=")):
            raise ConditionError(f"“{ast.unparse(node)}”: an interval is written 40 <= age < 60")
        if high.op not in ("<", "<=") or low.value >= high.value:
            raise ConditionError(f"“{ast.unparse(node)}” is empty")
        return Within(low, high)


def _single(left: ast.expr, op: ast.cmpop, right: ast.expr) -> Condition:
    match left, op, right:
        case ast.Name(id=item), ast.Eq(), ast.Constant(value=str() as value):
            return Equals(item, value)
        case ast.Name(id=item), ast.NotEq(), ast.Constant(value=str() as value):
            return Not(Equals(item, value))
        case ast.Constant(value=str() as value), ast.In(), ast.Name(id=item):
            return Contains(item, value)
        case ast.Name(id=item), ast.Is(), ast.Name(id="answered"):
            return Answered(item)
        case ast.Name(id=item), _, _ if type(op) in OPERATORS and _is_number(right):
            return Compare(item, OPERATORS[type(op)], float(ast.literal_eval(right)))
        case _, _, ast.Name(id=item) if type(op) in OPERATORS and _is_number(left):
            return Compare(item, MIRRORED[OPERATORS[type(op)]], float(ast.literal_eval(left)))
    raise ConditionError(f"“{ast.unparse(left)} … {ast.unparse(right)}” is not a comparison of the language")


def _is_number(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        node = node.operand
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def _is_whole(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is int


def verdict(condition: Condition, knowledge: Knowledge) -> Verdict:
    """Three-valued: None is unknown. `knowledge` holds what is known; an item that is absent or None is not."""
    match condition:
        case Not(part):
            inner = verdict(part, knowledge)
            return None if inner is None else not inner
        case And(parts):
            return _all(parts, knowledge)
        case Or(parts):
            return _any(parts, knowledge)
        case AtLeast(count, parts):
            return _at_least(count, [verdict(part, knowledge) for part in parts])
    return leaf_verdict(condition, knowledge.get(condition.item))


def _all(parts: tuple[Condition, ...], knowledge: Knowledge) -> Verdict:
    result: Verdict = True
    for part in parts:
        one = verdict(part, knowledge)
        if one is False:
            return False
        if one is None:
            result = None
    return result


def _any(parts: tuple[Condition, ...], knowledge: Knowledge) -> Verdict:
    result: Verdict = False
    for part in parts:
        one = verdict(part, knowledge)
        if one is True:
            return True
        if one is None:
            result = None
    return result


def _at_least(count: int, verdicts: list[Verdict]) -> Verdict:
    certain = verdicts.count(True)
    if certain >= count:
        return True
    return None if certain + verdicts.count(None) >= count else False


def leaf_verdict(leaf: Leaf, known: Known) -> Verdict:
    """What one leaf says when `known` is all that is known of its item."""
    if isinstance(leaf, Answered):
        return known is not None
    match leaf, known:
        case Is(), bool():
            return known
        case Equals(value=value), str():
            return known == value
        case Contains(value=value), frozenset():
            return value in known
        case Compare(), Range():
            return _compare(leaf, known)
        case Within(low=low, high=high), Range():
            bounds = (_compare(low, known), _compare(high, known))
            return False if False in bounds else None if None in bounds else True
    return None


def _compare(leaf: Compare, known: Range) -> Verdict:
    """True or false only where the whole range agrees; an open end does not belong to it."""
    upward = leaf.op in (">", ">=")
    strict = leaf.op in (">", "<")
    low_agrees = known.low > leaf.value or (known.low == leaf.value and (not strict or known.low_open))
    high_agrees = known.high < leaf.value or (known.high == leaf.value and (not strict or known.high_open))
    low_denies = known.low > leaf.value or (known.low == leaf.value and (strict or known.low_open))
    high_denies = known.high < leaf.value or (known.high == leaf.value and (strict or known.high_open))
    agrees, denies = (low_agrees, high_denies) if upward else (high_agrees, low_denies)
    return True if agrees else False if denies else None


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Every leaf, from left to right, repeated ones too."""
    match condition:
        case Not(part):
            yield from leaves(part)
        case And(parts) | Or(parts) | AtLeast(parts=parts):
            for part in parts:
                yield from leaves(part)
        case _:
            yield condition


def items(condition: Condition) -> tuple[str, ...]:
    """The items named, each once, in the order in which they stand."""
    return tuple(dict.fromkeys(leaf.item for leaf in leaves(condition)))


def open_items(condition: Condition, knowledge: Knowledge) -> tuple[str, ...]:
    """The items that could still decide an unknown condition: those of the parts that are themselves unknown."""
    found = _prune(condition, knowledge, lambda result: result is None)
    return tuple(dict.fromkeys(leaf.item for leaf, _ in found))


def support(condition: Condition, knowledge: Knowledge) -> tuple[tuple[Leaf, bool], ...]:
    """The leaves that a true condition rests on, each with the truth it has (false below a `not`)."""
    return tuple(dict.fromkeys(_prune(condition, knowledge, lambda result: result is True)))


def _prune(
    condition: Condition, knowledge: Knowledge, keeps: Callable[[Verdict], bool], truth: bool = True
) -> Iterator[tuple[Leaf, bool]]:
    result = verdict(condition, knowledge)
    if not keeps(result if truth or result is None else not result):
        return
    match condition:
        case Not(part):
            yield from _prune(part, knowledge, keeps, not truth)
        case And(parts) | Or(parts) | AtLeast(parts=parts):
            for part in parts:
                yield from _prune(part, knowledge, keeps, truth)
        case _:
            yield condition, truth
