"""What would change the advice: the flags and plan lines that appear or go if one answer were otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.clinical.assessment import Assessment, assess
from desktop.clinical.checklist import Answer
from desktop.clinical.content import Content
from desktop.clinical.plan import Plan
from desktop.clinical.plan_words import bloods_words, within_words
from desktop.clinical.rules import Rule, Urgency


@dataclass(frozen=True)
class Change:
    """`before` and `after` are urgencies; lines are in words."""

    item: str
    answer: Answer | None
    before: Urgency
    after: Urgency
    raised: tuple[Rule, ...]
    dropped: tuple[Rule, ...]
    lines_added: tuple[str, ...]
    lines_gone: tuple[str, ...]


def change_if(content: Content, assessment: Assessment, item: str, answer: Answer | None) -> Change:
    """None: if it had not been asked."""
    others = {id: given for id, given in assessment.answers.items() if id != item}
    answers = others if answer is None else others | {item: answer}
    after = assess(content, assessment.person, answers, assessment.at, patient_says=assessment.patient_says)
    now = {flag.rule.id: flag.rule for flag in assessment.flags}
    then = {flag.rule.id: flag.rule for flag in after.flags}
    lines_now, lines_then = list(plan_lines(assessment.plan)), list(plan_lines(after.plan))
    return Change(
        item=item,
        answer=answer,
        before=assessment.urgency,
        after=after.urgency,
        raised=tuple(rule for id, rule in then.items() if id not in now),
        dropped=tuple(rule for id, rule in now.items() if id not in then),
        lines_added=tuple(line for line in lines_then if line not in lines_now),
        lines_gone=tuple(line for line in lines_now if line not in lines_then),
    )


def plan_lines(plan: Plan) -> Iterator[str]:
    """Each line in words, without its date."""
    for one in plan.immediate:
        yield one.text
    for scan in plan.imaging:
        limit = within_words(scan.within, scan.timing)
        yield ", ".join(part for part in (f"{scan.modality} {scan.region}", scan.then, limit, scan.arranged_by) if part)
    for bloods in plan.bloods:
        yield bloods_words(bloods)
    for referral in plan.referral:
        yield f"{referral.to}, {referral.how}, {within_words(referral.within, '')}"
    for net in plan.safety_net:
        yield net.text
    for nothing in plan.nothing:
        yield nothing.text
