"""The case tables that ship beside the rules: what each rule must say of a set of answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct

from desktop.clinical.answer import AnswerError, read_answer
from desktop.clinical.checklist import Answer, Person
from desktop.clinical.condition import verdict
from desktop.clinical.content import Content
from desktop.clinical.knowledge import know
from desktop.clinical.mistakes import ContentError, ContentFile
from desktop.clinical.rules import Case, Given
from resources import FOLDER

FACTS = {"age", "sex"}
SAYS = {True: "raised", False: "not raised", None: "cannot tell"}
# Case tables stand still: a date in them is held against the day they were begun, not against today.
WRITTEN_ON = date(2026, 11, 23)


class Row(Struct, frozen=True):
    """One case, read: `file` is where it stands."""

    file: str
    case: Case
    person: Person
    answers: dict[str, Answer]

    def outcome(self, content: Content) -> str:
        """What the rule says of it now, in the words of `expect`."""
        return SAYS[verdict(content.condition_of[self.case.rule], know(content, self.person, self.answers))]


def load_cases(content: Content, folder: Path = FOLDER) -> tuple[Row, ...]:
    """Raises ContentError with every mistake of every case file."""
    files = [ContentFile(path, folder) for path in sorted((folder / "cases").glob("*.toml"))]
    rows = tuple(row for file in files for row in _rows(content, file))
    mistakes = [mistake for file in files for mistake in file.mistakes]
    if mistakes:
        raise ContentError(mistakes)
    return rows


def without_cases(content: Content, rows: tuple[Row, ...]) -> tuple[str, ...]:
    """The rules that lack a case of each kind."""
    found = {(row.case.rule, row.case.expect) for row in rows}
    return tuple(rule.id for rule in content.rules if any((rule.id, says) not in found for says in SAYS.values()))


def _rows(content: Content, file: ContentFile) -> Iterator[Row]:
    file.only_tables("case")
    for case in file.entries("case", Case):
        if case.rule in content.rule_of:
            facts = {fact: case.given[fact] for fact in FACTS if fact in case.given}
            if given := file.fitted(Given, facts, case.name):
                person = Person(age=given.age, sex=given.sex)
                yield Row(file.name, case, person, dict(_answers(content, file, case)))
        else:
            file.wrong(case.name, "rule", f"there is no rule “{case.rule}”")


def _answers(content: Content, file: ContentFile, case: Case) -> Iterator[tuple[str, Answer]]:
    for id in case.given.keys() - FACTS:
        item = content.items.get(id)
        try:
            if item is None:
                raise AnswerError("is not the name of an item")
            yield id, read_answer(item, case.given[id], WRITTEN_ON)
        except AnswerError as error:
            file.wrong(case.name, id, str(error))
