"""What the patient takes home of an encounter, as it was decided: the sheet in clear and in large print, the card."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from msgspec.structs import replace

from desktop.clinical.assessment import Assessment
from desktop.clinical.handouts import Handouts
from desktop.clinical.languages import Language, english
from desktop.clinical.patient_sheet import PatientSheet, patient_sheet
from desktop.clinical.plan import Bloods, Imaging, Plan, Referral
from desktop.clinical.plan_words import is_called
from desktop.clinical.rules import Urgency
from desktop.clinical.words import upper_first
from desktop.paper.basis import Basis
from desktop.paper.documents import PDF, PRACTICE, Document
from desktop.paper.handed import Handed, Practice
from desktop.record.decisions import PlanLine

SHEET, LARGE, CARD = "sheet", "large", "card"
Planned = TypeVar("Planned", Imaging, Bloods, Referral)


def patient_documents(basis: Basis, handouts: Handouts, language: Language | None = None) -> tuple[Document, ...]:
    """Nothing is drawn before it is asked for. Without a language it is English."""
    sheet, handed = sheet_of(basis, handouts, language), handed_out(basis)
    tell = (*_unsaid(basis), f"Ask: {sheet.teach_back.words}")
    own = tuple(_unsaid(basis))
    other = f", {language.english_name}" if language and language.code != english(handouts).code else ""
    papers = (
        (SHEET, "Patient sheet", "For the patient, 14 pt", tell, lambda: _page(sheet, handed)),
        (LARGE, "Patient sheet, large print", "For the patient, 20 pt", tell, lambda: _page(sheet, handed, large=True)),
        (CARD, "Wallet card", "Warning signs, to cut and fold", own, lambda: _card(sheet, handed)),
    )
    return tuple(
        Document(id, title + other, about, PDF, make, contact=PRACTICE, tell=said)
        for id, title, about, said, make in papers
    )


def sheet_of(basis: Basis, handouts: Handouts, language: Language | None = None) -> PatientSheet:
    """From the stored assessment and what was decided of it."""
    treated = {flag.rule: Urgency.of(flag.treated_as) for flag in basis.decisions.flags if flag.decided}
    assessment = _as_decided(basis.assessment, basis.decisions.plan)
    return patient_sheet(handouts, basis.content, assessment, basis.zone, language, treated)


def handed_out(basis: Basis) -> Handed:
    """First name and day; whoever finds the paper learns no more."""
    heading = basis.heading
    return Handed(
        day=basis.day,
        name=basis.patient.given if basis.patient else "",
        practice=Practice(heading.practice, heading.telephone, heading.hours),
        demo=basis.demo,
        draft=basis.signed is None,
        audit=basis.audit,
    )


def _unsaid(basis: Basis) -> Iterator[str]:
    """What the clinician put into the plan has no plain words: it has to be told, or written on the sheet."""
    own = [line.what for line in basis.decisions.standing if line.state == "added" or "what" in line.changes()]
    if own:
        yield f"Not on it, tell the patient yourself: {', '.join(own)}"


def _as_decided(assessment: Assessment, lines: tuple[PlanLine, ...]) -> Assessment:
    """The plan without what was dropped or put otherwise, and with the dates that were set."""
    if not lines:
        return assessment
    plan = assessment.plan
    scanned = any(line.kind == "imaging" and line.stands for line in lines)
    decided: Plan = replace(
        plan,
        imaging=tuple(_kept(plan.imaging, lines, _is_scan)),
        bloods=tuple(_kept(plan.bloods, lines, _are_bloods)),
        referral=tuple(_kept(plan.referral, lines, is_called)),
        nothing=tuple(nothing for nothing in plan.nothing if not (scanned and nothing.kind == "no-imaging")),
    )
    return replace(assessment, plan=decided)


def _kept(
    planned: Iterable[Planned], lines: tuple[PlanLine, ...], is_it: Callable[[Planned, str], bool]
) -> Iterator[Planned]:
    for line in planned:
        of = [one for one in lines if is_it(line, (one.proposed or one).what) and one.rules == line.rules]
        standing = [one for one in of if one.stands and "what" not in one.changes()]
        if standing:
            yield replace(line, due=standing[0].due) if standing[0].due else line


def _is_scan(line: Imaging, what: str) -> bool:
    return what == f"{upper_first(line.modality)}, {line.region}"


def _are_bloods(line: Bloods, what: str) -> bool:
    return what == f"Bloods: {upper_first(', '.join(line.tests))}"


# The libraries that draw are imported when the first document is asked for.


def _page(sheet: PatientSheet, handed: Handed, *, large: bool = False) -> bytes:
    from desktop.paper.handout import handout_pdf

    return handout_pdf(sheet, handed, large=large)


def _card(sheet: PatientSheet, handed: Handed) -> bytes:
    from desktop.paper.wallet_card import card_pdf

    return card_pdf(sheet, handed)
