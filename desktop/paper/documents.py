"""Which documents an encounter comes to: the summary, a letter for each receiver of the plan, requests, the note."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from desktop.clinical.letters import Completeness, Letters
from desktop.clinical.plan import Imaging, Referral
from desktop.clinical.plan_words import is_called
from desktop.clinical.words import upper_first
from desktop.paper import sentences
from desktop.paper.basis import Basis
from desktop.paper.request_words import RADIOLOGY, SAFETY

SUMMARY = "summary"
NOTE = "note"
PRACTICE = "the practice"
"""In the place of a contact: whom the patient calls."""
PDF, WORD, TEXT = "pdf", "docx", "txt"


@dataclass(frozen=True)
class Document:
    """`make` draws it: a PDF, or plain text in UTF-8, as `kind` says; `word` the same as a Word file.

    `contact` is whose number it names: a service, or the practice itself. `tell` is what the clinician is to ask or say
    when it is handed out. `id` stays the same from one encounter to the next.
    """

    id: str
    title: str
    about: str
    kind: str
    make: Callable[[], bytes]
    word: Callable[[], bytes] | None = None
    contact: str = ""
    tell: tuple[str, ...] = ()
    completeness: Completeness | None = None


def clinical_documents(basis: Basis, letters: Letters) -> tuple[Document, ...]:
    """Nothing is drawn before it is asked for. What was dropped from the plan is asked of nobody."""
    return tuple(_documents(basis, letters))


def _documents(basis: Basis, letters: Letters) -> Iterator[Document]:
    yield Document(SUMMARY, "Clinical summary", "Everything asked, raised and planned", PDF, lambda: _summary(basis))
    dropped = {line.what for line in basis.decisions.dropped}
    for line in basis.assessment.plan.referral:
        if not basis.content.contacts[line.contact].own and not any(is_called(line, what) for what in dropped):
            yield _letter(basis, letters, line)
    for imaging in basis.assessment.plan.imaging:
        if not imaging.then and f"{upper_first(imaging.modality)}, {imaging.region}" not in dropped:
            yield _request(basis, imaging)
    yield Document(NOTE, "Note for the record system", "Plain text to paste", TEXT, lambda: _note(basis))


def file_name(document: Document, form: str) -> str:
    """Without a name of anybody: `letter-mscc-coordinator.pdf`."""
    plain = "".join(char if char.isalnum() else "-" for char in document.id.lower())
    return f"{'-'.join(filter(None, plain.split('-')))}.{form}"


def _letter(basis: Basis, letters: Letters, line: Referral) -> Document:
    letter = letters.letter_to(line.contact)
    by = sentences.by_words(line.within, line.due, basis.zone)
    return Document(
        id=f"letter {line.contact}",
        title=f"Letter: {line.to}",
        about=f"{upper_first(line.how)}, {by}",
        kind=PDF,
        make=lambda: _letter_pdf(basis, letters, line),
        word=lambda: _letter_word(basis, letters, line),
        contact=line.contact,
        completeness=letters.completeness(basis.content, basis.assessment, letter),
    )


def _request(basis: Basis, line: Imaging) -> Document:
    by = sentences.by_words(line.within, line.due, basis.zone) or line.timing or sentences.NO_LIMIT
    return Document(
        id=f"imaging {line.modality}, {line.region}",
        title=f"Imaging request: {line.modality}, {line.region}",
        about=f"{upper_first(by)}; {line.arranged_by}",
        kind=PDF,
        make=lambda: _request_pdf(basis, line),
        contact=RADIOLOGY,
        completeness=_safety_asked(basis),
    )


def _safety_asked(basis: Basis) -> Completeness:
    assessment = basis.assessment
    missing = tuple(id for id in SAFETY if id in assessment.not_asked and id not in assessment.waiting)
    asked = sum(id in assessment.answers for id in SAFETY)
    return Completeness(asked, asked + len(missing), missing)


# The libraries that draw are imported when the first document is asked for.


def _summary(basis: Basis) -> bytes:
    from desktop.paper.summary import summary

    return summary(basis)


def _letter_pdf(basis: Basis, letters: Letters, line: Referral) -> bytes:
    from desktop.paper.letter import LetterPaper

    return LetterPaper(basis, letters, line).pdf()


def _letter_word(basis: Basis, letters: Letters, line: Referral) -> bytes:
    from desktop.paper.word_file import word_letter

    return word_letter(basis, letters, line)


def _request_pdf(basis: Basis, line: Imaging) -> bytes:
    from desktop.paper.imaging_request import RequestPaper

    return RequestPaper(basis, line).pdf()


def _note(basis: Basis) -> bytes:
    from desktop.paper.text import note_text

    return note_text(basis).encode()
