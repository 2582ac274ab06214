"""Conditions of files beside the rules (causes, evidence), held against the same checklist and the same terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktop.clinical import exactness
from desktop.clinical.checklist import Item
from desktop.clinical.condition import Condition, ConditionError, parse
from desktop.clinical.content import Content
from desktop.clinical.mistakes import ContentFile

FLAG_ABOVE_ROUTINE = Item(
    id="flag_above_routine",
    label="A flag above routine",
    ask="Is a flag above routine raised?",
    kind="yes-no",
    why="It comes from the rules and is never asked.",
)


class Terms(Mapping[str, tuple[Condition, ...]]):
    """The rule set's terms, each parsed when it is first named; `load` has refused any that leads back to itself."""

    def __init__(self, content: Content) -> None:
        self.terms = content.terms
        self.read: dict[str, tuple[Condition, ...]] = {}

    def __getitem__(self, id: str) -> tuple[Condition, ...]:
        if id not in self.read:
            self.read[id] = tuple(parse(text, self) for text in self.terms[id].texts)
        return self.read[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self.terms)

    def __len__(self) -> int:
        return len(self.terms)


class ConditionReader:
    """`conditions` holds what was read, by its text."""

    def __init__(self, content: Content) -> None:
        self.items: Mapping[str, Item] = {**content.items, FLAG_ABOVE_ROUTINE.id: FLAG_ABOVE_ROUTINE}
        asked = ((item.id, item.asked_when) for item in content.items.values())
        self.opens = {id: content.condition(when) for id, when in asked if when}
        self.terms = Terms(content)
        self.conditions: dict[str, Condition] = {}

    def read(self, file: ContentFile, entry: str, key: str, text: str | None) -> None:
        """Mistakes go into the file; a condition that may be missing is passed as it is."""
        if not text:
            return
        try:
            condition = parse(text, self.terms)
        except ConditionError as error:
            file.wrong(entry, key, str(error))
            return
        for message in exactness.mistakes_in(condition, self.items, opens=self.opens):
            file.wrong(entry, key, message)
        self.conditions[text] = condition
