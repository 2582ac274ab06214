"""The questions worth asking now: the next best one, and the fewest that could raise each open rule. No Qt."""

from __future__ import annotations

from msgspec import Struct

from desktop.clinical.assessment import Assessment, Undecided
from desktop.clinical.content import Content
from desktop.clinical.kept import Kept, reach
from desktop.clinical.question import NextQuestion, next_question, shortest
from desktop.ui.translation import translate


class NextBest:
    """Worked out when asked for, and then only for the rules that name an answer which has changed since."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._assessment: Assessment | None = None
        self._next: NextQuestion | None = None
        self._kept = Kept()

    def question(self, assessment: Assessment) -> NextQuestion | None:
        self._turn_to(assessment)
        return self._next

    def fewest(self, assessment: Assessment, undecided: Undecided) -> tuple[str, ...]:
        self._turn_to(assessment)
        named = self._content.condition(undecided.rule.when).named
        return self._kept.get(
            ("fewest", undecided.rule.id),
            lambda: reach(self._content, named),
            lambda: shortest(self._content, assessment, undecided),
        )

    def words(self, question: NextQuestion) -> str:
        """`Next: Injury. Its answer can settle 3 of 19 emergencies not yet ruled out.`"""
        label = self._content.items[question.item].label
        return translate("NextBest", "Next: {question}. {why}").format(question=label, why=question.words)

    def _turn_to(self, assessment: Assessment) -> None:
        if self._assessment is not assessment:
            self._assessment = assessment
            self._kept.turn_to(self._content, assessment.person, assessment.answers)
            self._next = next_question(self._content, assessment, self._kept)


class OpenRule(Struct, frozen=True):
    """One row of what is not yet ruled out. `best` is the next best question where it stands in this row."""

    rule_id: str
    flag: str
    urgency: int
    questions: tuple[str, ...]
    left_open: tuple[str, ...]
    best: str | None = None
    why: str = ""


def most_urgent(found: tuple[Undecided, ...], most: int, following: NextQuestion | None) -> tuple[Undecided, ...]:
    """The first ones; the last of them gives way to the first rule that the next best question would move."""
    shown = found[:most]
    if following is None or any(following.item in undecided.needs for undecided in shown):
        return shown
    naming = [undecided for undecided in found[most:] if following.item in undecided.needs]
    return (*shown[:-1], naming[0]) if naming else shown


def open_rules(found: tuple[Undecided, ...], assessment: Assessment, best: NextBest) -> tuple[OpenRule, ...]:
    """The next best question stands once: in the first row whose shortest way has it, or else that it would move."""
    following = best.question(assessment)
    rows = [_row(undecided, assessment, best) for undecided in found]
    if following is None:
        return tuple(rows)
    holding = [place for place, row in enumerate(rows) if following.item in row.questions]
    naming = [place for place, undecided in enumerate(found) if following.item in undecided.needs]
    for place in (holding or naming)[:1]:
        rows[place] = _with_best(rows[place], following.item, best.words(following))
    return tuple(rows)


def _row(undecided: Undecided, assessment: Assessment, best: NextBest) -> OpenRule:
    questions = best.fewest(assessment, undecided)
    return OpenRule(undecided.rule.id, undecided.rule.flag, undecided.urgency, questions, undecided.left_open)


def _with_best(row: OpenRule, item: str, why: str) -> OpenRule:
    questions = (item, *(id for id in row.questions if id != item))
    return OpenRule(row.rule_id, row.flag, row.urgency, questions, row.left_open, best=item, why=why)
