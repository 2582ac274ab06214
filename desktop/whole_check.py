"""`backstop selftest --whole`: an installed program tries each of its parts on an invented patient.

Each part brings libraries of its own, and a copy that lacks one must say so before a patient does.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from desktop.clinical.content import Content
    from desktop.record.consultation import Consultation

PLAIN_SQLITE = b"SQLite format 3"
USER, NAME, PASSWORD = "invented", "Dr Invented", "correct horse battery staple"
PICTURE = (1366, 768)
COLOURS = 50
"""A window that painted nothing has one colour; text alone brings a few dozen shades."""


class Broken(Exception):
    """A part of the program does not do what it must."""


def whole_check(content: Content) -> Iterator[str]:
    """A sentence for each part that works. Everything is made in a folder of its own, which is taken away again."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(prefix="backstop-check-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        for check in (signs_in, stores_and_prints, paints):
            yield from check(content, folder)


def _must(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Broken(otherwise)


def signs_in(content: Content, folder: Path) -> Iterator[str]:
    from desktop.app import now
    from desktop.record.passwords import new_code
    from desktop.record.session import Entrance

    entrance = Entrance(folder / "practice", clock=now)
    entrance.create(user=USER, name=NAME, password=PASSWORD, code=new_code()).close()
    with entrance.sign_in(USER, PASSWORD) as session:
        _must(session.account.name == NAME, "the account that was made is not the one that signed in")
    yield "Account: a store was made, and its password opens it."


def stores_and_prints(content: Content, folder: Path) -> Iterator[str]:
    from desktop.app import open_demonstration
    from desktop.clinical.rules import Urgency
    from desktop.settings import settings_for

    settings = settings_for(folder)
    with ExitStack() as stack:
        clinic = open_demonstration(stack, content, settings)
        draft = max(clinic.drafts(), key=lambda draft: (Urgency.of(draft.urgency_word), draft.asked))
        written = clinic.resume(draft.encounter_uid)
    _must(written.assessment.urgency is Urgency.emergency, "the emergency among the invented patients was not found")
    yield f"Assessment: {written.assessment.urgency.word}, {len(written.assessment.flags)} flags."
    with ExitStack() as stack:
        read = open_demonstration(stack, content, settings).resume(draft.encounter_uid)
    _must(read.encounter == written.encounter, "the encounter that was read is not the one that was written")
    _must(read.assessment.flags == written.assessment.flags, "read back, it is assessed otherwise")
    _must(not _readable(settings.demonstration, written), "the store lies on the disk in the clear")
    yield f"Store: {len(read.encounter.answers)} answers stored encrypted and read back."
    yield f"Paper: {_papers(content, read)} documents, the patient’s name read from the summary."


def _readable(folder: Path, consultation: Consultation) -> bool:
    secrets = (PLAIN_SQLITE, consultation.patient.family.encode())
    files = [file.read_bytes() for file in folder.rglob("*") if file.is_file()]
    return any(secret in data for data in files for secret in secrets)


def _papers(content: Content, consultation: Consultation) -> int:
    from desktop.clinical.handouts import load_handouts
    from desktop.clinical.letters import load_letters
    from desktop.paper.basis import Basis
    from desktop.paper.documents import PDF, clinical_documents
    from desktop.paper.handout_documents import patient_documents
    from desktop.settings import PRACTICE_ZONE

    basis = Basis(content, consultation.assessment, PRACTICE_ZONE, patient=consultation.patient, demo=True)
    papers = (
        *clinical_documents(basis, load_letters(content)),
        *patient_documents(basis, load_handouts(content)),
    )
    made = {paper.id: paper.make() for paper in papers}
    texts = {paper.id: _text(made[paper.id]) for paper in papers if paper.kind == PDF}
    _must(all(text.strip() for text in texts.values()), "a PDF has no words in it")
    _must(consultation.patient.family.upper() in texts["summary"].upper(), "the summary does not name its patient")
    _must(all(_is_word_file(paper.word) for paper in papers if paper.word), "a Word file can't be opened")
    return len(made)


def _text(pdf: bytes) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def _is_word_file(make: Callable[[], bytes]) -> bool:
    import docx

    return any(part.text.strip() for part in docx.Document(BytesIO(make())).paragraphs)


def paints(content: Content, folder: Path) -> Iterator[str]:
    from PySide6.QtGui import QImage

    from desktop.app import draw_window, make_self_test, open_demonstration
    from desktop.settings import settings_for

    settings = settings_for(folder)
    with ExitStack() as stack:
        clinic = open_demonstration(stack, content, settings)
        uid = clinic.drafts()[0].encounter_uid
        picture = QImage(str(draw_window(clinic, make_self_test(content, settings, None), uid, folder / "window.png")))
    must_be_painted(picture)
    yield f"Window: painted, {picture.width()} × {picture.height()}."


def must_be_painted(picture: QImage) -> None:
    size = (picture.width(), picture.height())
    _must(size == PICTURE, f"the window is {size[0]} × {size[1]} and not {PICTURE[0]} × {PICTURE[1]}")
    colours = {picture.pixel(x, y) for x in range(0, size[0], 4) for y in range(0, size[1], 4)}
    _must(len(colours) >= COLOURS, f"the window has only {len(colours)} colours: nothing was painted")
