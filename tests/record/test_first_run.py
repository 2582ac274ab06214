"""Setting up without a window: what is asked, what is refused, and that nothing lies on the disk before the end."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.entrance import recover, sign_in
from db.errors import StoreError
from db.passwords import new_code
from db.places import INSIDE, second_place
from db.slots import Cost
from desktop.record.first_run import STEPS, FirstRun, user_from
from desktop.record.passwords import code_mistake, is_same_code, password_mistake, strength_words
from desktop.record.practice import read_practice
from desktop.record.roles import Role
from desktop.record.session import Entrance

AT = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
CHEAP = Cost(memory=32, passes=1, lanes=4)
PASSWORD = "a plain pass phrase"


@pytest.fixture
def entrance(tmp_path: Path) -> Entrance:
    return Entrance(tmp_path / "practice", clock=lambda: AT, cost=CHEAP)


def filled(**changes: object) -> FirstRun:
    run = FirstRun(practice="Low Road Surgery", name="Dr Anna Ash", user="anna.ash", kit_out=True)
    run.password = run.again = PASSWORD
    run.typed = run.code.lower().replace("-", " ")
    for field, value in changes.items():
        setattr(run, field, value)
    return run


def test_a_run_that_is_filled_in_has_nothing_to_mend() -> None:
    assert filled().first_open() == "ready"


WRONG = [
    ("practice", "practice", {"practice": " "}),
    ("practice", "practice", {"practice": "x" * 121}),
    ("practice", "telephone", {"telephone": "ring Sue"}),
    ("you", "name", {"name": ""}),
    ("you", "user", {"user": "Anna Ash"}),
    ("you", "user", {"user": "../anna"}),
    ("you", "user", {"user": ""}),
    ("you", "password", {"password": "short", "again": "short"}),
    ("you", "password", {"password": "dr anna ash 1", "again": "dr anna ash 1"}),
    ("you", "again", {"again": "a plain pass phrasE"}),
    ("recovery", "kit", {"kit_out": False}),
    ("recovery", "typed", {"typed": ""}),
    ("recovery", "typed", {"typed": new_code()}),
    ("backups", "backup_folder", {"backup_folder": "relative"}),
    ("backups", "backup_folder", {"backup_folder": "/nowhere/at/all"}),
]


@pytest.mark.parametrize(("step", "field", "changes"), WRONG)
def test_each_mistake_is_told_beside_its_field(step: str, field: str, changes: dict[str, object]) -> None:
    run = filled(**changes)
    assert run.first_open() == step
    assert [name for each in STEPS for name in run.mistakes(each)] == [field]


def test_a_mistyped_code_is_not_the_code() -> None:
    run = filled()
    run.typed = run.typed[:-1] + ("0" if run.typed[-1] != "0" else "1")
    assert list(run.mistakes("recovery")) == ["typed"]
    assert is_same_code(run.code, run.code)


def test_it_makes_a_store_that_opens_with_password_and_kit(entrance: Entrance, tmp_path: Path) -> None:
    run = filled(telephone="01632 960 000", backup_folder=str(tmp_path))
    code = run.code
    with run.finish(entrance) as session:
        assert session.account.name == "Dr Anna Ash"
        assert session.account.roles == {Role.CLINICIAN, Role.ADMINISTRATOR}
        practice = read_practice(session.store)
        assert (practice.name, second_place(entrance.folder)) == ("Low Road Surgery", tmp_path / INSIDE)
        assert session.store.verify() is None
    assert run.not_kept is None
    assert not run.password + run.again + run.code + run.typed
    sign_in(entrance.folder, "anna.ash", PASSWORD, at=AT, cost=CHEAP).close()
    recover(entrance.folder, code, "anna.ash", "another plain phrase", at=AT, cost=CHEAP).close()


def test_until_the_last_step_nothing_is_on_the_disk(entrance: Entrance) -> None:
    run = filled()
    for step in STEPS:
        run.mistakes(step)
    assert entrance.is_new
    assert not entrance.folder.exists()


def test_a_run_cut_short_while_making_it_can_be_made_again(entrance: Entrance, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the process had died after the keys were written and before the store got its name."""
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", lambda self, target: (_ for _ in ()).throw(OSError(28, "no space")))
        with pytest.raises((StoreError, OSError)):
            filled().finish(entrance)
    assert entrance.is_new
    with filled().finish(entrance) as session:
        assert session.store.verify() is None


def test_a_folder_with_a_store_is_not_new(entrance: Entrance) -> None:
    filled().finish(entrance).close()
    assert not entrance.is_new
    assert entrance.users == ["anna.ash"]


@pytest.mark.parametrize(
    ("name", "user"),
    [
        ("Dr Anna Ash", "anna.ash"),
        ("Prof. José Núñez-Díaz", "jose.nunez-diaz"),
        ("  ", ""),
        ("Dr", ""),
        ("李", ""),
        ("Sister Mary O'Neil", "mary.o.neil"),
        ("a" * 60, "a" * 32),
    ],
)
def test_a_user_name_is_offered(name: str, user: str) -> None:
    assert user_from(name) == user


@pytest.mark.parametrize("password", ["twelve chars", "egg on my hat", "Tr0ub4dor&33", "café crème brûlée"])
def test_what_will_do(password: str) -> None:
    assert password_mistake(password, "anna.ash", "Dr Anna Ash") == ""


@pytest.mark.parametrize(
    ("typed", "words"),
    [("", "this has 0 characters"), ("ABCD-EFGH", "this has 8 characters"), ("A" * 33, "mistyped")],
)
def test_a_code_is_explained(typed: str, words: str) -> None:
    assert words in code_mistake(typed)


@pytest.mark.parametrize(
    ("password", "words"),
    [("", "At least 12"), ("a", "1 character"), ("one two", "7 characters, 2 words")],
)
def test_strength_is_counted_and_not_guessed(password: str, words: str) -> None:
    assert strength_words(password).startswith(words)
