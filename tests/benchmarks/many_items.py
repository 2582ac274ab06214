"""The shipped content with as many items as asked for: copies of its sections and rules, each on items of its own."""

from __future__ import annotations

from dataclasses import replace

from msgspec import Struct, structs

from desktop.clinical.checklist import Item, Section
from desktop.clinical.condition import Condition
from desktop.clinical.content import Content
from desktop.clinical.rules import Rule


def with_items(content: Content, wanted: int) -> Content:
    """At least so many, in whole copies."""
    copies = -(-wanted // len(content.items)) - 1
    conditions = dict(content.conditions)
    sections, rules = list(content.sections), list(content.rules)
    for copy in range(1, copies + 1):
        conditions |= {_text(text, copy): _renamed(one, copy) for text, one in content.conditions.items()}
        sections += [_section(section, copy) for section in content.sections]
        rules += [_rule(rule, copy) for rule in content.rules]
    return replace(content, sections=tuple(sections), rules=tuple(rules), conditions=conditions)


def _name(id: str, copy: int) -> str:
    return id if id in ("age", "sex") else f"{id}_{copy}"


def _text(text: str, copy: int) -> str:
    return f"{text} ({copy})"


def _renamed(condition: Condition, copy: int) -> Condition:
    changed: dict[str, object] = {}
    for field in structs.fields(condition):
        value = getattr(condition, field.name)
        if field.name == "item":
            changed["item"] = _name(value, copy)
        elif isinstance(value, tuple):
            changed[field.name] = tuple(_renamed(one, copy) for one in value)
        elif isinstance(value, Struct):
            changed[field.name] = _renamed(value, copy)  # type: ignore[arg-type]
    return structs.replace(condition, **changed)


def _section(section: Section, copy: int) -> Section:
    items = tuple(_item(item, copy) for item in section.items)
    changed = {"id": f"{section.id}-{copy}", "title": f"{section.title} {copy + 1}", "items": items}
    return section.but(**changed, safety_screen=False)


def _item(item: Item, copy: int) -> Item:
    changed = {"id": _name(item.id, copy), "reference": (), "formerly": None}
    changed["asked_when"] = _text(item.asked_when, copy) if item.asked_when else None
    changed["detail_of"] = _name(item.detail_of, copy) if item.detail_of else None
    return item.but(**changed)


def _rule(rule: Rule, copy: int) -> Rule:
    lines = (line.but(when=_text(line.when, copy)) if line.when else line for line in rule.plan)
    taken_in = tuple(f"{id}-{copy}" for id in rule.takes_in)
    changed = {"id": f"{rule.id}-{copy}", "when": _text(rule.when, copy), "takes_in": taken_in, "plan": tuple(lines)}
    return rule.but(**changed, remainder=False)
