"""The questions that a patient answers alone, in their own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from msgspec import field
from msgspec.structs import astuple

from desktop.clinical.assessment import Assessment
from desktop.clinical.checklist import Answer, Item, Unsure
from desktop.clinical.content import Content
from desktop.clinical.languages import TranslatedEntry
from desktop.clinical.mistakes import ContentError, ContentFile
from desktop.clinical.model import Id, Model, Words
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
    paper_title: Words
    paper_name: Words
    paper_how: Words
    paper_urgent: Words
    if_yes: Words
    timed: Mapping[str, Words]


@dataclass(frozen=True)
class FormLanguage:
    """`name` is its own name for itself."""

    code: str = "en-GB"
    name: str = "English"
    from_the_right: bool = False
    approved: bool = True


class QuestionEntry(Model):
    item: Id
    ask: Words
    help: str = ""
    choices: dict[str, Words] = field(default_factory=dict)


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
    language: FormLanguage = FormLanguage()

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that a patient reads."""
        words = [text for text in astuple(self.words) if isinstance(text, str)]
        asked = [text for one in self.questions for text in (one.ask, one.help, *(words for words, _ in one.choices))]
        return tuple(text for text in (*words, *asked) if text)


def fits(question: FormQuestion, assessment: Assessment) -> bool:
    """Whether it is asked of this patient now: a detail once its question is answered with a yes, also by the patient,
    whose word opens no question for the clinician."""
    item = question.item
    if item.id in assessment.hidden:
        return False
    if item.id not in assessment.waiting:
        return True
    said = assessment.patient_says.get(item.detail_of or "")
    return said not in (None, False, "no") and not isinstance(said, Unsure)


def load_waiting_rooms(content: Content, folder: Path = FOLDER) -> tuple[WaitingRoom, ...]:
    """In English, then in every other language, drafts too. Raises ContentError with every mistake."""
    english = load_waiting_room(content, folder)
    paths = sorted((folder / "waiting-room" / "languages").glob("*.toml"))
    return (english, *(_translated(ContentFile(path, folder), content, english) for path in paths))


def offered_forms(rooms: tuple[WaitingRoom, ...]) -> tuple[WaitingRoom, ...]:
    """Those whose words a named person has approved."""
    return tuple(room for room in rooms if room.language.approved)


def load_waiting_room(content: Content, folder: Path = FOLDER) -> WaitingRoom:
    """In English. Raises ContentError with every mistake."""
    return _room(ContentFile(folder / "waiting-room" / "questions.toml", folder), content, ("form", "question"))


def _translated(file: ContentFile, content: Content, english: WaitingRoom) -> WaitingRoom:
    """The same questions in the same order: who changes the language stays where they are."""
    room = _room(file, content, ("language", "form", "question"))
    if [one.item.id for one in room.questions] != [one.item.id for one in english.questions]:
        file.wrong("question", "item", "must be the questions of the English form, in its order")
    entries = file.entries("language", TranslatedEntry)
    if file.mistakes or not entries:
        raise ContentError(file.mistakes)
    entry = entries[0]
    right, approved = entry.direction == "right-to-left", entry.status == "approved"
    return replace(room, language=FormLanguage(entry.code, entry.name, right, approved))


def _room(file: ContentFile, content: Content, tables: tuple[str, ...]) -> WaitingRoom:
    file.only_tables(*tables)
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
