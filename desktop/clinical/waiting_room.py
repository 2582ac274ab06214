"""The questions that a patient answers alone, in their own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from desktop.clinical.checklist import Answer, Id, Item, Model, Unsure, Words
from desktop.clinical.content import Content
from desktop.clinical.mistakes import ContentError, ContentFile
from resources import FOLDER

UNSURE = "not sure"


class FormWords(Model):
    welcome: Words
    urgent: Words
    urgent_more: Words
    thanks: Words
    thanks_more: Words
    start: Words
    yes: Words
    no: Words
    not_sure: Words
    skip: Words
    back: Words
    next: Words
    done: Words
    progress: Words
    how: Words
    timed: Mapping[str, Words]


class QuestionEntry(Model):
    item: Id
    ask: Words
    help: str = ""
    choices: dict[str, Words] = Field(default_factory=dict)


@dataclass(frozen=True)
class FormQuestion:
    """`choices` are the words to press, in their order, with what each stands for."""

    item: Item
    ask: str
    help: str
    choices: tuple[tuple[str, Answer], ...]

    @property
    def several(self) -> bool:
        return self.item.kind == "multi"


@dataclass(frozen=True)
class WaitingRoom:
    words: FormWords
    questions: tuple[FormQuestion, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that a patient reads."""
        words = [text for text in self.words.model_dump().values() if isinstance(text, str)]
        asked = [text for one in self.questions for text in (one.ask, one.help, *(words for words, _ in one.choices))]
        return tuple(text for text in (*words, *asked) if text)


def load_waiting_room(content: Content, folder: Path = FOLDER) -> WaitingRoom:
    """Raises ContentError with every mistake."""
    file = ContentFile(folder / "waiting-room" / "questions.toml", folder)
    file.only_tables("form", "question")
    forms, entries = file.entries("form", FormWords), file.entries("question", QuestionEntry)
    if not forms:
        raise ContentError(file.mistakes)
    for entry in entries:
        for key, message in _mistakes(entry, content):
            file.wrong(entry.item, key, message)
    asked = {entry.item for entry in entries}
    for item in content.safety_screen.items:
        if item.id not in asked:
            file.wrong(item.id, "item", "belongs to the safety screen and is not on the form")
    if file.mistakes:
        raise ContentError(file.mistakes)
    return WaitingRoom(forms[0], tuple(_question(content.items[one.item], one, forms[0]) for one in entries))


def _mistakes(entry: QuestionEntry, content: Content) -> list[tuple[str, str]]:
    item = content.items.get(entry.item)
    if item is None:
        return [("item", "is not an item of the checklist")]
    if item.kind not in ("yes-no", "choice", "multi"):
        return [("item", "takes neither yes and no nor choices")]
    own = item.kind != "yes-no" and not item.is_timed
    if own and list(entry.choices) != list(item.choices):
        return [("choices", f"must be those of the item, in its order: {', '.join(item.choices)}")]
    return []


def _question(item: Item, entry: QuestionEntry, words: FormWords) -> FormQuestion:
    choices: list[tuple[str, Answer]]
    if item.kind == "yes-no":
        choices = [(words.yes, True), (words.no, False)]
    elif item.is_timed:
        choices = [(words.timed[choice], choice) for choice in item.choices]
    else:
        choices = [(entry.choices[choice], choice) for choice in item.choices]
    if item.kind != "multi":
        choices.append((words.not_sure, Unsure()))
    return FormQuestion(item, entry.ask, entry.help, tuple(choices))
