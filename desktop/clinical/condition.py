"""One-line conditions: read with `ast`, never run as Python; true, false or unknown.

`cancer_history and (limb_weakness != "no" or at_least(2, a, b))`. Unknown follows Kleene's logic, as in
SQL and CQL: a part that is unknown leaves the whole unknown unless another part decides it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache, cached_property

from msgspec import Struct

from desktop.clinical.checklist import Range

Known = bool | str | frozenset[str] | Range | None
Knowledge = Mapping[str, Known]
Verdict = bool | None
Figures = frozenset[tuple[str, float]]
NO_FIGURES: Figures = frozenset()


class ConditionError(ValueError):
    """A condition that is not in the language; the message says which part and why."""


class _Part(Struct, frozen=True, dict=True, tag=True, array_like=True):
    """What a condition is made of; the tag tells the kinds apart where they are kept ready."""

    @property
    def order(self) -> tuple[str, ...]:
        raise NotImplementedError

    @cached_property
    def named(self) -> frozenset[str]:
        """The items of it."""
        return frozenset(self.order)


@cache
def _just(item: str) -> frozenset[str]:
    """One for all that name it: a thousand sets of one took 200 KB."""
    return frozenset((item,))


class _Leaf(_Part, frozen=True, dict=True):
    @property
    def item(self) -> str:
        raise NotImplementedError

    @property
    def order(self) -> tuple[str, ...]:
        return (self.item,)

    @cached_property
    def named(self) -> frozenset[str]:
        return _just(self.item)

    @property
    def figures(self) -> Figures:
        """What numbers are compared with, by item; every condition has them."""
        return NO_FIGURES

    def says(self, known: Known) -> Verdict:
        """What it says when `known` is all that is known of its item; each kind says it for itself."""
        raise NotImplementedError

    def verdict(self, knowledge: Knowledge) -> Verdict:
        return self.says(knowledge.get(self.item))


class Is(_Leaf, frozen=True, dict=True):
    """A yes-no item answered yes."""

    item: str

    def says(self, known: Known) -> Verdict:
        return known if known is True or known is False else None


class Equals(_Leaf, frozen=True, dict=True):
    item: str
    value: str

    def says(self, known: Known) -> Verdict:
        return known == self.value if isinstance(known, str) else None


class Contains(_Leaf, frozen=True, dict=True):
    """One of the choices of a multi-choice item."""

    item: str
    value: str

    def says(self, known: Known) -> Verdict:
        return self.value in known if isinstance(known, frozenset) else None


class Compare(_Leaf, frozen=True, dict=True):
    """`op` is one of < <= > >=."""

    item: str
    op: str
    value: float

    @property
    def figures(self) -> Figures:
        return frozenset({(self.item, self.value)})

    def says(self, known: Known) -> Verdict:
        """True or false only where the whole range agrees; an open end does not belong to it."""
        if not isinstance(known, Range):
            return None
        if self.op in (">", ">="):
            return self._upward(known, strict=self.op == ">")
        above = self._upward(known, strict=self.op == "<=")
        return None if above is None else not above

    def _upward(self, known: Range, *, strict: bool) -> Verdict:
        """Whether all of the range is above the figure (strict), or at it and above; false if none of it is."""
        if known.low > self.value or (known.low == self.value and (known.low_open or not strict)):
            return True
        if known.high < self.value or (known.high == self.value and (known.high_open or strict)):
            return False
        return None


class Within(_Leaf, frozen=True, dict=True):
    """Both bounds on one number, `40 <= age < 60`: the one shape in which it stands in two directions."""

    low: Compare
    high: Compare

    @property
    def item(self) -> str:
        return self.low.item

    @property
    def figures(self) -> Figures:
        return self.low.figures | self.high.figures

    def says(self, known: Known) -> Verdict:
        bounds = (self.low.says(known), self.high.says(known))
        return False if False in bounds else None if None in bounds else True


class Answered(_Leaf, frozen=True, dict=True):
    """Only in `asked_when`: true or false, never unknown."""

    item: str

    def says(self, known: Known) -> Verdict:
        return known is not None


class Not(_Part, frozen=True, dict=True):
    part: Condition

    @property
    def order(self) -> tuple[str, ...]:
        return self.part.order

    @property
    def figures(self) -> Figures:
        return self.part.figures

    def verdict(self, knowledge: Knowledge) -> Verdict:
        inner = self.part.verdict(knowledge)
        return None if inner is None else not inner


class _Joined(_Part, frozen=True, dict=True):
    @property
    def parts(self) -> tuple[Condition, ...]:
        raise NotImplementedError

    @cached_property
    def order(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys([item for part in self.parts for item in part.order]))

    @cached_property
    def figures(self) -> Figures:
        return frozenset().union(*(part.figures for part in self.parts)) or NO_FIGURES


class And(_Joined, frozen=True, dict=True):
    parts: tuple[Condition, ...]

    def verdict(self, knowledge: Knowledge) -> Verdict:
        result: Verdict = True
        for part in self.parts:
            one = part.verdict(knowledge)
            if one is False:
                return False
            if one is None:
                result = None
        return result


class Or(_Joined, frozen=True, dict=True):
    parts: tuple[Condition, ...]

    def verdict(self, knowledge: Knowledge) -> Verdict:
        result: Verdict = False
        for part in self.parts:
            one = part.verdict(knowledge)
            if one is True:
                return True
            if one is None:
                result = None
        return result


class AtLeast(_Joined, frozen=True, dict=True):
    count: int
    parts: tuple[Condition, ...]

    def verdict(self, knowledge: Knowledge) -> Verdict:
        verdicts = [part.verdict(knowledge) for part in self.parts]
        return reached(self.count, verdicts.count(True), verdicts.count(None))


Leaf = Is | Equals | Compare | Within | Contains | Answered
Condition = Leaf | Not | And | Or | AtLeast
Terms = Mapping[str, tuple[Condition, ...]]

OPERATORS: dict[type[ast.cmpop], str] = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def parse(text: str, terms: Terms | None = None) -> Condition:
    """Raises ConditionError. A name that is a term is replaced by the term's text."""
    try:
        tree = ast.parse(text.strip(), mode="eval").body
        return _Reader(terms or {}).condition(tree)
    except SyntaxError as error:
        place = f" (at “{text.strip()[max((error.offset or 1) - 1, 0) :][:20]}”)" if error.offset else ""
        raise ConditionError(f"cannot be read: {error.msg}{place}") from None
    except (ValueError, MemoryError) as error:
        if isinstance(error, ConditionError):
            raise
        raise ConditionError(f"cannot be read: {error}") from None
    except RecursionError:
        raise ConditionError("is nested too deeply") from None


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


