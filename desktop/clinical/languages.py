"""The handouts in other languages. A language is offered to nobody until a named person has approved its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta

from desktop.clinical.handouts import GAP, Days, Handouts, Months
from desktop.clinical.mistakes import ContentError, ContentFile
from desktop.clinical.model import Id, Model, Words
from resources import FOLDER

Direction = Literal["left-to-right", "right-to-left"]


class TranslatedEntry(Model):
    """Words for patients in another language. Nobody is offered a draft."""

    code: Annotated[str, Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z]+)*\Z")]
    name: Words
    english_name: Words
    direction: Direction
    status: Literal["draft", "approved"]
    translator: Words
    reviewer: str = ""
    reviewed: date | None = None

    def __post_init__(self) -> None:
        if {bool(self.reviewer), bool(self.reviewed)} != {self.status == "approved"}:
            raise ValueError("approved needs a reviewer and the day of the review; a draft has neither")


class LanguageEntry(TranslatedEntry, kw_only=True):
    """`draft_words`: that it is a draft and not for patients, in this language; printed on every page of a draft."""

    draft_words: Words
    days: Days
    months: Months


class TextEntry(Model):
    id: Id
    words: Words


@dataclass(frozen=True)
class Language:
    """`texts` may lack some: those lines stay in English, whole."""

    code: str
    name: str
    english_name: str
    direction: Direction
    days: tuple[str, ...]
    months: tuple[str, ...]
    texts: Mapping[str, str]
    draft_words: str = ""

    @property
    def approved(self) -> bool:
        return not self.draft_words


def english(handouts: Handouts) -> Language:
    edition = handouts.edition
    return Language("en-GB", "English", "English", "left-to-right", edition.days, edition.months, handouts.texts)


def load_languages(handouts: Handouts, folder: Path = FOLDER) -> tuple[Language, ...]:
    """All of them, drafts too. Raises ContentError with every mistake."""
    files = [ContentFile(path, folder) for path in sorted((folder / "handouts" / "languages").glob("*.toml"))]
    found = [language for file in files for language in _languages(file, handouts)]
    if mistakes := [mistake for file in files for mistake in file.mistakes]:
        raise ContentError(mistakes)
    return tuple(found)


def offered(handouts: Handouts, languages: tuple[Language, ...]) -> tuple[Language, ...]:
    """Those in which a patient may be given a sheet."""
    return (english(handouts), *(language for language in languages if language.approved))


def _languages(file: ContentFile, handouts: Handouts) -> Iterator[Language]:
    file.only_tables("language", "text")
    texts = file.entries("text", TextEntry)
    for key, id, message in _mistakes(texts, handouts):
        file.wrong(id, key, message)
    for entry in file.entries("language", LanguageEntry):
        yield Language(
            code=entry.code,
            name=entry.name,
            english_name=entry.english_name,
            direction=entry.direction,
            days=entry.days,
            months=entry.months,
            texts={text.id: text.words for text in texts},
            draft_words="" if entry.status == "approved" else entry.draft_words,
        )


def _mistakes(texts: list[TextEntry], handouts: Handouts) -> Iterator[tuple[str, str, str]]:
    """Something that is filled in must be filled in by the translation too, and nothing else."""
    seen: set[str] = set()
    for text in texts:
        if text.id in seen:
            yield "id", text.id, "is translated twice"
        seen.add(text.id)
        original = handouts.texts.get(text.id)
        if original is None:
            yield "id", text.id, "is not a text of the handouts"
        elif sorted(GAP.findall(text.words)) != sorted(GAP.findall(original)):
            yield "words", text.id, f"must fill in the same as “{original}”"
