"""Why each rule says what it says of one case: the logic in words, with the verdict of every part."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.clinical.assessment import Assessment
from desktop.clinical.condition import Condition, Knowledge, Verdict, verdict
from desktop.clinical.content import Content
from desktop.clinical.knowledge import know
from desktop.clinical.logic_words import outline
from desktop.clinical.question import next_question, shortest
from desktop.clinical.rules import Rule

MARKS = {True: "yes ", False: "no  ", None: "?   "}


def explain_text(content: Content, assessment: Assessment) -> str:
    """Raised rules first, then the undecided ones with the fewest questions that could raise them."""
    return "\n".join(_lines(content, assessment)) + "\n"


def _lines(content: Content, assessment: Assessment) -> Iterator[str]:
    knowledge = know(content, assessment.person, assessment.answers)
    yield f"Urgency: {assessment.urgency.word}. Parts are marked yes, no, or ? where nothing decides them yet."
    for flag in assessment.flags:
        inside = f", inside {' and '.join(flag.folded_into)}" if flag.folded_into else ""
        yield ""
        yield f"{flag.rule.id} {flag.rule.flag}: raised, {flag.urgency.word}{inside}"
        yield from _logic(content, flag.rule, knowledge)
    for undecided in assessment.undecided:
        fewest = ", ".join(content.items[id].label for id in shortest(content, assessment, undecided))
        yield ""
        yield f"{undecided.rule.id} {undecided.rule.flag}: undecided, {undecided.urgency.word}"
        yield f"  fewest questions that could raise it: {fewest or 'none left; an answer given is not certain'}"
        yield from _logic(content, undecided.rule, knowledge)
    yield ""
    yield f"Ruled out by the answers given: {', '.join(assessment.ruled_out) or 'none'}."
    if question := next_question(content, assessment):
        yield f"Ask next: {content.items[question.item].ask} {question.words}"


def _logic(content: Content, rule: Rule, knowledge: Knowledge) -> Iterator[str]:
    for line in outline(content, content.condition(rule.when)):
        yield f"  {MARKS[_any(line.conditions, knowledge)]}{'  ' * line.depth}{line.words}"


def _any(conditions: tuple[Condition, ...], knowledge: Knowledge) -> Verdict:
    verdicts = [verdict(one, knowledge) for one in conditions]
    return True if True in verdicts else None if None in verdicts else False
