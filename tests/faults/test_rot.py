"""Bits that flip in the store, in a backup and in the key file; and somebody who changes rows past the trail."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest
from jobs import AT, CHEAP, PASSWORD, a_practice, a_store_with_a_backup, save, whole

from db.backup import FOLDER, backups_in, check_backup, read_backup
from db.entrance import sign_in
from db.errors import StoreError
from db.keyfile import KEYS, Keys
from db.store import FILE, Store
from desktop.record.demonstration import KEY

pytestmark = pytest.mark.timeout(0)
MANY = [40, pytest.param(1000, marks=pytest.mark.heavy)]


def flip(path: Path, sound: bytes, chance: random.Random) -> None:
    place = chance.randrange(len(sound))
    path.write_bytes(sound[:place] + bytes([sound[place] ^ 1 << chance.randrange(8)]) + sound[place + 1 :])


def everything(store: Store) -> list[object]:
    return [store.patients.find(""), store.encounters_of("p1"), store.trail_of("e1"), [*store.trail.entries()]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    a_store_with_a_backup(tmp_path / "store")
    return tmp_path / "store"


@pytest.mark.parametrize("many", MANY)
def test_nothing_wrong_is_shown_as_true(folder: Path, many: int, chance: random.Random, tell_figures) -> None:  # type: ignore[no-untyped-def]
    with Store.open(folder, KEY) as store:
        right = everything(store)
    path, told = folder / FILE, 0
    sound = path.read_bytes()
    for _ in range(many):
        flip(path, sound, chance)
        for ending in ("-wal", "-shm"):
            path.with_name(FILE + ending).unlink(missing_ok=True)
        try:
            with Store.open(folder, KEY) as store:
                assert everything(store) == right
                store.refuse_unsound()  # the pages too that nothing of this was read from
        except StoreError:
            told += 1
    tell_figures(flips=many, told=told, harmless=many - told, silent=0)
    assert told == many


@pytest.mark.parametrize("many", MANY)
def test_a_backup_with_a_flipped_bit_is_never_taken_for_good(folder: Path, many: int, chance: random.Random) -> None:
    (backup,) = backups_in(folder / FOLDER)
    for number in range(many):
        path = backup.folder / (FILE, "manifest.json", "manifest.json.mac")[number % 3]
        sound = path.read_bytes()
        flip(path, sound, chance)
        with pytest.raises((StoreError, UnicodeDecodeError)):
            check_backup(backup.folder, Keys.of(KEY))
        path.write_bytes(sound)
    assert read_backup(backup.folder) == check_backup(backup.folder, Keys.of(KEY))


@pytest.mark.parametrize("many", MANY)
def test_a_key_file_with_a_flipped_bit_is_refused(tmp_path: Path, many: int, chance: random.Random) -> None:
    a_practice(tmp_path / "store")
    path = tmp_path / "store" / KEYS
    sound = path.read_bytes()
    for _ in range(many):
        flip(path, sound, chance)
        with pytest.raises(StoreError):
            sign_in(tmp_path / "store", "anna", PASSWORD, at=AT, cost=CHEAP)
    path.write_bytes(sound)
    sign_in(tmp_path / "store", "anna", PASSWORD, at=AT, cost=CHEAP).close()


def test_twin_in_a_plain_file_is_silently_wrong(tmp_path: Path, chance: random.Random) -> None:
    """Why the store is encrypted even where nobody would look: each page carries its own hash."""
    path, silent = tmp_path / "plain.db", 0
    with closing(sqlite3.connect(path)) as plain, plain:
        plain.execute("CREATE TABLE answers (item TEXT, value TEXT)")
        plain.executemany("INSERT INTO answers VALUES (?, ?)", [(f"item_{n}", "no") for n in range(2000)])
    sound = path.read_bytes()
    for _ in range(60):
        flip(path, sound, chance)
        with suppress(sqlite3.DatabaseError, UnicodeDecodeError), closing(sqlite3.connect(path)) as plain:
            read = plain.execute("SELECT * FROM answers").fetchall()
            silent += read != [(f"item_{n}", "no") for n in range(2000)]
    assert silent > 10


# --- somebody with the key, or with a copy that is open -------------------------------------------


@pytest.fixture
def busy(tmp_path: Path) -> Path:
    folder = tmp_path / "store"
    with Store.open(folder, KEY) as store:
        for number, name in enumerate(["Larkspur", "Foxglove", "Teasel"]):
            store.patients.add(f"p{number}", family=name, given="M", born=AT.date().replace(year=1960), at=AT)
        store.begin_encounter("e1", patient_uid="p1", at=AT, clinician="Dr One", rule_set="1")
    save(folder, lambda line: None, many=30)
    return folder


def let_anything(store: Store) -> None:
    """As somebody with the key can. A store without its triggers would not be opened again."""
    for row in list(store._database.utils.query("SELECT name FROM sqlite_master WHERE type = 'trigger'")):
        if "refuse" in row["name"]:
            store._database.execute(f"DROP TRIGGER {row['name']}")


TEXTS = {
    "trail": ("at", "zone", "who", "what", "old", "new", "why", "prev", "mac"),
    "patients": ("family", "given", "title", "uid"),
    "encounters": ("clinician", "rule_set", "began_at", "uid"),
    "answers": ("item", "who", "at"),
    "versions": ("rule_set", "who", "at", "why"),
}
Tampering = Callable[[Store, random.Random], bool]


def edit(store: Store, chance: random.Random) -> bool:
    table = chance.choice([*TEXTS])
    column = chance.choice(TEXTS[table])
    return changed(
        store, f"UPDATE {table} SET {column} = {column} || 'x' WHERE rowid = ?", [a_row(store, table, chance)]
    )


def take_out(store: Store, chance: random.Random) -> bool:
    table = chance.choice(["trail", "answers", "versions"])
    last = "" if table != "trail" else " AND seq < (SELECT max(seq) FROM trail)"
    return changed(store, f"DELETE FROM {table} WHERE rowid = ?{last}", [a_row(store, table, chance)])


def put_in(store: Store, chance: random.Random) -> bool:
    add = "INSERT INTO answers (encounter_id, item, value, said_by, who, at) SELECT encounter_id, item, value, said_by,"
    return changed(store, f"{add} 'mallory', at FROM answers WHERE rowid = ?", [a_row(store, "answers", chance)])


def unsign(store: Store, chance: random.Random) -> bool:
    return changed(
        store,
        "UPDATE encounters SET state = 'draft' WHERE state = 'signed' AND id = ?",
        [a_row(store, "encounters", chance)],
    )


def swap(store: Store, chance: random.Random) -> bool:
    first = a_row(store, "trail", chance)
    for old, new in [(first, 10**9), (first + 1, first), (10**9, first + 1)]:
        done = changed(store, "UPDATE trail SET seq = ? WHERE seq = ?", [new, old])
    return done


def cut_off(store: Store, chance: random.Random) -> bool:
    return changed(store, "DELETE FROM trail WHERE seq >= ?", [a_row(store, "trail", chance)])


TAMPERINGS: tuple[Tampering, ...] = (edit, edit, edit, take_out, put_in, swap, unsign, cut_off)


def a_row(store: Store, table: str, chance: random.Random) -> int:
    return chance.choice([row["place"] for row in store._database.utils.query(f"SELECT rowid AS place FROM {table}")])


def changed(store: Store, sql: str, values: list[object]) -> bool:
    return store._database.execute(sql, values).rowcount > 0


@pytest.mark.parametrize("many", [100, pytest.param(1000, marks=pytest.mark.heavy)])
def test_every_tampering_is_found(busy: Path, many: int, chance: random.Random, tell_figures) -> None:  # type: ignore[no-untyped-def]
    """Each is undone before the next. The head was kept elsewhere, as on a printed page."""
    missed, tried = [], 0
    with Store.open(busy, KEY) as store:
        let_anything(store)
        head = store.trail.head()
        store._database.execute("PRAGMA foreign_keys = OFF")
        while tried < many:
            store._database.execute("BEGIN IMMEDIATE")
            tampering = chance.choice(TAMPERINGS)
            if tampering(store, chance):  # it may have found nothing to change
                tried += 1
                if store.verify(head) is None:
                    missed.append((tried, tampering.__name__))
            store._database.rollback()
        whole(store)
    tell_figures(tamperings=tried, missed=len(missed))
    assert missed == []


def test_twin_without_a_head_kept_elsewhere_misses_a_tail_cut_off(busy: Path, chance: random.Random) -> None:
    with Store.open(busy, KEY) as store:
        let_anything(store)
        head = store.trail.head()
        store.trail.append(who="mallory", at=AT, what="printed")
        later = store.trail.head()
        store._database.execute("DELETE FROM trail WHERE seq = ?", [later.seq])
        assert store.verify(head) is None
        assert store.verify(later) is not None
