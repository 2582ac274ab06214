"""What the command palette finds: actions, questions, patients and pages, the nearest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from desktop.clinical.dates import date_words
from desktop.manual import contents
from desktop.record.roles import Act
from desktop.ui.library_links import read
from desktop.ui.library_state import Place
from desktop.ui.manual_links import open_manual
from desktop.ui.translation import translate

if TYPE_CHECKING:
    from desktop.ui.window import Window

MOST = 40
NEAR = 72
PATIENTS_FROM = 2
"""Letters typed before patients are looked for."""
PAGES_FROM = 3
"""And before the library is opened for it."""


class Found(Struct, frozen=True):
    """`kind` says what it is; `action` is the id of an action, which may be remembered: nothing else is."""

    words: str
    kind: str
    run: Callable[[], object]
    key: str = ""
    action: str = ""
    score: float = 100


Finder = Callable[["Window", str], Iterator[Found]]


def find(window: Window, text: str, finders: Sequence[Finder]) -> list[Found]:
    text = text.strip()
    found = [one for finder in finders for one in finder(window, text)]
    if not text:
        recent = window.preferences.now.recent
        places = {id: place for place, id in enumerate(recent)}
        return sorted(found, key=lambda one: places.get(one.action, len(recent)))[:MOST]
    return sorted(found, key=lambda one: -one.score)[:MOST]


def nearness(text: str, words: str) -> float:
    """0 to 100; a slip of the finger or the order of the words costs little."""
    from rapidfuzz import fuzz, utils

    if not text:
        return 100
    asked, there = utils.default_process(text), utils.default_process(words)
    starts = any(word.startswith(asked) for word in there.split()) or there.startswith(asked)
    return 100.0 if starts else 0.95 * float(fuzz.WRatio(asked, there))


def actions(window: Window, text: str) -> Iterator[Found]:
    for action in window.all_actions.available():
        score = nearness(text, action.words)
        if score >= NEAR:
            run = partial(window.all_actions.run, action.id)
            yield Found(action.words, action.group, run, action.key, action.id, score)


def questions(window: Window, text: str) -> Iterator[Found]:
    """Of the consultation that is open, by label, by question and by the plainer words of its help. A detail
    has the label of its question before it: “Where?” alone asks nothing."""
    if window.model is None or not window.rooms.is_open("consultation"):
        return
    items = window.clinic.content.items
    for item in items.values():
        if item.id in window.model.assessment.hidden and item.id not in window.model.assessment.answers:
            continue
        score = max(nearness(text, item.label), nearness(text, item.ask), 0.8 * nearness(text, item.help or item.ask))
        if score >= NEAR:
            kind = window.model.words(item.id, window.model.assessment.answers.get(item.id))
            words = f"{items[item.detail_of].label}: {item.ask}" if item.detail_of else item.ask
            yield Found(words, kind, partial(window.go_to_question, item.id), score=score)


def patients(window: Window, text: str) -> Iterator[Found]:
    """Found by the store, as in Today; nothing of them is remembered."""
    if len(text) < PATIENTS_FROM or not window.clinic.may(Act.ANSWER):
        return
    kind = translate("Found", "begin a consultation")
    for patient in window.clinic.patients(text):
        born = f" · {date_words(patient.born)}" if patient.born else ""
        yield Found(f"{patient.name}{born}", kind, partial(window.begin, patient.uid))


def pages(window: Window, text: str) -> Iterator[Found]:
    """Of the library, by title and by the other names of the thing."""
    if len(text) < PAGES_FROM:
        return
    for page in window.library.library.pages.values():
        score = max(nearness(text, name) for name in (page.title, *page.head.also))
        if score >= NEAR:
            kind = translate("Found", "page of the library")
            yield Found(page.title, kind, partial(read, window, Place("page", page.id)), score=score - 1)


def manual(window: Window, text: str) -> Iterator[Found]:
    """Of the manual, by title."""
    if len(text) < PAGES_FROM:
        return
    for titles in contents().values():
        for id, title in titles.items():
            if (score := nearness(text, title)) >= NEAR:
                kind = translate("Found", "page of the manual")
                yield Found(title, kind, partial(open_manual, window, id), score=score - 2)


EVERYTHING: tuple[Finder, ...] = (actions, patients, questions, pages, manual)
QUESTIONS: tuple[Finder, ...] = (questions,)
