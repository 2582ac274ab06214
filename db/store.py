"""Encounters and answers, rows in and rows out. What a method wrote is on the disk when it returns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db import driver
from db.accounts import Accounts
from db.backup import FILE as FILE
from db.backup import Backup, kept_before
from db.counts import Counts
from db.documents import Documents
from db.errors import DiskFault, KeysDontFit, NotInStore, ReasonMissing, UnreadableStore, UnsignedEncounter
from db.folder import Lock, claim
from db.followups import FollowUps
from db.identities import Identities
from db.keyfile import Keys
from db.notes import Notes
from db.patients import Patients
from db.practice import PracticeSettings
from db.recorded import digest_of
from db.restore import exchange, finish, prepare
from db.reviews import Reviews
from db.stored import (
    ADD_ANSWER,
    ADD_ENCOUNTER,
    ANSWERS,
    ENCOUNTERS,
    LATEST_ANSWER,
    OF_PATIENT,
    StoredAnswer,
    StoredEncounter,
    answer_of,
    encounter_of,
)
from db.trail import Break, Head, Trail, utc_text
from db.versions import (
    SIGNED_BETWEEN,
    VERSIONS,
    StoredVersion,
    add_version,
    encounter_and_version,
    open_for_amendment,
    refuse_signed,
    stored_version,
)

if TYPE_CHECKING:
    from db.custody import Custody
    from db.database import Database
    from db.interrupted import Interrupted
    from db.screenings import EncounterStream, Screenings
    from db.verify import Progress


def open_with(path: Path, found: Iterable[Keys]) -> tuple[Database, Keys]:
    """With the one of the keys that fits. Never makes a store."""
    for keys in found:
        try:
            return driver.open_database(path, keys.data, make=False, before_change=kept_before(path, keys)), keys
        except UnreadableStore:
            continue
    raise KeysDontFit(path)


class Store:
    """Belongs to the thread that opened it, by `Store.open` or db.entrance. Moments come with their time zone."""

    def __init__(self, database: Database, path: Path, lock: Lock, keys: Keys) -> None:
        self._database = database
        self._path = path
        self._lock = lock
        self._keys = keys
        self.is_open = True

    @classmethod
    def open(cls, folder: Path, key: bytes) -> Store:
        """Makes the store if the folder has none; a StoreError says why it can't be opened.

        For a store whose key is published; one with accounts is opened by db.entrance.
        """
        lock = claim(folder)
        try:
            finish(folder)
            keys, path = Keys.of(key), folder / FILE
            return cls(driver.open_database(path, key, before_change=kept_before(path, keys)), path, lock, keys)
        except BaseException:
            lock.release()
            raise

    def close(self) -> None:
        """The keys are let go of too, as far as Python allows, whoever still holds the closed store."""
        self._keys = Keys(b"", b"")
        self.is_open = False
        self._database.close()
        self._lock.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def trail(self) -> Trail:
        """For what is looked at, printed or exported as well; every write here appends to it by itself."""
        return Trail(self._database, self._keys.trail)

    @property
    def patients(self) -> Patients:
        return Patients(self._database, self.trail)

    @property
    def accounts(self) -> Accounts:
        return Accounts(self._database, self.trail)

    @property
    def practice(self) -> PracticeSettings:
        return PracticeSettings(self._database, self.trail)

    @property
    def reviews(self) -> Reviews:
        return Reviews(self._database, self.trail)

    @property
    def followups(self) -> FollowUps:
        return FollowUps(self._database, self.trail)

    @property
    def documents(self) -> Documents:
        return Documents(self._database, self.trail)

    @property
    def counts(self) -> Counts:
        return Counts(self._database)

    @property
    def screenings(self) -> Screenings:
        from db.screenings import Screenings

        return Screenings(self._database, self.trail)

    def encounter_stream(self) -> AbstractContextManager[EncounterStream]:
        """To be entered in the thread that will read."""
        from db.screenings import encounter_stream

        return encounter_stream(self._path, self._keys.data)

    @property
    def identities(self) -> Identities:
        return Identities(self._database, self.trail)

    @property
    def interrupted(self) -> Interrupted:
        from db.interrupted import Interrupted

        return Interrupted(self._database)

    @property
    def notes(self) -> Notes:
        return Notes(self._database, self.trail)

    @property
    def keys(self) -> Keys:
        return self._keys

    def change_key(self, keys: Keys) -> None:
        """All of it or nothing: afterwards `keys` are those that open it, whether or not an error says why not."""
        try:
            driver.change_key(self._database, self._path, keys.data)
        finally:
            self._database.close()
            self._database, self._keys = open_with(self._path, [keys, self._keys])
        if self._keys != keys:
            raise DiskFault(self._path)

    @property
    def folder(self) -> Path:
        return self._path.parent

    def restore(self, backup: Backup, then: Keys, *, who: str, at: datetime) -> Path | None:
        """Goes on with the backup in its place, under the keys and accounts of today; gives where the replaced one is.

        An error says why not, and then everything is as it was.
        """
        prepare(self.folder, backup, then, now=self._keys, accounts=self.account_rows(), who=who, at=at)
        return self.exchange(at=at)

    def account_rows(self) -> list[dict[str, Any]]:
        """As `db.restore.prepare` takes them, which may run in another thread."""
        return self._read("SELECT * FROM accounts")

    def exchange(self, *, at: datetime) -> Path | None:
        """The second half of a restore, after `prepare`."""
        self._database.close()
        try:
            return exchange(self.folder, at=at)
        finally:
            finish(self.folder)
            self._database, self._keys = open_with(self._path, [self._keys])

    def verify(self, *heads: Head, progress: Progress = lambda done, of: None) -> Break | None:
        """The first thing that isn't as it was written; `heads` come from printed pages and lists of backups."""
        from db.verify import breaks

        with driver.explained(self._path):
            return next(breaks(self._database, self.trail, heads, progress), None)

    def refuse_unsound(self) -> None:
        """Reads every page, also of an index that no row of `verify` comes from. Raises CheckFailed or DamagedStore."""
        from db.pages import refuse_unsound

        refuse_unsound(self._database, lambda: None)

    @property
    def custody(self) -> Custody:
        from db.custody import Custody

        return Custody(self._database, self._path, self.trail)

    @contextmanager
    def all_or_nothing(self) -> Iterator[None]:
        """Several writes as one."""
        with driver.written(self._database):
            yield

    def begin_encounter(
        self, uid: str, *, patient_uid: str, at: datetime, clinician: str, rule_set: str, rules: str = ""
    ) -> StoredEncounter:
        """Beginning the same uid again changes nothing and gives back what is there. `rules`: a mark of `reviews`."""
        self.patients.one(patient_uid)
        row = [uid, patient_uid, utc_text(at), clinician, rule_set, rules, utc_text(at)]
        with self.all_or_nothing():
            if self._database.execute(ADD_ENCOUNTER, row).rowcount:
                which = {"encounter": uid}
                new = digest_of(self._database, self.trail, "encounter begun", which)
                self.trail.append(who=clinician, at=at, what="encounter begun", which=which, old="", new=new)
        return self.encounter(uid)

    def encounter(self, uid: str) -> StoredEncounter:
        for row in self._read(f"{ENCOUNTERS} WHERE encounters.uid = ?", [uid]):
            return encounter_of(row)
        raise NotInStore(about="encounter")

    def drafts(self, *, limit: int = 50) -> list[StoredEncounter]:
        """Amendments that are not signed yet among them. The one worked on last comes first."""
        newest = "WHERE state != 'signed' ORDER BY changed_at DESC, encounters.id DESC LIMIT ?"
        return [encounter_of(row) for row in self._read(f"{ENCOUNTERS} {newest}", [limit])]

    def encounters_of(self, patient_uid: str) -> list[StoredEncounter]:
        """The latest comes first."""
        return [encounter_of(row) for row in self._read(f"{ENCOUNTERS} {OF_PATIENT}", [patient_uid, patient_uid])]

    def signed_between(self, start: datetime, end: datetime) -> list[tuple[StoredEncounter, StoredVersion]]:
        """With the version of that time; the latest comes first."""
        return [encounter_and_version(row) for row in self._read(SIGNED_BETWEEN, [utc_text(start), utc_text(end)])]

    def save_answer(
        self,
        encounter_uid: str,
        item: str,
        value: object,
        *,
        who: str,
        at: datetime,
        said_by: str = "clinician",
    ) -> None:
        """`value` is anything JSON can say; None is "back to not asked"."""
        said = None if value is None else json.dumps(value, allow_nan=False)
        with self.all_or_nothing():
            encounter = self._keep_in_snapshot(encounter_uid, item, value, at)
            old = self._digest_of_answer(encounter, encounter_uid, item)
            given: dict[str, object] = {"item": item, "value": said, "said_by": said_by, "who": who, "at": utc_text(at)}
            seq = self._database.execute(ADD_ANSWER, [encounter, *given.values()]).lastrowid
            # Hashed as it was given, not read again: that would be a quarter of the time of a save.
            new = self.trail.digest(given | {"uid": encounter_uid, "seq": seq})
            which = {"encounter": encounter_uid, "answer": seq}
            self.trail.append(who=who, at=at, what="answer saved", which=which, old=old, new=new)

    def sign_encounter(
        self, uid: str, *, who: str, at: datetime, assessment_json: str, rule_set: str | None = None
    ) -> None:
        """From now on it can't be changed. `assessment_json` is kept as it is given, with the rule set it is by."""
        with self.all_or_nothing():
            encounter = self.encounter(uid)
            refuse_signed(uid, encounter.state)
            why = self.reviews.amendment_reason(uid)
            self._add_version(encounter, rule_set, assessment_json, who, at, why)

    def amend(
        self,
        uid: str,
        *,
        reason: str,
        who: str,
        at: datetime,
        changes: Mapping[str, object],
        assessment_json: str,
        rule_set: str | None = None,
        said_by: str = "clinician",
    ) -> None:
        """A new version with these answers changed; every earlier one stays readable."""
        if not reason.strip():
            raise ReasonMissing(uid)
        with self.all_or_nothing():
            encounter = self.encounter(uid)
            if encounter.state != "signed":
                raise UnsignedEncounter(uid)
            open_for_amendment(self._database, uid)
            for item, value in changes.items():
                self.save_answer(uid, item, value, who=who, at=at, said_by=said_by)
            self._add_version(encounter, rule_set, assessment_json, who, at, reason)

    def versions_of(self, encounter_uid: str) -> list[StoredVersion]:
        """As it was signed, then each amendment."""
        return [stored_version(row) for row in self._read(VERSIONS, [encounter_uid])]

    def give_up_amendment(self, encounter_uid: str, *, who: str, at: datetime) -> None:
        """It is again as it was signed; what was said in between stays in the trail of answers."""
        with self.all_or_nothing():
            for item, value, said_by in self.reviews.answers_to_put_back(encounter_uid):
                self.save_answer(encounter_uid, item, value, who=who, at=at, said_by=said_by)
            self.notes.let_all_go(encounter_uid)
            self.reviews.give_up_amendment(encounter_uid, who=who, at=at)

    def answers_of(self, encounter_uid: str) -> dict[str, StoredAnswer]:
        """The latest of each item, with who said it and when; nothing for what went back to *not asked*."""
        latest = {answer.item: answer for answer in self.trail_of(encounter_uid)}
        return {item: answer for item, answer in latest.items() if answer.value is not None}

    def patient_spoke(self, encounter_uid: str) -> bool:
        """Whether any answer was ever given by the patient."""
        return bool(self._read(f"{ANSWERS} WHERE encounters.uid = ? AND said_by = 'patient' LIMIT 1", [encounter_uid]))

    def trail_of(self, encounter_uid: str) -> list[StoredAnswer]:
        """Every answer ever given, in the order of giving."""
        rows = self._read(f"{ANSWERS} WHERE encounters.uid = ? ORDER BY seq", [encounter_uid])
        return [answer_of(row) for row in rows]

    def _keep_in_snapshot(self, uid: str, item: str, value: object, at: datetime) -> int:
        for row in driver.rows(self._database, "SELECT id, state, answers FROM encounters WHERE uid = ?", [uid]):
            refuse_signed(uid, row["state"])
            answers = json.loads(row["answers"])
            answers.pop(item, None)
            if value is not None:
                answers[item] = value
            change = "UPDATE encounters SET answers = ?, changed_at = ? WHERE id = ?"
            self._database.execute(change, [json.dumps(answers), utc_text(at), row["id"]])
            return int(row["id"])
        raise NotInStore(about="encounter")

    def _read(self, sql: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
        return list(driver.rows(self._database, sql, values))

    def _digest_of_answer(self, encounter: int, uid: str, item: str) -> str:
        for row in driver.rows(self._database, LATEST_ANSWER, [encounter, item]):
            return self.trail.digest({"uid": uid} | row)
        return ""

    def _add_version(
        self, encounter: StoredEncounter, rule_set: str | None, assessment: str, who: str, at: datetime, why: str
    ) -> None:
        rules = rule_set or encounter.rule_set
        signed = {"assessment": assessment, "who": who, "why": why, "rule_set": rules}
        add_version(self._database, self.trail, encounter.uid, at=at, **signed)
