"""What would change the advice: the other answers one question could have, and what each would bring."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.clinical.assessment import Assessment
from desktop.clinical.change import Change, change_if
from desktop.clinical.checklist import Answer, Item, Unsure
from desktop.clinical.content import Content
from desktop.ui.levels import level_words
from desktop.ui.rows import said_words
from desktop.ui.translation import translate

STEPS = 12
"""How many steps a scale may have that is gone through one by one: power, and pain out of ten."""


@dataclass(frozen=True)
class Otherwise:
    """`title`: `If it were no`. Groups are what appears and what goes, in words; without any nothing changes."""

    answer: str
    title: str
    urgency: str
    groups: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def changes(self) -> bool:
        return bool(self.groups)


def other_answers(item: Item, held: Answer | None) -> list[Answer | None]:
    """Those that can be listed: a text or a figure on a long scale has too many, so only *not asked* stands for it."""
    choices: list[Answer | None] = []
    if item.kind == "yes-no":
        choices = [True, False]
    elif item.kind == "choice":
        choices = list(item.choices)
    elif item.kind == "multi":
        choices = [frozenset({choice}) for choice in item.choices]
    elif item.kind == "number" and item.range is not None and item.range[1] - item.range[0] < STEPS:
        low, high = item.range
        choices = [float(step) for step in range(int(low), int(high) + 1)]
    return [one for one in (*choices, Unsure(), None) if one != held and not (one is None and held is None)]


def otherwise(content: Content, assessment: Assessment, item_id: str) -> tuple[Otherwise, ...]:
    """One for each other answer that changes something, then one line that names those that do not."""
    item, held = content.items[item_id], assessment.answers.get(item_id)
    every = [_read(item, change_if(content, assessment, item_id, one)) for one in other_answers(item, held)]
    found = _alike(every) if item.kind == "number" else every
    same = _or([one.answer for one in found if not one.changes])
    no_difference = translate("Otherwise", "No difference if it were {answers}").format(answers=same)
    none = (Otherwise("", no_difference, "", ()),) if same else ()
    return (*(one for one in found if one.changes), *none)


def _alike(found: list[Otherwise]) -> list[Otherwise]:
    """Steps of a scale that bring the same stand in one."""
    alike: dict[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], list[str]] = {}
    for one in found:
        alike.setdefault((one.urgency, one.groups), []).append(one.answer)
    return [Otherwise(_or(words), _title(_or(words)), *brings) for brings, words in alike.items()]


def _title(answer: str) -> str:
    return translate("Otherwise", "If it were {answer}").format(answer=answer)


def _read(item: Item, change: Change) -> Otherwise:
    answer = change.answer
    words = f"{answer:g}" if isinstance(answer, float) else said_words(item, answer)
    groups = (
        (translate("Otherwise", "Flags that appear"), tuple(rule.flag for rule in change.raised)),
        (translate("Otherwise", "Flags that go"), tuple(rule.flag for rule in change.dropped)),
        (translate("Otherwise", "Plan lines that appear"), tuple(map(_sentence, change.lines_added))),
        (translate("Otherwise", "Plan lines that go"), tuple(map(_sentence, change.lines_gone))),
    )
    return Otherwise(words, _title(words), _urgency_words(change), tuple(group for group in groups if group[1]))


def _urgency_words(change: Change) -> str:
    before, after = level_words(change.before), level_words(change.after)
    if before == after:
        return translate("Otherwise", "Urgency stays: {level}").format(level=before)
    return translate("Otherwise", "Urgency: {before} → {after}").format(before=before, after=after)


def _sentence(line: str) -> str:
    return line[:1].upper() + line[1:]


def _or(words: list[str]) -> str:
    parts = (", ".join(words[:-1]), *words[-1:])
    return translate("Otherwise", " or ").join(part for part in parts if part)
