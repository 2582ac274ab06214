"""What an imaging request says, before it is set: the question, and each answer that decides whether it is safe."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.clinical.assessment import Flag
from desktop.clinical.plan import Imaging
from desktop.clinical.plan_words import starts_elsewhere, within_words
from desktop.clinical.rules import Urgency
from desktop.clinical.words import answer_words, lower_first
from desktop.paper import sentences
from desktop.paper.answers import Kind, reasons, short_answer
from desktop.paper.basis import Basis
from desktop.paper.sources import sources_for_others

RADIOLOGY = "radiology"
# In the order in which a radiographer asks.
SAFETY = (
    "pregnant",
    "mri_implant",
    "mri_metal_eye",
    "mri_recent_clips",
    "claustrophobia",
    "mri_unavailable",
    "egfr",
    "contrast_allergy",
    "metformin",
    "anticoagulant",
    "body_weight",
)
BEFORE = ("imaging_finding", "imaging_date", "spinal_surgery_ever")
NOT_ASKED, NOT_RECORDED = "Not asked", "Not recorded"


@dataclass(frozen=True)
class Fact:
    """An answer on the request; `open` where somebody still has to ask."""

    label: str
    words: str
    open: bool


@dataclass(frozen=True)
class RequestWords:
    what: str
    urgency: Urgency
    limit: str
    arranged_by: str
    question: str
    because: tuple[str, ...]
    contrast: str
    safety: tuple[Fact, ...]
    advice: tuple[str, ...]
    sources: tuple[str, ...]


def request_words(basis: Basis, line: Imaging) -> RequestWords:
    flags = [flag for flag in basis.assessment.flags if flag.rule.id in line.rules]
    by = "" if starts_elsewhere(line.timing) else sentences.by_words(line.within, line.due, basis.zone)
    timing = within_words(line.within, line.timing) if not by else line.timing
    contrast = "With contrast, as the plan has it" if line.contrast else "As the radiologist decides"
    return RequestWords(
        what=f"{line.modality}, {line.region}",
        urgency=max((flag.urgency for flag in flags), default=Urgency.none),
        limit=", ".join(filter(None, [by, timing])) or sentences.NO_LIMIT,
        arranged_by=line.arranged_by,
        question=_question(line, flags),
        because=tuple(f"{flag.rule.flag} ({flag.rule.id}): {' and '.join(reasons(flag))}." for flag in flags),
        contrast=contrast,
        safety=tuple(safety_facts(basis)),
        advice=(*line.safety, *line.alternatives),
        sources=tuple(dict.fromkeys(sources_for_others(basis.content, flag.rule) for flag in flags)),
    )


def safety_facts(basis: Basis) -> Iterator[Fact]:
    """What is not to be asked of this patient is left out; what was not asked says so."""
    for id in (*SAFETY, *BEFORE):
        item = basis.content.items[id]
        if id in basis.assessment.answers:
            yield Fact(item.label, short_answer(basis.content, basis.assessment, id).partition(": ")[2], False)
        elif id in basis.assessment.patient_says:
            says = answer_words(item, basis.assessment.patient_says[id])
            yield Fact(item.label, f"{Kind.patient_says.value}: {says}", True)
        elif id in basis.assessment.not_asked and id not in basis.assessment.waiting:
            yield Fact(item.label, NOT_RECORDED if item.kind == "number" else NOT_ASKED, True)


def _question(line: Imaging, flags: list[Flag]) -> str:
    suspected = "; ".join(lower_first(flag.rule.flag) for flag in flags if not flag.folded_into) or line.why
    purpose = f" For {line.purpose}." if line.purpose else ""
    return f"Does it show or exclude what we suspect: {suspected}?{purpose}"
