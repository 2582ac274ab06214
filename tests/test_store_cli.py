"""`backstop store` on a real terminal (a pseudo one): the password is asked there and nowhere else."""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from db.entrance import create, sign_in
from db.passwords import new_code
from db.roles import Role
from db.store import Store
from desktop.cli import main
from desktop.record.demonstration import KEY
from desktop.store_cli import NO_TERMINAL

ROOT = Path(__file__).resolve().parents[1]
AT = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
PASSWORD = "a plain pass phrase"

pty = pytest.importorskip("pty", reason="pseudo-terminals are there on Linux and macOS")


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "stores"
    anna = {"user": "anna", "name": "Dr Anna Ash", "password": PASSWORD, "code": new_code()}
    with create(folder / "practice", **anna, at=AT) as made:
        made.add("rita", name="Rita Rowan", roles={Role.RECEPTIONIST}, password=PASSWORD, at=AT)
        made.store.patients.add("p1", family="Larkspur", given="Marigold", born=date(1965, 3, 12), at=AT)
        made.store.begin_encounter("e1", patient_uid="p1", at=AT, clinician="anna", rule_set="1")
        made.store.save_answer("e1", "injury", True, who="anna", at=AT)
    return folder


@pytest.fixture
def stores(made_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made_once, tmp_path / "stores"))


def on_terminal(*arguments: object, typed: str) -> tuple[int, str]:
    """Runs it with a terminal of its own, types when it asks, and gives exit code and all that was shown."""
    command = [sys.executable, "-m", "desktop", *map(str, arguments)]
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(ROOT)
        os.execv(command[0], command)
    shown, left, until = "", typed, time.monotonic() + 60
    while time.monotonic() < until:
        if not select.select([terminal], [], [], 0.5)[0]:
            continue
        try:
            shown += os.read(terminal, 4096).decode(errors="replace")
        except OSError:
            break
        if left and shown.rstrip().endswith(":"):
            time.sleep(0.2)  # the echo is switched off just before the question is written
            os.write(terminal, f"{left}\n".encode())
            left = ""
    else:
        os.kill(child, signal.SIGKILL)
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), " ".join(shown.split())


def test_a_store_that_is_as_it_was_written(stores: Path) -> None:
    code, shown = on_terminal("--store", stores, "store", "--user", "anna", "verify", typed=PASSWORD)
    assert code == 0, shown
    assert "Everything is as it was written. Head of the audit trail: " in shown
    assert PASSWORD not in shown


def test_a_row_changed_past_the_trail_is_told_with_its_place(stores: Path) -> None:
    with sign_in(stores / "practice", "anna", PASSWORD, at=AT) as session:
        database = session.store._database
        (trigger,) = database.utils.query("SELECT sql FROM sqlite_master WHERE name = 'answers_refuse_update'")
        database.execute("DROP TRIGGER answers_refuse_update")
        database.execute("UPDATE answers SET value = 'false'")
        database.execute(trigger["sql"])
    code, shown = on_terminal("--store", stores, "store", "--user", "anna", "verify", typed=PASSWORD)
    assert code == 3, shown
    assert "not as it was written: row 5 of the audit trail" in shown
    assert "latest backup that verifies" in shown


@pytest.mark.parametrize(
    ("user", "typed", "words"),
    [
        ("anna", "another plain phrase", "does not open with this name and password"),
        ("nobody", PASSWORD, "does not open with this name and password"),
        ("rita", PASSWORD, "Rita Rowan may not read the audit trail"),
    ],
)
def test_who_may_not_is_refused_with_one_sentence(stores: Path, user: str, typed: str, words: str) -> None:
    code, shown = on_terminal("--store", stores, "store", "--user", user, "verify", typed=typed)
    assert (code, words in shown, "Traceback" in shown) == (2, True, False), shown


def test_what_is_piped_in_is_not_taken_for_a_password(stores: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "--store", str(stores), "store", "--user", "anna", "verify"],
        input=PASSWORD.encode() + b"\n",
        capture_output=True,
        start_new_session=True,
        cwd=ROOT,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().strip() == f"backstop: {NO_TERMINAL}"


def backstop(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, [str(one) for one in arguments])
    return done.exit_code, done.output


def test_a_folder_without_a_store_is_left_empty(tmp_path: Path) -> None:
    code, shown = backstop("--store", tmp_path / "none", "store", "--user", "anna", "verify")
    assert code == 2
    assert "there is no store of a practice" in shown
    assert not (tmp_path / "none").exists()


def test_the_demonstration_needs_no_password(tmp_path: Path) -> None:
    code, shown = backstop("--demo", "--store", tmp_path, "store", "verify")
    assert (code, "Everything is as it was written" in shown) == (0, True), shown


def test_a_page_that_no_row_is_read_from_is_looked_at_too(tmp_path: Path) -> None:
    """The index by which patients are found by name: the trail alone calls such a store sound."""
    with Store.open(tmp_path / "demonstration", KEY) as store:
        store.patients.add("p1", family="Larkspur", given="Marigold", born=date(1965, 3, 12), at=AT)
        (index,) = store._database.utils.query("SELECT rootpage FROM sqlite_master WHERE name = 'patients_by_name'")
    file = tmp_path / "demonstration" / "backstop.db"
    data = bytearray(file.read_bytes())
    data[(index["rootpage"] - 1) * 4096 + 100] ^= 1
    file.write_bytes(data)
    code, shown = backstop("--demo", "--store", tmp_path, "store", "verify")
    assert (code, "not as it was written: its pages" in shown) == (3, True), shown


@pytest.mark.parametrize("head", ["", "12", "1234·xyz", "·9f8e7d6c", "1234·9f8e7d6", "0·9f8e7d6c"])
def test_what_is_no_head_is_refused_before_the_password_is_asked(stores: Path, head: str) -> None:
    code, shown = backstop("--store", stores, "store", "verify", "--head", head)
    assert (code, "is not a head" in shown) == (2, True)


@pytest.mark.parametrize(("head", "code"), [("2·00000000", 3), ("99·9f8e7d6c", 3)])
def test_a_head_from_paper_that_does_not_fit_is_told(tmp_path: Path, head: str, code: int) -> None:
    backstop("--demo", "--store", tmp_path, "store", "verify")
    found, shown = backstop("--demo", "--store", tmp_path, "store", "verify", "--head", head)
    assert (found, "If the head was typed as it is printed" in shown) == (code, True), shown


def test_a_head_from_paper_is_found_again(tmp_path: Path) -> None:
    """Also in dots and capitals, as somebody may type it; what came after it makes no difference."""
    with Store.open(tmp_path / "demonstration", KEY) as store:
        head = str(store.trail.append(who="anna", at=AT, what="begun"))
        store.trail.append(who="anna", at=AT, what="gone on with")
    code, shown = backstop("--demo", "--store", tmp_path, "store", "verify", "--head", head.replace("·", ".").upper())
    number = head.partition("·")[0]
    assert (code, f"{head} was its head after row {number}: " in shown) == (0, True), shown
