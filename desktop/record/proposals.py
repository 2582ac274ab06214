"""The lines of a plan as the rules propose them, each with an id that lasts, somebody who does it, and a moment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from hashlib import blake2b

from msgspec.structs import replace

from desktop.clinical.assessment import Assessment
from desktop.clinical.plan import Bloods, Imaging, Referral
from desktop.clinical.plan_words import asking_words, starts_elsewhere, within_words
from desktop.clinical.words import upper_first
from desktop.record.decisions import PlanLine


def proposed_lines(assessment: Assessment, who: str) -> tuple[PlanLine, ...]:
    """In the order in which they are done. `who` does what the rules give to nobody else."""
    lines = tuple(_lines(assessment, who))
    return tuple(_numbered(lines))


def _lines(assessment: Assessment, who: str) -> Iterator[PlanLine]:
    plan = assessment.plan
    for care in plan.immediate:
        if care.first:
            yield _advice("immediate", care.text, care.rules, who, assessment.at)
    for referral in plan.referral:
        yield _referral(referral, who)
    for imaging in plan.imaging:
        yield _imaging(imaging)
    for care in plan.immediate:
        if not care.first:
            yield _advice("immediate", care.text, care.rules, who, assessment.at)
    for bloods in plan.bloods:
        yield _bloods(bloods, who)
    for net in plan.safety_net:
        yield _advice("safety-net", net.text, net.rules, who, None)


def _referral(line: Referral, who: str) -> PlanLine:
    more = _sentences(upper_first(line.note), line.why)
    what = asking_words(line)
    # What the practice asks itself to do is told apart by its words; a service is asked once, whatever for.
    place = line.contact if line.contact != "gp" else f"gp-{_mark(line.how + line.note)}"
    return PlanLine(f"referral-{place}", "referral", what, who, line.due, line.within, "", more, line.rules)


def _imaging(line: Imaging) -> PlanLine:
    what = f"{upper_first(line.modality)}, {line.region}"
    after = f"then, {line.then}" if line.then else ""
    waits = ", ".join(part for part in (after, f"within {line.within}" if after and line.within else "") if part)
    timing = within_words(line.within, line.timing) if starts_elsewhere(line.timing) else line.timing
    more = _sentences(upper_first(line.purpose), *line.safety, *line.alternatives, line.why)
    id = "-".join(part for part in ("imaging", line.modality, line.region, line.then or "") if part)
    return PlanLine(
        id=_plain(id),
        kind="imaging",
        what=what,
        who=upper_first(line.arranged_by),
        due=None if line.then else line.due,
        within=line.within,
        timing=waits or timing,
        more=more,
        rules=line.rules,
    )


def _bloods(line: Bloods, who: str) -> PlanLine:
    what = upper_first(", ".join(line.tests))
    id = _plain(f"bloods-{line.within or ''}-{line.timing}")
    return PlanLine(id, "bloods", f"Bloods: {what}", who, line.due, line.within, line.timing, "", line.rules)


def _advice(kind: str, text: str, rules: tuple[str, ...], who: str, due: datetime | None) -> PlanLine:
    within = "now" if kind == "immediate" else None
    return PlanLine(f"{kind}-{_mark(text)}", kind, text, who, due, within, "", "", rules)


def _numbered(lines: tuple[PlanLine, ...]) -> Iterator[PlanLine]:
    """Two lines that can't be told apart by what they are get a number."""
    seen: dict[str, int] = {}
    for line in lines:
        seen[line.id] = seen.get(line.id, 0) + 1
        number = seen[line.id]
        yield line if number == 1 else replace(line, id=f"{line.id}-{number}")


def _sentences(*parts: str) -> str:
    return ". ".join(part.rstrip(".") for part in parts if part)


def _plain(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def _mark(words: str) -> str:
    return blake2b(words.encode(), digest_size=4).hexdigest()
