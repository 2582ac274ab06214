"""A patient's course: what was measured when, over all signed encounters and results, and what changed last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from db.store import Store
from desktop.clinical.answer import read_stored
from desktop.clinical.checklist import Answer, CouldNotExamine, Item, Unsure
from desktop.clinical.condition import items
from desktop.clinical.content import Content
from desktop.clinical.harm import Harm, load_statements, more_harmful
from desktop.clinical.rules import Urgency
from desktop.record import patients
from desktop.record.last_visit import COMPARED_FOR
from desktop.record.signed import read_version

LEG = ("hip_flexion", "knee_extension", "ankle_dorsiflexion", "toe_extension", "ankle_plantarflexion")
PLOTTED = ("pain_score", "roland_morris_total")
RESULTS = ("haemoglobin", "adjusted_calcium", "egfr", "crp", "esr", "plasma_viscosity", "white_cells", "psa")
MORE_IS_WORSE = ("roland_morris_total",)
"""No rule rests on it, so the data of the theorems say nothing of it; the questionnaire does (24 is the worst)."""
Value = tuple[datetime, float]


@dataclass(frozen=True)
class Line:
    """`name` tells it from the other line of its plot, and is empty where there is one alone."""

    name: str
    points: tuple[Value, ...]


@dataclass(frozen=True)
class Chart:
    """`low` and `high` are the ends of a scale that has some; only what was measured stands in it."""

    id: str
    title: str
    unit: str
    lines: tuple[Line, ...]
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Change:
    """From the visit before to the last one. `worse` is None where neither way is worse by itself."""

    item: Item
    before: Answer
    after: Answer
    worse: bool | None


@dataclass(frozen=True)
class Visit:
    """One encounter on the timeline. `urgency` is its word as the clinician treated it; None: not signed."""

    at: datetime
    urgency: str | None
    what: str


@dataclass(frozen=True)
class Course:
    """`since` is the visit with which the last one is compared, if there is one of the last year; `visits` are in the
    order of time."""

    charts: tuple[Chart, ...]
    changes: tuple[Change, ...]
    since: datetime | None
    visits: tuple[Visit, ...] = ()

    def after(self, start: datetime) -> Course:
        """What lies after that moment; what changed last stays as it is."""
        charts = (_after(chart, start) for chart in self.charts)
        visits = tuple(visit for visit in self.visits if visit.at >= start)
        return replace(self, charts=tuple(chart for chart in charts if chart.lines), visits=visits)

    @property
    def moments(self) -> list[datetime]:
        measured = [at for chart in self.charts for line in chart.lines for at, _ in line.points]
        return sorted({*measured, *(visit.at for visit in self.visits)})


def _after(chart: Chart, start: datetime) -> Chart:
    lines = (Line(line.name, tuple(point for point in line.points if point[0] >= start)) for line in chart.lines)
    return replace(chart, lines=tuple(line for line in lines if line.points))


Told = tuple[datetime, Mapping[str, Answer]]


def course_of(store: Store, content: Content, patient_uid: str) -> Course:
    visits = list(_visits(store, content, patient_uid))
    told = sorted([*visits, *_results(store, content, patient_uid)], key=lambda one: one[0])
    charts = [*_single(content, told, PLOTTED), *_power(told), *_single(content, told, RESULTS)]
    seen = tuple(_timeline(store, patient_uid))
    if len(visits) < 2:
        return Course(tuple(charts), (), None, seen)
    before, after = visits[-2:]
    if after[0] - before[0] > COMPARED_FOR:
        return Course(tuple(charts), (), None, seen)
    return Course(tuple(charts), changed(content, before[1], after[1]), before[0], seen)


def changed(content: Content, before: Mapping[str, Answer], after: Mapping[str, Answer]) -> tuple[Change, ...]:
    """Worsening first."""
    return tuple(sorted(_changes(content, before, after), key=lambda one: {True: 0, None: 1, False: 2}[one.worse]))


def _timeline(store: Store, patient_uid: str) -> Iterator[Visit]:
    for one in reversed(patients.encounters(store, patient_uid)):
        stored = store.versions_of(one.uid)
        if not stored:
            yield Visit(one.began_at, None, "")
            continue
        decisions = read_version(one, stored[-1], lambda mark: None, str).decisions
        what = next((flag.title for flag in decisions.flags if flag.treated_as == decisions.urgency), "")
        yield Visit(one.began_at, decisions.urgency, what)


def _visits(store: Store, content: Content, patient_uid: str) -> Iterator[Told]:
    """The signed ones, the first of them first; what only the patient said is not measured."""
    for one in reversed(patients.encounters(store, patient_uid)):
        if one.state == "signed":
            said = store.answers_of(one.uid)
            given = {id: each.value for id, each in said.items() if each.said_by != "patient"}
            yield one.began_at, read_stored(content.items, given)


def _results(store: Store, content: Content, patient_uid: str) -> Iterator[Told]:
    for one in store.followups.of_patient(patient_uid):
        for step in store.followups.steps_of(one.uid):
            if step.told.get("answers"):
                yield step.at, read_stored(content.items, step.told["answers"])


def _single(content: Content, told: list[Told], ids: tuple[str, ...]) -> Iterator[Chart]:
    for id in ids:
        item = content.items.get(id)
        points = tuple((at, value) for at, given in told if (value := _figure(given.get(id))) is not None)
        if item is not None and points:
            low, high = item.range if item.range and id in PLOTTED else (None, None)
            yield Chart(id, item.label, item.unit or "", (Line("", points),), low, high)


def _power(told: list[Told]) -> Iterator[Chart]:
    """Of each leg the weakest movement that was measured."""
    lines = []
    for side in ("left", "right"):
        ids = [f"power_{movement}_{side}" for movement in LEG]
        points = []
        for at, given in told:
            values = [value for id in ids if (value := _figure(given.get(id))) is not None]
            if values:
                points.append((at, min(values)))
        if points:
            lines.append(Line(side, tuple(points)))
    if lines:
        yield Chart("power", "Power of the legs", "weakest movement, 0 to 5", tuple(lines), 0, 5)


def _figure(answer: Answer | None) -> float | None:
    """A range, a word or *unsure* is no point on a line."""
    return float(answer) if isinstance(answer, int | float) and not isinstance(answer, bool) else None


def _changes(content: Content, before: Mapping[str, Answer], after: Mapping[str, Answer]) -> Iterator[Change]:
    """Only what was known both times can have changed."""
    serious = _serious(content)
    for id, item in content.items.items():
        then, now = before.get(id), after.get(id)
        known = not any(one is None or isinstance(one, Unsure | CouldNotExamine) for one in (then, now))
        if known and then != now and item.kind not in ("text", "date"):
            assert then is not None
            assert now is not None
            yield Change(item, then, now, _worse(serious, item, then, now))


def _worse(serious: frozenset[str], item: Item, then: Answer, now: Answer) -> bool | None:
    """A *yes* only where an urgent rule rests on it: *better for moving*, for one, is nothing that got worse."""
    if item.id in MORE_IS_WORSE:
        one, other = _figure(then), _figure(now)
        return None if one is None or other is None else other > one
    if isinstance(now, bool) and item.id not in serious:
        return None
    return more_harmful(_harm(), item, then, now)


@cache
def _harm() -> Harm:
    return load_statements().harm


def _serious(content: Content) -> frozenset[str]:
    urgent = [rule for rule in content.rules if rule.level >= Urgency.urgent]
    return frozenset(id for rule in urgent for id in items(content.condition(rule.when)))
