"""The documents of an encounter, open or signed: made when looked at, kept when they leave."""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace

from desktop.clinical.dates import time_words
from desktop.clinical.handouts import Handouts, load_handouts
from desktop.clinical.languages import load_languages, offered
from desktop.clinical.letters import Letters, load_letters
from desktop.paper.basis import Basis, Heading, Signature
from desktop.paper.documents import PRACTICE, TEXT, WORD, Document, clinical_documents
from desktop.paper.handout_documents import CARD, LARGE, SHEET, patient_documents
from desktop.record.clinic import Clinic
from desktop.record.consultation import Consultation
from desktop.record.documents import Kept, Material, Way
from desktop.record.practice import ContactEntry
from desktop.record.signed import SignedVersion

KEPT = "kept "


class DocumentDesk:
    """Of the consultation that is open, else of the last signed version, by the rules of then.

    `note` is what the clinician adds to letters. What was made stays in memory, never in a file.
    """

    def __init__(self, clinic: Clinic, encounter_uid: str, consultation: Consultation | None = None) -> None:
        self.clinic, self.encounter_uid, self.consultation = clinic, encounter_uid, consultation
        self.record = clinic.documents(encounter_uid)
        self.signed: SignedVersion | None = None if consultation else clinic.versions(encounter_uid)[-1]
        self.letters: Letters = load_letters(clinic.content)
        self.handouts: Handouts = load_handouts(clinic.content)
        # Drafts are not among them.
        self.languages = offered(self.handouts, load_languages(self.handouts))
        self.language = self.languages[0]
        self.note = ""
        self.material: Material | None = None
        self._made: dict[tuple[str, str], bytes] = {}
        self._anew: set[str] = set()
        self.documents: tuple[Document, ...] = ()
        self.refresh()

    def refresh(self) -> None:
        """Answers, decisions, contacts or the note may have changed: what was made is made again."""
        self.material = self._material()
        self._made = {}
        basis = self.basis
        both = () if basis is None else (clinical_documents(basis, self.letters), self._for_the_patient(basis))
        self.documents = tuple(document for some in both for document in some)

    @property
    def basis(self) -> Basis | None:
        """None for an encounter signed under rules that this program can't read: what was kept is left."""
        material = self.material
        if material is None:
            return None
        practice = material.practice
        signed = material.signed_at and Signature(material.signer, material.signed_at, material.version, material.why)
        return Basis(
            content=material.content,
            assessment=material.assessment,
            zone=self.clinic.zone,
            patient=material.patient,
            heading=Heading(
                practice=practice.name,
                clinician=material.clinician,
                record=f"Encounter {self._number}",
                address=practice.address,
                telephone=practice.telephone,
                hours=practice.hours,
            ),
            demo=self.clinic.demo,
            signed=signed or None,
            audit=material.audit,
            decisions=material.decisions,
            note=self.note,
            done=material.done,
            attach=practice.attach_encounter,
            changes=material.changes,
            since=material.since,
        )

    def document(self, id: str) -> Document:
        return next(document for document in (*self.documents, *self.copies) if document.id == id)

    @property
    def copies(self) -> tuple[Document, ...]:
        """What left before, the latest first: each opens with the same bytes."""
        return tuple(
            Document(
                id=f"{KEPT}{kept.seq} {kept.id}",
                title=kept.title if kept.version else f"{kept.title} (draft)",
                about=time_words(kept.at, self.clinic.zone),
                kind=kept.form,
                make=partial(self.record.data, kept),
            )
            for kept in self.record.kept()
        )

    def copy_of(self, id: str) -> Kept | None:
        """None for a document of the encounter as it stands."""
        return next((kept for kept in self.record.kept() if id == f"{KEPT}{kept.seq} {kept.id}"), None)

    def made(self, id: str, form: str = "") -> bytes:
        """As it was kept, where the signed encounter was printed before; else drawn now, once."""
        document = self.document(id)
        place = (id, form or document.kind)
        if place not in self._made:
            self._made[place] = self._kept(*place) or self._drawn(document, place[1])
        return self._made[place]

    def keep(self, id: str, way: Way, *, form: str = "", where: str = "") -> bytes:
        """Kept and told before it is handed on. Raises RecordError."""
        document, data = self.document(id), self.made(id, form)
        if (copy := self.copy_of(id)) is not None:
            self.record.tell_again(copy, way, where)
            return data
        assert self.material is not None
        form = form or document.kind
        self.record.keep(self.material, id, data, title=document.title, form=form, way=way, where=where)
        return data

    def choose_language(self, code: str) -> None:
        """Of what the patient takes home."""
        self.language = next(one for one in self.languages if one.code == code)
        self._anew |= {SHEET, LARGE, CARD}
        self.refresh()

    def add_note(self, note: str) -> None:
        if note != self.note:
            self.note = note
            self._anew |= {document.id for document in self.documents if document.id.startswith("letter")}
            self.refresh()

    def fill_in(self, contact: str, telephone: str) -> None:
        """Kept for the practice, and on every document from now on. Raises PracticeRefused or RecordError."""
        if contact == PRACTICE:
            self.clinic.practice.change(telephone=telephone)
        else:
            held = self.clinic.practice.now.contacts.get(contact, ContactEntry())
            self.clinic.practice.change_contact(contact, replace(held, telephone=telephone, checked=""))
        self.clinic.use_directory()
        self._anew |= {document.id for document in self.documents if document.contact == contact}
        self.refresh()

    def number_of(self, document: Document) -> str | None:
        """The telephone number it names; None where it names nobody."""
        if not document.contact or self.material is None:
            return None
        if document.contact == PRACTICE:
            return self.material.practice.telephone
        return self.material.content.contacts[document.contact].telephone

    def doubt_of(self, document: Document) -> str:
        """That the number it names has not been checked for long."""
        return self.clinic.directory.doubt(document.contact) if document.contact else ""

    def _for_the_patient(self, basis: Basis) -> tuple[Document, ...]:
        return patient_documents(basis, self.handouts, self.language)

    @property
    def _number(self) -> str:
        return self.encounter_uid[:8]

    def _material(self) -> Material | None:
        if self.consultation is None:
            assert self.signed is not None
            return self.record.material_of_signed(self.signed)
        return self.record.material_of_draft(self.consultation, self.clinic.review(self.consultation).decisions)

    def _kept(self, id: str, form: str) -> bytes | None:
        """A draft is drawn anew each time: it may say something else by now."""
        if self.material is None or not self.material.version or id in self._anew:
            return None
        for kept in self.record.kept():
            if (kept.id, kept.form, kept.version) == (id, form, self.material.version):
                return self.record.data(kept)
        return None

    def _drawn(self, document: Document, form: str) -> bytes:
        if form == WORD != document.kind:
            assert document.word is not None
            return document.word()
        return document.make()


def text_of(desk: DocumentDesk, id: str) -> str:
    """To be pasted: the words of the document, page after page."""
    document, data = desk.document(id), desk.made(id)
    if document.kind == TEXT:
        return data.decode()
    from desktop.paper.reading import pdf_text

    return pdf_text(data)