def reached(needed: int, true: int, unknown: int) -> Verdict:
    """Whether as many parts are true as needed, given how many are and how many may be."""
    if true >= needed:
        return True
    return None if true + unknown >= needed else False


def verdict(condition: Condition, knowledge: Knowledge) -> Verdict:
    """None is unknown. `knowledge` holds what is known; an item that is absent or None is not."""
    return condition.verdict(knowledge)


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
    return condition.order


def open_items(condition: Condition, knowledge: Knowledge) -> tuple[str, ...]:
    """The items that could still decide an unknown condition: those of the parts that are unknown."""
    return tuple(dict.fromkeys(leaf.item for leaf in _deciding(condition, knowledge, None)))


def support(condition: Condition, knowledge: Knowledge) -> tuple[Leaf, ...]:
    """The leaves that a true condition rests on."""
    return tuple(dict.fromkeys(_deciding(condition, knowledge, True)))


def _deciding(condition: Condition, knowledge: Knowledge, wanted: Verdict) -> Iterator[Leaf]:
    """The leaves below parts whose verdict is `wanted`, and nothing below a part that has another."""
    match condition:
        case Not(part):
            yield from _deciding(part, knowledge, None if wanted is None else not wanted)
        case And(parts) | Or(parts) | AtLeast(parts=parts):
            if condition.verdict(knowledge) is wanted:
                for part in parts:
                    yield from _deciding(part, knowledge, wanted)
        case _:
            if condition.verdict(knowledge) is wanted:
                yield condition
