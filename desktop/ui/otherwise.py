"""What would change the advice: the other answers one question could have, and what each would bring. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.clinical.assessment import Assessment
from desktop.clinical.change import Change, change_if
from desktop.clinical.checklist import Answer, Item, Unsure
from desktop.clinical.content import Content
from desktop.clinical.words import answer_words
from desktop.ui.headline import LEVELS


@dataclass(frozen=True)
class Otherwise:
    """`title`: `If it were no`. Groups are what appears and what goes, in words; without any nothing changes."""

    title: str
    urgency: str
    groups: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def changes(self) -> bool:
        return bool(self.groups)


def other_answers(item: Item, held: Answer | None) -> list[Answer | None]:
    """Those that can be listed: a figure or a text has too many, so only *not asked* stands for them."""
    choices: list[Answer | None] = []
    if item.kind == "yes-no":
        choices = [True, False]
    elif item.kind == "choice":
        choices = list(item.choices)
    elif item.kind == "multi":
        choices = [frozenset({choice}) for choice in item.choices]
    return [one for one in (*choices, Unsure(), None) if one != held and not (one is None and held is None)]


def otherwise(content: Content, assessment: Assessment, item_id: str) -> tuple[Otherwise, ...]:
    """One for each other answer that changes something, then one line that names those that do not."""
    item, held = content.items[item_id], assessment.answers.get(item_id)
    found = [_read(item, change_if(content, assessment, item_id, one)) for one in other_answers(item, held)]
    same = [one.title.removeprefix("If it were ") for one in found if not one.changes]
    none = (Otherwise(f"No difference if it were {_or(same)}", "", ()),) if same else ()
    return (*(one for one in found if one.changes), *none)


def _read(item: Item, change: Change) -> Otherwise:
    words = "not asked" if change.answer is None else answer_words(item, change.answer)
    groups = (
        ("Flags that appear", tuple(rule.flag for rule in change.raised)),
        ("Flags that go", tuple(rule.flag for rule in change.dropped)),
        ("Plan lines that appear", tuple(map(_sentence, change.lines_added))),
        ("Plan lines that go", tuple(map(_sentence, change.lines_gone))),
    )
    return Otherwise(f"If it were {words}", _urgency_words(change), tuple(group for group in groups if group[1]))


def _urgency_words(change: Change) -> str:
    before, after = (LEVELS.get(one, "no flag") for one in (change.before, change.after))
    return f"Urgency stays: {before}" if before == after else f"Urgency: {before} → {after}"


def _sentence(line: str) -> str:
    return line[:1].upper() + line[1:]


def _or(words: list[str]) -> str:
    return " or ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)
