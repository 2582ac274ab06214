"""All rules on one sheet in words, for the clinician who signs: a change of meaning shows as a changed line."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.clinical.content import Content
from desktop.clinical.logic_words import clause, named, outline
from desktop.clinical.plan_words import within_words
from desktop.clinical.rules import (
    BloodsLine,
    ImagingLine,
    ImmediateLine,
    Line,
    Modifier,
    NothingLine,
    ReferralLine,
    Rule,
    SafetyNetLine,
    SpokenLine,
)


def review_markdown(content: Content) -> str:
    """One section a rule, in the order of their ids, then the modifiers."""
    return "\n".join(_sheet(content)) + "\n"


def rule_markdown(content: Content, rule: Rule) -> str:
    """One rule, below its heading."""
    return "\n".join(list(_rule(content, rule))[2:])


def _sheet(content: Content) -> Iterator[str]:
    signed = sum(not rule.needs_sign_off for rule in content.rules)
    yield f"# The rules of {content.rule_set}, in words"
    yield ""
    yield f"{len(content.rules)} rules; {len(content.rules) - signed} need clinical sign-off. Made from"
    yield "`resources/rules/` by `backstop rules review`; change the rules there, not here."
    for rule in content.rules:
        yield ""
        yield from _rule(content, rule)
    yield ""
    yield "# What changes how a plan is carried out"
    for modifier in content.modifiers:
        yield ""
        yield from _modifier(content, modifier)


def _modifier(content: Content, modifier: Modifier) -> Iterator[str]:
    yield f"## {modifier.id} {modifier.name}"
    yield ""
    yield f"For: {modifier.applies_to}. Tag: {modifier.tag}. Reviewed {modifier.reviewed.isoformat()}."
    yield f"Sources: {'; '.join(content.source_words(cite) for cite in modifier.cites)}."
    yield from _holds(content, "When", modifier.when)
    yield from _holds(content, "Unless", modifier.unless)
    yield ""
    if modifier.in_doubt:
        yield f"While not sure of: {', '.join(modifier.in_doubt)}."
        yield ""
    yield f"- {modifier.text}"
    if modifier.not_asked:
        yield f"- Where one of these has no answer: {modifier.not_asked}."
    yield from (f"- {hindrance.item}: {hindrance.advice}" for hindrance in modifier.hindrances)
    yield from (f"- Indication {indication}: {text}" for indication, text in modifier.alternatives.items())


def _holds(content: Content, word: str, text: str | None) -> Iterator[str]:
    if text is not None:
        yield from ("", word, "")
        for line in outline(content, content.condition(text)):
            yield f"{'  ' * line.depth}- {line.words}"


def _rule(content: Content, rule: Rule) -> Iterator[str]:
    yield f"## {rule.id} {rule.flag}"
    yield ""
    yield f"{rule.urgency.replace('-', ' ').capitalize()}. Tag: {rule.tag}. Reviewed {rule.reviewed.isoformat()}."
    yield f"Sources: {'; '.join(content.source_words(cite) for cite in rule.cites)}."
    if rule.needs_sign_off:
        yield f"Needs clinical sign-off. {rule.sign_off}".rstrip()
    if rule.takes_in:
        yield f"Takes in {', '.join(rule.takes_in)}."
    yield from _holds(content, "When", rule.when)
    yield ""
    yield "Plan"
    yield ""
    for planned in rule.plan:
        yield f"- {_line_words(content, planned)}{_proviso(content, planned)}"


def _line_words(content: Content, line: Line) -> str:
    match line:
        case ImmediateLine(text=text):
            return f"Now: {text}"
        case ImagingLine():
            limit = within_words(line.within, line.timing)
            return f"Imaging: {line.modality}, {line.region}; {limit}; arranged by {line.arranged_by}"
        case BloodsLine():
            limit = within_words(line.within, line.timing)
            return f"Bloods: {', '.join(line.tests)}" + (f"; {limit}" if limit else "")
        case ReferralLine():
            name = content.contacts[line.to].name
            words = f"Contact: {name}; {line.how}; {within_words(line.within, '')}"
            return f"{words}. {line.note}" if line.note else words
        case SafetyNetLine(text=text):
            return f"Safety net: {text}"
        case NothingLine(kind=kind, text=text):
            return f"{kind.replace('-', ' ').capitalize()}: {text}"
    raise TypeError(line)


def _proviso(content: Content, line: Line) -> str:
    when = f"only when {clause(content, line.when)}" if line.when else ""
    said = "; ".join(part for part in (when, *_spoken(content, line), line.then or "") if part)
    return f" ({said})" if said else ""


def _spoken(content: Content, line: Line) -> Iterator[str]:
    if isinstance(line, SpokenLine) and line.unless:
        yield f"unless {clause(content, line.unless)}"
    if isinstance(line, SpokenLine) and line.while_open:
        yield f"while not all is answered: {', '.join(named(content, name) for name in line.while_open)}"
