"""When a backup is due, where it goes, and putting one back from the window's half and from the terminal."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from db.errors import BackupPlaceMissing, CheckFailed, NotAllowed
from db.store import Store
from desktop.cli import main
from desktop.record.backups import BEFORE_RESTORE, Backup, Backups, GivenUp, Progress
from desktop.record.demonstration import KEY
from desktop.record.roles import Rights, Role

from ..hand_clock import HandClock

AT = datetime(2026, 11, 23, 10, 40, tzinfo=UTC)
Work = Callable[[Backups, Backup], Callable[[Progress], object]]


def nothing(done: int, of: int) -> None:
    pass


@pytest.fixture
def clock() -> HandClock:
    return HandClock(AT)


@pytest.fixture
def store(tmp_path: Path):  # type: ignore[no-untyped-def]
    with Store.open(tmp_path / "store", KEY) as store:
        yield store


@pytest.fixture
def backups(store: Store, clock: HandClock) -> Backups:
    return Backups(store, rights=Rights.of_demonstration("Dr One"), clock=clock)


def patient(store: Store, uid: str = "p1") -> None:
    store.patients.add(uid, family="Larkspur", given="Marigold", born=date(1965, 3, 12), at=AT)


def test_an_empty_store_needs_none_and_the_first_patient_makes_one_due(store: Store, backups: Backups) -> None:
    assert not backups.due()
    patient(store)
    assert backups.due()


def test_it_is_due_half_an_hour_later_if_something_was_written(
    store: Store, backups: Backups, clock: HandClock
) -> None:
    patient(store)
    backups.maker()(nothing)
    clock.now += timedelta(minutes=31)
    assert not backups.due()
    patient(store, "p2")
    assert backups.due()
    clock.now = AT + timedelta(minutes=29)
    assert not backups.due()
    clock.now = AT - timedelta(days=1)
    assert backups.due(), "a clock that went back must not stop backups"


def test_a_missing_stick_is_said_and_made_up_for_later(
    store: Store, backups: Backups, clock: HandClock, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    patient(store)
    backups.choose_place(stick)
    shutil.rmtree(stick / "Backstop backups")
    made = backups.maker()(nothing)
    assert isinstance(made.not_copied, BackupPlaceMissing)
    assert "Plug the stick in" in str(made.not_copied)
    assert list(stick.iterdir()) == []
    assert backups.behind()
    (stick / "Backstop backups").mkdir()
    assert backups.copier()(nothing).not_copied is None
    assert not backups.behind()
    assert [(row.here, row.there) for row in backups.rows()] == [(True, True)]
    backups.choose_place(None)
    assert backups.second is None


def test_restoring_makes_a_backup_first_and_is_done_in_two_halves(
    store: Store, backups: Backups, clock: HandClock
) -> None:
    patient(store)
    made = backups.maker()(nothing).backup
    clock.now += timedelta(hours=1)
    patient(store, "p2")
    shown = backups.viewer(made)(nothing)
    assert (shown.patients, shown.encounters, shown.opens) == (1, 0, ())
    backups.preparer(made)(nothing)
    assert len(store.patients.find("")) == 2
    aside = backups.exchange()
    assert aside
    assert [row.uid for row in store.patients.find("")] == ["p1"]
    assert next((row.backup.why, row.backup.counts["patients"]) for row in backups.rows()) == (BEFORE_RESTORE, 2)


def test_the_whole_store_is_checked_with_progress(store: Store, backups: Backups) -> None:
    patient(store)
    steps: list[tuple[int, int]] = []
    assert backups.checker()(lambda done, of: steps.append((done, of))) == 2
    assert steps[0] == (0, 2)
    store._database.execute("UPDATE patients SET given = 'Other'")
    with pytest.raises(CheckFailed, match="the audit trail, row 1,"):
        backups.checker()(nothing)


@pytest.mark.parametrize(
    "work",
    [
        lambda it, made: it.maker(),
        lambda it, made: it.copier(),
        lambda it, made: it.viewer(made),
        lambda it, made: it.preparer(made),
        lambda it, made: it.checker(),
    ],
    ids=["make", "copy", "look into", "prepare", "check"],
)
def test_it_stops_wherever_it_is(store: Store, backups: Backups, tmp_path: Path, work: Work) -> None:
    """A window that is locked waits for it: so each step of a few milliseconds asks, also within one statement."""
    for number in range(40):
        patient(store, f"p{number}")
    made = backups.maker()(nothing).backup
    stick = tmp_path / "stick"
    stick.mkdir()
    backups.choose_place(stick)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("db.pages.STEPS", 50)
        asked = calls(work(backups, made))
        assert asked > 5
        for number in range(0, asked, 1 + asked // 12):
            shutil.rmtree(stick / "Backstop backups" / made.folder.name, ignore_errors=True)
            with pytest.raises(GivenUp):
                work(backups, made)(stopper(number))
    assert backups.damaged() == []
    assert store.verify() is None


def calls(work: Callable[[Progress], object]) -> int:
    told: list[int] = []
    work(lambda done, of: told.append(done))
    return len(told)


def stopper(number: int) -> Progress:
    """Raises at the call after so many."""
    left = [number]

    def stop(done: int, of: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise GivenUp

    return stop


@pytest.mark.parametrize("act", [lambda it, made: it.preparer(made), lambda it, made: it.choose_place(None)])
def test_a_receptionist_may_not(store: Store, clock: HandClock, act: Callable[[Backups, object], object]) -> None:
    rights = Rights("rosa", "Rosa", frozenset({Role.RECEPTIONIST}))
    with pytest.raises(NotAllowed):
        act(Backups(store, rights=rights, clock=clock), None)


def test_on_the_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKSTOP_STORE", str(tmp_path))
    with Store.open(tmp_path / "demonstration", KEY) as store:
        patient(store)
    run = CliRunner().invoke
    stick = tmp_path / "stick"
    stick.mkdir()
    made = run(main, ["--demo", "store", "backup", "--second-place", str(stick)])
    assert made.exit_code == 0, made.stderr
    assert "1 patients, 0 encounters" in made.stdout
    with Store.open(tmp_path / "demonstration", KEY) as store:
        patient(store, "p2")
    listed = run(main, ["--demo", "store", "backups"])
    assert "in here and the second place" in listed.stdout
    (folder,) = (stick / "Backstop backups").iterdir()
    assert run(main, ["--demo", "store", "restore", str(folder)], input="n\n").exit_code != 0
    done = run(main, ["--demo", "store", "restore", str(folder), "--yes"])
    assert done.exit_code == 0, done.stderr
    assert "is kept in" in done.stdout
    with Store.open(tmp_path / "demonstration", KEY) as store:
        assert [row.uid for row in store.patients.find("")] == ["p1"]
