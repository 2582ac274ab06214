"""The checklist and an assessment as JSON, format 1: other programs call it, so keys are added, never renamed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from desktop.clinical.answer import Json
from desktop.clinical.assessment import Assessment, Contradiction, Flag, Undecided
from desktop.clinical.checklist import Item
from desktop.clinical.content import Content
from desktop.clinical.differential import CauseReading, Finding
from desktop.clinical.plan import Bloods, Imaging, Plan, Referral
from desktop.clinical.plan_words import bloods_words
from desktop.clinical.question import NextQuestion, next_question, shortest

FORMAT = 1
NOT_ASKED_BESIDE = "This is not asked beside the other answer: one of the two does not fit."


def checklist_json(content: Content) -> dict[str, Json]:
    return {
        "format": FORMAT,
        "rule_set": content.rule_set,
        "sections": [
            {
                "id": section.id,
                "title": section.title,
                "safety_screen": section.safety_screen,
                "items": [_item(item) for item in section.items],
            }
            for section in content.sections
        ],
    }


def _item(item: Item) -> dict[str, Json]:
    return {
        "id": item.id,
        "label": item.label,
        "ask": item.ask,
        "help": item.help,
        "why": item.why,
        "kind": item.kind,
        "choices": list(item.choices),
        "choice_words": dict(item.choices),
        "yes_means": item.yes_means,
        "unit": item.unit,
        "range": list(item.range) if item.range else None,
        "asked_when": item.asked_when,
        "detail_of": item.detail_of,
    }


def assessment_json(content: Content, assessment: Assessment) -> dict[str, Json]:
    screen = assessment.safety_screen
    return {
        "format": FORMAT,
        "rule_set": assessment.rule_set,
        "at": assessment.at.isoformat(),
        "complete": assessment.complete,
        "urgency": assessment.urgency.word,
        "flags": [_flag(flag) for flag in assessment.flags],
        "undecided": [_undecided(content, assessment, rule) for rule in assessment.undecided],
        "next_question": _next_question(next_question(content, assessment)),
        "ruled_out": list(assessment.ruled_out),
        "plan": _plan(assessment.plan),
        "not_asked": list(assessment.not_asked),
        "answered_unsure": list(assessment.unsure),
        "could_not_examine": list(assessment.could_not_examine),
        "contradictions": [_contradiction(one) for one in assessment.contradictions],
        "safety_screen": {
            "asked": screen.asked,
            "of": screen.of,
            "missing": list(screen.missing),
            "unsure": list(screen.unsure),
        },
    }


def _contradiction(one: Contradiction) -> dict[str, Json]:
    return {"item": one.item, "against": list(one.against), "words": one.words or NOT_ASKED_BESIDE}


def _flag(flag: Flag) -> dict[str, Json]:
    return {
        "id": flag.rule.id,
        "title": flag.rule.flag,
        "urgency": flag.urgency.word,
        "because": list(flag.because),
        "sources": list(flag.sources),
        "tag": flag.rule.tag,
        "needs_sign_off": flag.rule.needs_sign_off,
        "folded_into": list(flag.folded_into),
    }


def _undecided(content: Content, assessment: Assessment, undecided: Undecided) -> dict[str, Json]:
    return {
        "id": undecided.rule.id,
        "title": undecided.rule.flag,
        "urgency": undecided.urgency.word,
        "needs": list(undecided.needs),
        "shortest": list(shortest(content, assessment, undecided)),
        "left_open": list(undecided.left_open),
    }


def _next_question(question: NextQuestion | None) -> dict[str, Json] | None:
    return None if question is None else {"item": question.item, "why": question.words}


def _plan(plan: Plan) -> dict[str, Json]:
    return {
        "immediate": [line.text for line in plan.immediate],
        "imaging": [_imaging(line) for line in plan.imaging],
        "bloods": [bloods_words(line) for line in plan.bloods],
        "referral": [_referral(line) for line in plan.referral],
        "safety_net": [line.text for line in plan.safety_net],
        "nothing": [{"kind": line.kind, "why": line.text, "rules": list(line.rules)} for line in plan.nothing],
        "withheld": [
            {"modality": line.modality, "region": line.region, "reason": line.reason, "rules": list(line.rules)}
            for line in plan.withheld
        ],
        "notes": list(plan.notes),
        "rules": {
            "immediate": [list(line.rules) for line in plan.immediate],
            "bloods": [list(line.rules) for line in plan.bloods],
            "safety_net": [list(line.rules) for line in plan.safety_net],
        },
        "blood_tests": [_bloods(line) for line in plan.bloods],
    }


def _imaging(line: Imaging) -> dict[str, Json]:
    return {
        "modality": line.modality,
        "region": line.region,
        "within": line.within or line.timing,
        "timing": line.timing,
        "due": _time(line.due),
        "arranged_by": line.arranged_by,
        "why": line.why,
        "purpose": line.purpose,
        "then": line.then,
        "safety": list(line.safety),
        "alternatives": list(line.alternatives),
        "rules": list(line.rules),
    }


def _bloods(line: Bloods) -> dict[str, Json]:
    return {
        "tests": list(line.tests),
        "within": line.within,
        "timing": line.timing,
        "due": _time(line.due),
        "rules": list(line.rules),
    }


def _referral(line: Referral) -> dict[str, Json]:
    return {
        "to": line.to,
        "how": line.how,
        "within": line.within,
        "due": _time(line.due),
        "why": line.why,
        "note": line.note,
        "telephone": line.telephone,
        "hours": line.hours,
        "rules": list(line.rules),
    }


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def causes_json(readings: Iterable[CauseReading]) -> list[Json]:
    """What it could be: in a fixed order, not ranked, and without any say in the urgency."""
    return [
        {
            "id": reading.cause.id,
            "name": reading.cause.name,
            "for": [_finding(finding) for finding in reading.speaks_for],
            "speaks_for_something_else": [_finding(finding) for finding in reading.speaks_elsewhere],
            "not_asked": [finding.feature.name for finding in reading.not_asked],
            "number": reading.number_words,
        }
        for reading in readings
    ]


def _finding(finding: Finding) -> dict[str, Json]:
    return {"feature": finding.feature.name, "answers": list(finding.answers), "items": list(finding.items)}
