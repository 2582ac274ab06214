"""What a document of an encounter is drawn from, and what was kept of it: a reprint is the same, byte for byte."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, get_args

from db.documents import StoredDocument
from db.store import Store
from db.trail_search import Wanted, found
from desktop.clinical.assessment import Assessment
from desktop.clinical.content import Content
from desktop.record import patients
from desktop.record.consultation import Clock, Consultation
from desktop.record.course import Change, changed
from desktop.record.decisions import Decisions
from desktop.record.encounter import Patient
from desktop.record.last_visit import last_visit
from desktop.record.practice import Practice, read_practice, with_contacts
from desktop.record.roles import Act, Rights
from desktop.record.signed import SignedVersion, statement

Way = Literal["printed", "saved", "copied"]
DRAFT = 0
Kept = StoredDocument
LEFT = "document "
LEAVINGS = tuple(f"{LEFT}{way}" for way in get_args(Way))


@dataclass(frozen=True)
class Leaving:
    """One time that a document left: printed, saved or copied; `where` is a printer's name or the kind of place."""

    way: str
    where: str
    who: str
    at: datetime


@dataclass(frozen=True)
class Material:
    """Everything that a document says, as it stands now; `version` 0 is a draft, and `signer` then nobody.

    `said` is the statement that is kept with a printed draft; `done` says when a line of the plan was done, by its id;
    `changes` are from the visit of `since` to this one.
    """

    encounter_uid: str
    content: Content
    assessment: Assessment
    decisions: Decisions
    patient: Patient
    clinician: str
    practice: Practice
    audit: str
    version: int = DRAFT
    signer: str = ""
    signed_at: datetime | None = None
    why: str = ""
    said: str = ""
    done: Mapping[str, datetime] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    since: datetime | None = None


class EncounterDocuments:
    """The documents of one encounter. Whatever leaves is kept first, and told to the trail."""

    def __init__(self, store: Store, encounter_uid: str, *, rights: Rights, clock: Clock) -> None:
        self.encounter_uid, self.rights = encounter_uid, rights
        self._store, self._clock = store, clock

    def material_of_draft(self, consultation: Consultation, decisions: Decisions) -> Material:
        practice = read_practice(self._store)
        return Material(
            encounter_uid=self.encounter_uid,
            content=with_contacts(consultation.content, practice),
            assessment=consultation.assessment,
            decisions=decisions,
            patient=consultation.patient,
            clinician=consultation.name,
            practice=practice,
            audit=self.audit_head,
            said=statement(consultation, decisions),
            **self._changed(consultation.content, consultation.assessment),
        )

    def material_of_signed(self, version: SignedVersion) -> Material | None:
        """None where this program can't read the rules it was signed under any more: then only what was kept is left.

        A number that was missing when it was signed and has been filled in since is there.
        """
        if version.assessment is None or version.content is None:
            return None
        practice = read_practice(self._store)
        return Material(
            encounter_uid=self.encounter_uid,
            content=with_contacts(version.content, practice),
            assessment=version.assessment,
            decisions=version.decisions,
            patient=version.patient,
            clinician=version.signer,
            practice=practice,
            audit=self.audit_head,
            version=version.number,
            signer=version.signer,
            signed_at=version.at,
            why=version.why,
            done=self._done(),
            **self._changed(version.content, version.assessment),
        )

    def _changed(self, content: Content, assessment: Assessment) -> dict[str, Any]:
        """What is not as it was at the last visit, where that is recent enough to be compared."""
        encounter = patients.encounter_of(self._store, self._store.encounter(self.encounter_uid))
        last = last_visit(self._store, content, encounter)
        if last is None or not last.comparable:
            return {}
        return {"changes": changed(content, last.answers, assessment.answers), "since": last.at}

    def _done(self) -> dict[str, datetime]:
        """When somebody said so of a line of the plan."""
        followed = self._store.followups.of_encounter(self.encounter_uid)
        return {one.line: one.changed_at for one in followed if one.state == "done"}

    @property
    def audit_head(self) -> str:
        return str(self._store.trail.head())

    def kept(self) -> list[StoredDocument]:
        """What left the program before; the latest comes first."""
        return self._store.documents.of(self.encounter_uid)

    def left(self, kept: StoredDocument) -> list[Leaving]:
        """Each time it left the program, the latest first; the trail is read back to when it was kept."""
        entries = found(self._store.trail, Wanted(encounter=self.encounter_uid, since=kept.at))
        return [
            Leaving(entry.what.removeprefix(LEFT), told.get("where", ""), entry.who, datetime.fromisoformat(entry.at))
            for entry, told in ((entry, json.loads(entry.which)) for entry in entries)
            if entry.what in LEAVINGS and told["document"] == kept.seq
        ]

    def data(self, kept: StoredDocument) -> bytes:
        return self._store.documents.data(kept.seq)

    def keep(
        self, material: Material, id: str, data: bytes, *, title: str, form: str, way: Way, where: str = ""
    ) -> StoredDocument:
        """Before it is handed on. `where` is a printer's name or the kind of place, never a path."""
        self.rights.need(Act.PRINT)
        with self._store.all_or_nothing():
            made = self._store.documents.keep(
                self.encounter_uid,
                id,
                data,
                title=title,
                form=form,
                version=material.version,
                who=self.rights.user,
                at=self._clock(),
                statement=material.said,
            )
            self._tell(made, way, where)
        return made

    def tell_again(self, kept: StoredDocument, way: Way, where: str = "") -> None:
        """One that was kept before leaves once more."""
        self.rights.need(Act.PRINT)
        with self._store.all_or_nothing():
            self._tell(kept, way, where)

    def _tell(self, kept: StoredDocument, way: Way, where: str) -> None:
        which = {"encounter": self.encounter_uid, "document": kept.seq, "id": kept.id, "sha256": kept.sha256}
        told = which | ({"where": where} if where else {})
        self._store.trail.append(who=self.rights.user, at=self._clock(), what=f"{LEFT}{way}", which=told)
