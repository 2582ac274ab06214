"""What a process does while it is killed or its power is cut, and what must hold afterwards.

A job says each thing only when the store has said that it is done. `python jobs.py NAME FOLDER [WAY]` does one as a
process of its own; the WAY `normal` or `early` is of the twin that is known to lose something.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from db import driver
from db.backup import FOLDER, backups_in, check_backup, make_backup, thin
from db.entrance import create, sign_in
from db.errors import StoreError
from db.keyfile import Keys
from db.pages import refuse_unsound
from db.passwords import new_code
from db.roles import Role
from db.slots import Cost
from db.store import FILE, Store
from desktop.record.demonstration import KEY

AT = datetime(2026, 11, 23, 10, 40, tzinfo=UTC)
CHEAP = Cost(memory=32, passes=1, lanes=4)
PASSWORD = "a plain pass phrase"
RELEASED = sorted((Path(__file__).parents[1] / "db" / "released").glob("*.db"))
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Job:
    prepare: Callable[[Path], None]
    work: Callable[[Path, Tell], None]
    check: Callable[[Path, list[str]], None]


# --- saving, signing, amending --------------------------------------------------------------------


def an_encounter(folder: Path) -> None:
    with Store.open(folder, KEY) as store:
        store.patients.add("p1", family="Larkspur", given="Marigold", born=date(1965, 3, 12), at=AT)
        store.begin_encounter("e1", patient_uid="p1", at=AT, clinician="Dr One", rule_set="1")


def save(folder: Path, tell: Tell, *, many: int = 100_000, early: bool = False) -> None:
    """Answers on and on; every seventh is an amendment of a signed encounter of its own."""
    with Store.open(folder, KEY) as store:
        first = len(store.trail_of("e1"))
        for number in range(first, first + many):
            if early:
                tell(f"answer {number}")
            if number % 7 == 6:
                sign(store, number, tell)
            store.save_answer("e1", f"item_{number % 40}", number, who="Dr One", at=AT)
            if not early:
                tell(f"answer {number}")


def sign(store: Store, number: int, tell: Tell) -> None:
    uid = f"signed_{number}"
    store.begin_encounter(uid, patient_uid="p1", at=AT, clinician="Dr One", rule_set="1")
    store.save_answer(uid, "injury", True, who="Dr One", at=AT)
    store.sign_encounter(uid, who="Dr One", at=AT, assessment_json="{}")
    tell(f"version {uid} 1")
    store.amend(uid, reason="x-ray", changes={"injury": None}, who="Dr Two", at=AT, assessment_json="{}")
    tell(f"version {uid} 2")


def saved(folder: Path, told: list[str]) -> None:
    with Store.open(folder, KEY) as store:
        whole(store)
        there = {answer.value for answer in store.trail_of("e1")}
        for line in told:
            kind, *rest = line.split()
            if kind == "answer":
                assert int(rest[0]) in there, f"lost: {line}"
            elif kind == "version":
                assert len(store.versions_of(rest[0])) >= int(rest[1]), f"lost: {line}"


def whole(store: Store) -> None:
    # The check of the cipher reads the file itself, where a cut leaves pages torn whose sound copy is in the -wal.
    store._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert list(store._database.utils.query("PRAGMA cipher_integrity_check")) == [], "not sound"
    refuse_unsound(store._database, lambda: None)
    assert store.verify() is None, f"not as it was written: {store.verify()}"


# --- an update of the store -----------------------------------------------------------------------


def an_old_store(folder: Path) -> None:
    folder.mkdir()
    shutil.copy(RELEASED[0], folder / FILE)


def migrate(folder: Path, tell: Tell) -> None:
    with Store.open(folder, KEY) as store:
        tell("open")
        draft = store.drafts()[-1].uid
        for number in range(5):
            store.save_answer(draft, "injury", number % 2 == 0, who="Dr One", at=AT)
            tell("answer")


def migrated(folder: Path, told: list[str]) -> None:
    with Store.open(folder, KEY) as store:
        whole(store)
        (row,) = store._database.utils.query("SELECT count(*) AS n FROM answers")
        assert row["n"] >= 182 + told.count("answer")
        assert len(store.drafts()) == 11


# --- backups --------------------------------------------------------------------------------------


def back_up(folder: Path, tell: Tell, *, many: int = 4) -> None:
    with Store.open(folder, KEY) as store:
        for number in range(many):
            store.save_answer("e1", f"item_{number}", number, who="Dr One", at=AT)
            tell(f"answer {number}")
            backup = make_backup(folder, store.keys, folder / FOLDER, at=AT, why="regular")
            tell(f"backup {backup.folder.name}")
            thin(folder / FOLDER, AT)


def backed_up(folder: Path, told: list[str]) -> None:
    saved(folder, told)
    there = {backup.folder.name for backup in backups_in(folder / FOLDER)}
    for line in told:
        if line.startswith("backup"):
            assert line.split()[1] in there, f"lost: {line}"
    for name in there:
        check_backup(folder / FOLDER / name, Keys.of(KEY))


def a_store_with_a_backup(folder: Path) -> None:
    an_encounter(folder)
    with Store.open(folder, KEY) as store:
        for number in range(5):
            store.save_answer("e1", f"item_{number}", number, who="Dr One", at=AT)
        make_backup(folder, store.keys, folder / FOLDER, at=AT, why="regular")
        for number in range(5, 10):
            store.save_answer("e1", f"item_{number}", number, who="Dr One", at=AT)


def restore(folder: Path, tell: Tell) -> None:
    with Store.open(folder, KEY) as store:
        store.save_answer("e1", "item_10", 10, who="Dr One", at=AT)
        tell("answer 10")
        (backup,) = backups_in(folder / FOLDER)
        store.restore(backup, store.keys, who="anna", at=AT)
        tell("restored")
        store.save_answer("e1", "item_11", 11, who="Dr One", at=AT)
        tell("answer 11")


def restored(folder: Path, told: list[str]) -> None:
    """The old store or the new one, and if it is the new one the old one lies beside it with all it had."""
    with Store.open(folder, KEY) as store:
        whole(store)
        there = {answer.value for answer in store.trail_of("e1")}
    new = 9 not in there
    assert new or "restored" not in told, "the restore was undone"
    assert {*range(5)} <= there
    assert 11 in there or "answer 11" not in told
    if not new:
        assert 10 in there or "answer 10" not in told
        return
    (aside,) = (path for path in (folder / "replaced").iterdir() if path.name.endswith("Z"))
    with Store.open(aside, KEY) as old:
        whole(old)
        assert {*range(10)} <= {answer.value for answer in old.trail_of("e1")}


# --- another key ----------------------------------------------------------------------------------


def a_practice(folder: Path) -> None:
    with create(folder, user="anna", name="A", password=PASSWORD, code=new_code(), at=AT, cost=CHEAP) as session:
        session.add("ben", name="B", roles={Role.CLINICIAN}, password=PASSWORD, at=AT)
        session.store.patients.add("p1", family="Larkspur", given="Marigold", born=date(1965, 3, 12), at=AT)
        session.store.begin_encounter("e1", patient_uid="p1", at=AT, clinician="anna", rule_set="1")
        for number in range(30):
            session.store.save_answer("e1", f"item_{number}", "x" * 2000, who="anna", at=AT)


def change_key(folder: Path, tell: Tell) -> None:
    with sign_in(folder, "anna", PASSWORD, at=AT, cost=CHEAP) as session:
        session.store.save_answer("e1", "item_1", 30, who="anna", at=AT)
        tell("answer")
        session.remove("ben", code=new_code(), at=AT)
        tell("removed")


def key_changed(folder: Path, told: list[str]) -> None:
    with sign_in(folder, "anna", PASSWORD, at=AT, cost=CHEAP) as session:
        whole(session.store)
        assert len(session.store.trail_of("e1")) >= 30 + told.count("answer")
        gone = session.store.accounts.of("ben").removed and not session.unfinished_removals()
        assert gone or "removed" not in told


# --- a disk that refuses --------------------------------------------------------------------------


def save_again_when_refused(folder: Path, tell: Tell) -> None:
    """As a clinician would: what is refused is tried once more. A refusal has to be one of ours, with its sentences."""
    with Store.open(folder, KEY) as store:
        for number in range(4):
            attempt(tell, f"answer {number}", lambda: store.save_answer("e1", "i", number, who="A", at=AT))  # noqa: B023
        attempt(tell, "backup", lambda: make_backup(folder, store.keys, folder / FOLDER, at=AT, why="regular"))
        attempt(tell, "version e1 1", lambda: store.sign_encounter("e1", who="A", at=AT, assessment_json="{}"))


def attempt(tell: Tell, what: str, act: Callable[[], object]) -> None:
    for _ in range(2):
        try:
            act()
        except StoreError as error:
            tell(f"refused {type(error).__name__}")
        else:
            tell(what)
            return


def kept_though_refused(folder: Path, told: list[str]) -> None:
    """What was acknowledged is there, in order. The last of what was refused may be: its commit was written whole and
    only the sync after it failed."""
    acknowledged = [int(line.split()[1]) for line in told if line.startswith("answer")]
    with Store.open(folder, KEY) as store:
        whole(store)
        there = [answer.value for answer in store.trail_of("e1")]
        assert there[: len(acknowledged)] == acknowledged
        signed = len(store.versions_of("e1"))
    assert signed >= told.count("version e1 1")
    assert len(there) + signed <= len(acknowledged) + told.count("version e1 1") + 1
    backups = backups_in(folder / FOLDER)
    # One more where only the sync of its name failed: it is whole, and nobody was told that it is safe.
    assert len(backups) in (told.count("backup"), told.count("backup") + 1)
    for backup in backups:
        check_backup(backup.folder, Keys.of(KEY))


JOBS = {
    "save again": Job(an_encounter, save_again_when_refused, kept_though_refused),
    "save": Job(an_encounter, save, saved),
    "migrate": Job(an_old_store, migrate, migrated),
    "back up": Job(an_encounter, back_up, backed_up),
    "restore": Job(a_store_with_a_backup, restore, restored),
    "change the key": Job(a_practice, change_key, key_changed),
}


def main(name: str, folder: str, way: str = "") -> None:
    if way == "normal":
        weaker = {"synchronous = FULL": "synchronous = NORMAL"}
        driver.AFTER_THE_KEY = tuple(weaker.get(pragma, pragma) for pragma in driver.AFTER_THE_KEY)
        driver.PROMISED = driver.PROMISED | {"synchronous": 1}
    if name == "save":
        save(Path(folder), say, many=30)
        return
    try:
        JOBS[name].work(Path(folder), say)
    except StoreError as error:
        say(f"refused {type(error).__name__}")


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
