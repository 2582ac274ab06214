"""What it could be: for each cause what speaks for it, what speaks for something else, and what was not asked.

Information beside the assessment. `assess` neither reads nor is handed any of it, so it can't change an urgency;
what speaks for something else is named, and takes nothing away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from desktop.clinical.causes import Cause, Causes, Feature
from desktop.clinical.checklist import Answer, Person
from desktop.clinical.condition import Condition, Not, open_items, support
from desktop.clinical.condition_reader import FLAG_ABOVE_ROUTINE
from desktop.clinical.content import Content
from desktop.clinical.evidence import Estimate, estimate
from desktop.clinical.kept import Kept, reach
from desktop.clinical.patient_view import PatientView


class Finding(Struct, frozen=True):
    """A feature with the patient's own answers in words; `items` are the questions behind them, to jump to."""

    feature: Feature
    answers: tuple[str, ...]
    items: tuple[str, ...]


class CauseReading(Struct, frozen=True):
    """One cause, read against one patient's answers.

    `unsettled`: asked, and the answer (unsure, not examined, half a figure) leaves it open. `absent`: answered, and
    not so; it takes nothing away. `number_words` has the figure with the one it started from, or why there is none.
    """

    cause: Cause
    speaks_for: tuple[Finding, ...]
    speaks_elsewhere: tuple[Finding, ...]
    not_asked: tuple[Finding, ...]
    unsettled: tuple[Finding, ...]
    absent: tuple[Finding, ...]
    estimate: Estimate | None
    number_words: str
    number_needs: tuple[str, ...]


def differential(
    content: Content, causes: Causes, person: Person, answers: Mapping[str, Answer], kept: Kept | None = None
) -> tuple[CauseReading, ...]:
    """Every cause, always in the same order; the figures are not shares of a whole and are not ranked.

    With `kept`, used for these causes only, a cause is read again when an answer that it names has changed.
    """
    view = PatientView(content, causes, person, answers, kept or Kept())
    return tuple(_kept_reading(view, cause) for cause in causes.causes)


def _kept_reading(view: PatientView, cause: Cause) -> CauseReading:
    """What rests on all flags together is another reading for whatever they say."""
    flag, named = FLAG_ABOVE_ROUTINE.id, view.causes.named[cause.id]
    flags = (view.knowledge[flag], view.flags) if flag in named else None
    return view.kept.get(
        ("reading", cause.id, flags), lambda: reach(view.content, named), lambda: _reading(view, cause)
    )


def _reading(view: PatientView, cause: Cause) -> CauseReading:
    found = _sorted_out(view, cause.speaks_for)
    evidence = view.causes.evidence
    figure = estimate(evidence, cause.number, view.knowledge) if cause.number else None
    needs = evidence.needs(cause.number, view.knowledge) if cause.number else ()
    return CauseReading(
        cause=cause,
        speaks_for=found["speaks for"],
        speaks_elsewhere=_sorted_out(view, cause.speaks_elsewhere)["speaks for"],
        not_asked=found["not asked"],
        unsettled=found["unsettled"],
        absent=found["absent"],
        estimate=figure,
        number_words=figure.words if figure else cause.no_number,
        number_needs=tuple(id for id in needs if view.can_be_asked(id)),
    )


def _sorted_out(view: PatientView, features: tuple[Feature, ...]) -> dict[str, tuple[Finding, ...]]:
    placed = [one for feature in features for one in _placed(view, feature)]
    places = ("speaks for", "not asked", "unsettled", "absent")
    return {place: tuple(finding for where, finding in placed if where == place) for place in places}


def _placed(view: PatientView, feature: Feature) -> Iterator[tuple[str, Finding]]:
    match feature.condition.verdict(view.knowledge):
        case True:
            yield "speaks for", _decided(view, feature, feature.condition)
        case False:
            yield "absent", _decided(view, feature, Not(feature.condition))
        case None:
            yield from _open(view, feature)


def _decided(view: PatientView, feature: Feature, condition: Condition) -> Finding:
    rests = support(condition, view.knowledge)
    items = dict.fromkeys(leaf.item for leaf in rests if leaf.item in view.content.items)
    return Finding(feature, tuple(dict.fromkeys(view.leaf(leaf) for leaf in rests)), tuple(items))


def _open(view: PatientView, feature: Feature) -> Iterator[tuple[str, Finding]]:
    """Nothing for a feature whose questions are hidden by another answer, or wait for one."""
    single = len(feature.items) == 1
    deciding = feature.items if single else open_items(feature.condition, view.knowledge)
    asked = tuple(id for id in deciding if id in view.answers)
    unasked = tuple(id for id in deciding if view.can_be_asked(id))
    if asked or unasked:
        words = tuple(map(view.said, asked + unasked))
        yield "not asked" if unasked else "unsettled", Finding(feature, words, unasked or asked)
