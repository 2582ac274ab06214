"""Bone metastasis and disc herniation row by row, with the patient's own answers in each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.clinical.causes import Cause, Causes, Row, source_words
from desktop.clinical.checklist import Answer, Person
from desktop.clinical.content import Content
from desktop.clinical.patient_view import NOT_ASKED, PatientView


@dataclass(frozen=True)
class PatientAnswer:
    """What the patient said to one item, or that nobody asked."""

    item: str
    label: str
    words: str
    asked: bool


@dataclass(frozen=True)
class Cell:
    """`fits`: whether the patient's answers are of this kind; None while they do not say."""

    text: str
    fits: bool | None


@dataclass(frozen=True)
class RowReading:
    """`answers` belong to both cells. `never_infer`: what the row must not be read as."""

    name: str
    left: Cell
    right: Cell
    answers: tuple[PatientAnswer, ...]
    never_infer: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class SideBySide:
    """`above` is printed over the table."""

    name: str
    left: Cause
    right: Cause
    above: str
    rows: tuple[RowReading, ...]


def side_by_side(content: Content, causes: Causes, person: Person, answers: Mapping[str, Answer]) -> SideBySide:
    view = PatientView(content, causes, person, answers)
    table = causes.comparison
    had_cancer = view.known.get("cancer_history") is True
    return SideBySide(
        name=table.name,
        left=causes.cause(table.left),
        right=causes.cause(table.right),
        above=f"{table.above} {table.with_cancer}" if had_cancer else table.above,
        rows=tuple(_row(view, row) for row in table.rows),
    )


def _row(view: PatientView, row: Row) -> RowReading:
    shown = [id for id in row.items if id in view.answers or view.is_shown(id)]
    more = [id for id in row.when_answered if id in view.answers]
    return RowReading(
        name=row.name,
        left=_cell(view, row.left, row.left_when),
        right=_cell(view, row.right, row.right_when),
        answers=tuple(_answer(view, id) for id in (*shown, *more)),
        never_infer=row.never_infer,
        sources=source_words(view.content, row.cites),
    )


def _cell(view: PatientView, text: str, when: str | None) -> Cell:
    return Cell(text, view.verdict(when) if when else None)


def _answer(view: PatientView, id: str) -> PatientAnswer:
    words = view.answer(id)
    return PatientAnswer(id, view.label(id), words, words not in (NOT_ASKED, "not known"))
