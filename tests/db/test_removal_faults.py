"""A process that dies while an account is removed: nobody who stays is locked out, and nothing is lost."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from db import driver
from db.entrance import create, sign_in
from db.errors import DiskFault, KeysDontFit, StoreError
from db.keyfile import KEYS, KeyFile, Keys, read_keys, write_keys
from db.passwords import new_code
from db.roles import Role
from db.session import Session
from db.slots import Cost
from db.store import Store

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
CHEAP = Cost(memory=32, passes=1, lanes=4)
ANNA, BEN = "a plain pass phrase", "another plain phrase"
CODE = new_code()
REMOVER = Path(__file__).with_name("remover.py")
ANSWERS = 200


class Died(BaseException):
    """As little can be caught of it as of a process that is gone."""


def enter(folder: Path, user: str = "anna", password: str = ANNA) -> Session:
    return sign_in(folder, user, password, at=AT, cost=CHEAP)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some two megabytes, so that changing the key takes a while."""
    folder = tmp_path_factory.mktemp("made") / "store"
    with create(folder, user="anna", name="Anna", password=ANNA, code=CODE, at=AT, cost=CHEAP) as session:
        session.add("ben", name="Ben", roles={Role.CLINICIAN}, password=BEN, at=AT)
        fill(session.store)
    return folder


def fill(store: Store) -> None:
    with store.all_or_nothing():
        store.patients.add("p1", family="Larkspur", given="Marigold", born=date(1965, 3, 12), at=AT)
        store.begin_encounter("e1", patient_uid="p1", at=AT, clinician="Anna", rule_set="1")
        for number in range(ANSWERS):
            store.save_answer("e1", f"item_{number % 4}", f"{number:04}" * 2000, who="Anna", at=AT)


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "store"))


def after(folder: Path, *, removed: bool) -> None:
    """What must hold however the removal ended; `removed`: it had been said that Ben was."""
    with enter(folder) as session:
        assert len(session.store.trail_of("e1")) == ANSWERS
        assert session.store.verify() is None
        assert list(session.store._database.utils.query("PRAGMA cipher_integrity_check")) == []
        gone = session.store.accounts.of("ben").removed and not session.unfinished_removals()
        assert gone or not removed
        session.remove("ben", code=new_code(), at=AT)
        assert session.unfinished_removals() == []
    assert len(read_keys(folder).generations) == 1
    with pytest.raises(StoreError, match="does not open with this name"):
        enter(folder, "ben", BEN)
    enter(folder).close()


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, int]]:
    """`die_at` counts file renames, syncs of names, and both sides of the change of key."""
    count = {"now": 0, "die_at": 0}

    def step() -> None:
        count["now"] += 1
        if count["now"] == count["die_at"]:
            raise Died

    def around(work: Callable[..., Any]) -> Callable[..., Any]:
        def stepped(*arguments: Any, **more: Any) -> Any:
            step()
            done = work(*arguments, **more)
            step()
            return done

        return stepped

    monkeypatch.setattr(os, "replace", around(os.replace))
    monkeypatch.setattr(driver, "change_key", around(driver.change_key))
    yield count
    count["die_at"] = 0


def dies_at(folder: Path, steps: dict[str, int], die_at: int) -> bool:
    session = enter(folder)
    steps.update(now=0, die_at=die_at)
    try:
        session.remove("ben", code=new_code(), at=AT)
    except Died:
        return True
    finally:
        steps["die_at"] = 0
        session.close()
    return False


def test_it_may_die_at_any_step_of_a_removal(made: Path, tmp_path: Path, steps: dict[str, int]) -> None:
    for die_at in range(1, 100):
        folder = Path(shutil.copytree(made, tmp_path / str(die_at)))
        died = dies_at(folder, steps, die_at)
        after(folder, removed=not died)
        shutil.rmtree(folder)
        if not died:
            break
    assert die_at > 10


def test_the_check_finds_an_order_that_locks_everybody_out(
    folder: Path, steps: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: the store gets its key first, and the key file learns of it afterwards."""

    def naive(session: Session, file: KeyFile) -> None:
        new = Keys(bytes(range(32)), session.store.keys.trail)
        session.store.change_key(new)
        write_keys(session._folder, file.sealed(new))

    monkeypatch.setattr(Session, "_give_another_key", naive)
    assert dies_at(folder, steps, 3)
    with pytest.raises(KeysDontFit):
        after(folder, removed=False)


def test_a_disk_too_full_for_another_key_changes_nothing(folder: Path) -> None:
    with enter(folder) as session:
        old = session.store.keys
        with small_files(500_000), pytest.raises(DiskFault):
            session.remove("ben", code=new_code(), at=AT)
        assert session.store.keys == old
        assert session.unfinished_removals() == ["ben"]
        session.store.save_answer("e1", "item_0", "last", who="Anna", at=AT)
        assert len(session.store.trail_of("e1")) == ANSWERS + 1
    with enter(folder) as session:
        assert session.unfinished_removals() == []
        assert session.store.keys != old
        assert session.store.answers_of("e1")["item_0"].value == "last"


@contextmanager
def small_files(limit: int) -> Iterator[None]:
    resource = pytest.importorskip("resource", reason="Windows has no limit on the size of a file")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def killed(folder: Path, user: str, chance: random.Random) -> tuple[bool, int]:
    """Whether the removal was acknowledged, and how many generations of keys the kill left."""
    command = [sys.executable, str(REMOVER), str(folder), user, new_code()]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        assert process.stdout.readline() == "open\n"
        process.stdin.write("\n")
        process.stdin.flush()
        time.sleep(chance.random() * 0.12)
        process.kill()
        told = process.stdout.read()
    return told == "removed\n", len(read_keys(folder).generations)


def test_eight_kills_during_a_removal(made: Path, tmp_path: Path) -> None:
    """On a busy machine it takes more of them until one falls between the two keys."""
    chance = random.Random(20261124)
    seen: set[tuple[bool, int]] = set()
    for number in range(40):
        if number >= 8 and (False, 2) in seen:
            break
        folder = Path(shutil.copytree(made, tmp_path / str(number)))
        acknowledged, generations = killed(folder, "ben", chance)
        seen.add((acknowledged, generations))
        after(folder, removed=acknowledged)
        shutil.rmtree(folder)
    assert (False, 2) in seen


def test_a_making_that_was_cut_short_is_begun_again(
    tmp_path: Path, steps: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "new"
    for die_at in (1, 2):
        steps.update(now=0, die_at=die_at)
        with pytest.raises(Died):
            create(folder, user="anna", name="Anna", password=ANNA, code=CODE, at=AT, cost=CHEAP)
        steps["die_at"] = 0
    assert (folder / KEYS).exists()
    create(folder, user="ben", name="Ben", password=BEN, code=CODE, at=AT, cost=CHEAP).close()
    enter(folder, "ben", BEN).close()
