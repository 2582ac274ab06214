"""Backups: whole, checked, made while the store is written to, thinned, and put back without anything being lost."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from db import backup as backups
from db import driver
from db.backup import Backup, backups_in, check_backup, copy_backup, damaged_in, make_backup, thin
from db.entrance import create, recover, sign_in
from db.errors import (
    BackupNotMade,
    BackupUnderOldKeys,
    CheckFailed,
    DamagedBackup,
    KeysDontFit,
    MissingStore,
    NoAccount,
    StoreBusy,
    StoreError,
    WrongPassword,
)
from db.folder import claim
from db.keyfile import Keys
from db.passwords import new_code
from db.restore import MAKING, exchange, finish, keys_that_open, prepare, preview
from db.roles import Role
from db.session import Session
from db.slots import Cost
from db.store import FILE, Store
from db.way_back import keys_of_then, restore

KEY = bytes(range(32))
KEYS_ = Keys.of(KEY)
AT = datetime(2026, 11, 23, 10, 40, tzinfo=UTC)
CHEAP = Cost(memory=32, passes=1, lanes=4)
PASSWORD = "a plain pass phrase"
CODE = new_code()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "store" / "backups"


def made(folder: Path, at: datetime = AT, keys: Keys = KEYS_) -> Backup:
    return make_backup(folder, keys, folder / "backups", at=at, why="asked for")


def content(store: Store) -> list[object]:
    return [store.patients.find(""), store.encounters_of("p1"), store.trail_of("e1"), list(store.trail.entries())]


def answer(store: Store, number: int, count: int = 1) -> None:
    for one in range(number, number + count):
        store.save_answer("e1", f"item_{one}", one, who="Dr One", at=AT)


def test_a_backup_holds_everything_and_opens_like_a_store(folder: Path, store: Store, encounter: str) -> None:
    answer(store, 1, 20)
    backup = made(folder)
    expected = content(store)
    assert backup.counts == {"patients": 1, "encounters": 1, "answers": 20, "versions": 0, "trail": 22}
    assert (backup.head, backup.made_at, backup.why) == (store.trail.head(), AT, "asked for")
    assert b"Larkspur" not in b"".join(file.read_bytes() for file in backup.folder.iterdir())
    copied = folder.parent / "elsewhere"
    shutil.copytree(backup.folder, copied)
    with Store.open(copied, KEY) as other:
        assert content(other) == expected
        assert other.verify(backup.head) is None


def test_what_is_written_meanwhile_is_not_in_it_and_not_lost(folder: Path, store: Store, encounter: str) -> None:
    answer(store, 1, 50)
    written = iter(range(100, 10_000))

    def write_between(done: int, of: int) -> None:
        answer(store, next(written))

    backup = make_backup(folder, KEYS_, folder / "backups", at=AT, why="asked for", progress=write_between)
    assert backup.counts["answers"] == 50
    check_backup(backup.folder, KEYS_)
    assert len(store.trail_of("e1")) > 50


@pytest.mark.parametrize("many", [8])
def test_backups_while_another_thread_writes_are_all_good(
    folder: Path, store: Store, encounter: str, many: int
) -> None:
    """Each holds at least what was acknowledged before it began, and never half an answer."""
    found: list[tuple[int, int]] = []
    acknowledged = [0]

    def back_up() -> None:
        for _ in range(many):
            before = acknowledged[0]
            backup = made(folder)
            found.append((before, backup.counts["answers"]))
            assert backup.counts["trail"] == backup.counts["answers"] + 2

    worker = threading.Thread(target=back_up)
    worker.start()
    while worker.is_alive():
        answer(store, acknowledged[0] + 1)
        acknowledged[0] += 1
    worker.join()
    assert len(found) == many
    assert [pair for pair in found if pair[1] < pair[0]] == []


def test_the_twin_that_copies_the_file_misses_what_was_acknowledged(
    folder: Path, store: Store, encounter: str, tmp_path: Path
) -> None:
    """Why it isn't done by copying: the latest changes are in the file beside it."""
    answer(store, 1, 5)
    shutil.copytree(folder, tmp_path / "copied", ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    try:
        with Store.open(tmp_path / "copied", KEY) as other:
            missing = len(other.trail_of("e1")) < 5
    except StoreError:
        missing = True
    assert missing


def test_giving_up_leaves_nothing(folder: Path, store: Store, encounter: str) -> None:
    class GivenUp(Exception):
        pass

    def give_up(done: int, of: int) -> None:
        raise GivenUp

    with pytest.raises(GivenUp):
        make_backup(folder, KEYS_, folder / "backups", at=AT, why="asked for", progress=give_up)
    assert list((folder / "backups").iterdir()) == []
    assert made(folder).counts["patients"] == 1


def test_what_a_crash_left_is_swept_and_never_taken_for_a_backup(folder: Path, store: Store, place: Path) -> None:
    half = place / "20261101T000000.000000Z.making"
    half.mkdir(parents=True)
    (half / FILE).write_bytes(b"half")
    assert (backups_in(place), damaged_in(place)) == ([], [])
    backup = made(folder)
    assert list(place.iterdir()) == [backup.folder]


def flip(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place % len(data)] ^= 1
    path.write_bytes(data)


def other_counts(backup: Backup) -> None:
    manifest = backup.folder / "manifest.json"
    told = json.loads(manifest.read_text())
    manifest.write_text(json.dumps(told | {"head": [99, "f" * 64]}))


DAMAGE: dict[str, Callable[[Backup], object]] = {
    "a byte of the store": lambda backup: flip(backup.folder / FILE, 20_000),
    "its last byte": lambda backup: flip(backup.folder / FILE, -1),
    "a store cut short": lambda backup: (backup.folder / FILE).write_bytes((backup.folder / FILE).read_bytes()[:-4096]),
    "no store": lambda backup: (backup.folder / FILE).write_bytes(b""),
    "a byte of the manifest": lambda backup: flip(backup.folder / "manifest.json", 40),
    "another head in the manifest": other_counts,
    "no manifest": lambda backup: (backup.folder / "manifest.json").unlink(),
    "no mac": lambda backup: (backup.folder / "manifest.json.mac").unlink(),
    "a mac that is no text": lambda backup: (backup.folder / "manifest.json.mac").write_bytes(b"\xff"),
    "its store is gone": lambda backup: (backup.folder / FILE).unlink(),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_backup_is_found_and_not_restored(
    folder: Path, store: Store, encounter: str, damage: Callable[[Backup], object]
) -> None:
    backup = made(folder)
    before = content(store)
    damage(backup)
    with pytest.raises(StoreError):
        check_backup(backup.folder, KEYS_)
    with pytest.raises(StoreError):
        store.restore(backup, KEYS_, who="anna", at=AT)
    assert content(store) == before


def test_an_older_one_goes_only_after_a_good_one(
    folder: Path, store: Store, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = [made(folder, AT - timedelta(days=days)) for days in (3, 3, 4)]

    def unsound(*_: object) -> None:
        raise CheckFailed("its pages")

    monkeypatch.setattr(backups, "refuse_unsound", unsound)
    with pytest.raises(DamagedBackup):
        made(folder)
    assert {backup.folder for backup in backups_in(place)} == {backup.folder for backup in old}
    monkeypatch.undo()
    made(folder)
    assert [backup.folder for backup in thin(place, AT)] == [old[0].folder]
    assert len(backups_in(place)) == 3


def test_a_copy_in_a_second_place_is_compared(folder: Path, store: Store, encounter: str, tmp_path: Path) -> None:
    backup = made(folder)
    stick = tmp_path / "stick"
    with pytest.raises(BackupNotMade):
        copy_backup(backup, stick)
    assert not stick.exists()
    stick.mkdir()
    assert check_backup(copy_backup(backup, stick).folder, KEYS_).counts == backup.counts


# --- putting one back -----------------------------------------------------------------------------


def test_restoring_goes_back_and_keeps_the_replaced_store(folder: Path, store: Store, encounter: str) -> None:
    answer(store, 1, 3)
    backup = made(folder)
    then = content(store)
    answer(store, 4, 3)
    later, head = content(store), store.trail.head()
    aside = store.restore(backup, KEYS_, who="anna", at=AT)
    assert content(store)[:3] == then[:3]
    entry = list(store.trail.entries())[-1]
    assert (entry.what, entry.who, json.loads(entry.which)["backup"]) == ("store restored", "anna", backup.folder.name)
    assert store.verify(backup.head) is None
    assert store.verify(head)
    answer(store, 9)
    store.close()
    assert aside
    with Store.open(aside, KEY) as replaced:
        assert content(replaced) == later
    with Store.open(folder, KEY) as again:
        assert len(again.trail_of("e1")) == 4


@pytest.mark.parametrize("stop", ["kept aside", "decided", "changes of the replaced one gone", "keys"])
def test_cut_short_anywhere_it_is_the_old_store_or_the_new_one(
    folder: Path, store: Store, encounter: str, stop: str
) -> None:
    class Dead(Exception):
        pass

    def die(done: str) -> None:
        if done == stop:
            raise Dead

    answer(store, 1, 3)
    backup = made(folder)
    answer(store, 4, 3)
    prepare(folder, backup, KEYS_, now=KEYS_, who="anna", at=AT)
    leave_its_changes(store, folder)
    with pytest.raises(Dead):
        exchange(folder, at=AT, step=die)
    with Store.open(folder, KEY) as after:
        assert len(after.trail_of("e1")) == (6 if stop == "kept aside" else 3)
        assert after.verify() is None
    (aside,) = (folder / "replaced").iterdir()
    with Store.open(aside, KEY) as replaced:
        assert len(replaced.trail_of("e1")) == 6


def test_what_stands_beside_the_file_is_never_left_behind(folder: Path, store: Store, encounter: str) -> None:
    """The file alone is moved. Somebody else who reads it keeps SQLite from putting the latest changes into it."""
    answer(store, 1, 3)
    backup = made(folder)
    readers = []

    def accounts() -> Iterator[dict[str, Any]]:
        readers.append(driver.reader(folder / MAKING, KEY))
        readers[0].execute("BEGIN")
        readers[0].execute("SELECT count(*) FROM trail").fetchone()
        yield from ()

    with pytest.raises(StoreBusy):
        prepare(folder, backup, KEYS_, now=KEYS_, accounts=accounts(), who="anna", at=AT)
    readers[0].close()
    store.restore(backup, KEYS_, who="anna", at=AT)
    assert list(store.trail.entries())[-1].what == "store restored"


def leave_its_changes(store: Store, folder: Path) -> None:
    """As a crash leaves a store: with the file of its latest changes."""
    kept = folder.parent / "kept"
    shutil.copytree(folder, kept, ignore=shutil.ignore_patterns("backups", "*.restoring*"))
    store.close()
    for name in (FILE, f"{FILE}-wal"):
        shutil.copy(kept / name, folder / name)


def test_finishing_nothing_does_nothing(folder: Path, store: Store) -> None:
    before = sorted(folder.iterdir())
    finish(folder)
    assert sorted(folder.iterdir()) == before


# --- with accounts --------------------------------------------------------------------------------


def practice(folder: Path) -> Session:
    session = create(folder, user="anna", name="Anna", password=PASSWORD, code=CODE, at=AT, cost=CHEAP)
    session.add("ben", name="Ben", roles={Role.CLINICIAN}, password=PASSWORD, at=AT)
    session.store.patients.add("p1", family="Larkspur", given="Marigold", born=date(1965, 3, 12), at=AT)
    return session


def backed_up(session: Session, folder: Path) -> Backup:
    return made(folder, keys=session.store.keys)


def test_what_a_backup_holds_is_shown_before_it_is_restored(folder: Path) -> None:
    with practice(folder) as session:
        for number in range(7):
            begun = AT + timedelta(hours=number)
            session.store.begin_encounter(f"e{number}", patient_uid="p1", at=begun, clinician="anna", rule_set="1")
        shown = preview(backed_up(session, folder), [session.store.keys])
    assert (shown.patients, shown.encounters, shown.opens, shown.kit) == (1, 7, ("anna", "ben"), True)
    assert shown.last_encounters == tuple(AT + timedelta(hours=number) for number in (6, 5, 4, 3, 2))


def test_somebody_removed_since_does_not_come_back_with_an_old_backup(folder: Path) -> None:
    with practice(folder) as session:
        backup = backed_up(session, folder)
        session.remove("ben", code=new_code(), at=AT)
        session.add("cleo", name="Cleo", roles={Role.NURSE}, password=PASSWORD, at=AT)
        with pytest.raises(BackupUnderOldKeys):
            keys_that_open(backup, [session.store.keys])
        (then,) = keys_of_then(backup, "ben", PASSWORD, cost=CHEAP)
        session.store.restore(backup, then, who="anna", at=AT)
        assert [account.user for account in session.store.accounts.all() if not account.removed] == ["anna", "cleo"]
        assert session.store.verify() is None
    with pytest.raises(WrongPassword):
        sign_in(folder, "ben", PASSWORD, at=AT, cost=CHEAP)
    sign_in(folder, "cleo", PASSWORD, at=AT, cost=CHEAP).close()


def test_a_backup_opens_in_another_profile_with_the_passwords_of_then(folder: Path, tmp_path: Path) -> None:
    with practice(folder) as session:
        backup = backed_up(session, folder)
        session.change_password(PASSWORD, "another long phrase", at=AT)
    stick = tmp_path / "stick"
    shutil.copytree(backup.folder.parent, stick)
    other = tmp_path / "other computer"
    (copied,) = backups_in(stick)
    with pytest.raises(WrongPassword):
        restore(other, copied, "anna", "another long phrase", at=AT, cost=CHEAP)
    assert restore(other, copied, "anna", PASSWORD, at=AT, cost=CHEAP) is None
    with sign_in(other, "anna", PASSWORD, at=AT, cost=CHEAP) as there:
        assert there.store.patients.find("lark")[0].uid == "p1"
        assert there.store.verify(copied.head) is None
    with recover(other, CODE, "ben", "a third long phrase", at=AT, cost=CHEAP) as there:
        assert there.user == "ben"


def test_a_store_that_does_not_open_is_replaced_without_signing_in(folder: Path) -> None:
    with practice(folder) as session:
        backup = backed_up(session, folder)
        session.remove("ben", code=new_code(), at=AT)
        later = backed_up(session, folder)
    flip(folder / FILE, 30)
    with pytest.raises(KeysDontFit):
        sign_in(folder, "anna", PASSWORD, at=AT, cost=CHEAP)
    aside = restore(folder, later, "anna", PASSWORD, at=AT, cost=CHEAP)
    assert aside
    assert (aside / FILE).exists()
    sign_in(folder, "anna", PASSWORD, at=AT, cost=CHEAP).close()
    restore(folder, backup, "anna", PASSWORD, at=AT, cost=CHEAP)
    with pytest.raises((NoAccount, WrongPassword)):
        sign_in(folder, "ben", PASSWORD, at=AT, cost=CHEAP)
    sign_in(folder, "anna", PASSWORD, at=AT, cost=CHEAP).close()


def test_a_folder_without_a_store_has_none_to_back_up(folder: Path) -> None:
    folder.mkdir()
    with pytest.raises(MissingStore):
        made(folder)
    assert claim(folder).release() is None
