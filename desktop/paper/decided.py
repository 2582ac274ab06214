"""The plan on paper: as it was decided at signing, with what was changed and dropped; else as the rules have it."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.clinical.dates import due_words, time_words
from desktop.clinical.plan import Plan
from desktop.paper import sentences
from desktop.paper.basis import Basis
from desktop.paper.sentences import Action, Remark
from desktop.record.decisions import PlanLine

CARE = {"immediate": sentences.CARE, "safety-net": "Safety net"}
DONE = "done "
NAMES = {"what": "", "who": "who", "due": "by"}


def actions(basis: Basis) -> list[Action]:
    """The lines with a limit, the most pressing first."""
    if not basis.decisions.plan:
        return sentences.actions(basis.assessment.plan, basis.zone)
    return [_action(basis, line) for line in basis.decisions.standing if line.kind not in CARE]


def before(basis: Basis) -> list[Remark]:
    """What is done at once."""
    plan: Plan = basis.assessment.plan
    return _care(basis, "immediate") if basis.decisions.plan else sentences.immediate_care(plan)


def after(basis: Basis) -> list[Remark]:
    """What the patient is told, what was dropped and why, why nothing is done, what is held back, notes."""
    plan: Plan = basis.assessment.plan
    net = _care(basis, "safety-net") if basis.decisions.plan else sentences.safety_net(plan)
    dropped = [Remark("Dropped", dropped_words(line), line.rules) for line in basis.decisions.dropped]
    return [*net, *dropped, *sentences.remarks(plan)]


def dropped_words(line: PlanLine) -> str:
    return f"{line.what}. {line.why}" if line.why else line.what


def by_words(basis: Basis, line: PlanLine) -> str:
    """With the hour, unless the limit is one of weeks and nobody changed it."""
    if line.due is None:
        return line.timing or sentences.NO_LIMIT
    if line.within and "due" not in line.changes():
        return due_words(line.within, line.due, basis.zone)
    return time_words(line.due, basis.zone)


def _care(basis: Basis, kind: str) -> list[Remark]:
    lines = [line for line in basis.decisions.standing if line.kind == kind]
    return [Remark(CARE[kind], " · ".join(filter(None, (line.what, _done(basis, line)))), line.rules) for line in lines]


def _done(basis: Basis, line: PlanLine) -> str:
    """`done Mon 23-Nov-2026 10:51`, once somebody has said so; empty until then."""
    at = basis.done.get(line.id)
    return f"{DONE}{time_words(at, basis.zone)}" if at else ""


def _action(basis: Basis, line: PlanLine) -> Action:
    more = [line.more, line.timing if line.due else "", *_changes(basis, line)]
    pressing = line.within is not None and (line.within == "now" or line.within.endswith("hours"))
    done = _done(basis, line)
    by, pressing = done or by_words(basis, line), pressing and not done
    return Action(line.what, tuple(filter(None, more)), line.who, line.rules, by, pressing, bool(done))


def _changes(basis: Basis, line: PlanLine) -> Iterator[str]:
    """What the rules had proposed, so that nobody takes the change for theirs."""
    if line.state == "added":
        yield "added by the clinician"
    if line.proposed and line.changes():
        old = {"what": line.proposed.what, "who": line.proposed.who, "due": by_words(basis, line.proposed)}
        said = (f"{NAMES[name]} {old[name]}".strip() for name in line.changes())
        yield f"changed by the clinician; the rules proposed: {', '.join(said)}"
