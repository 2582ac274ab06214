"""`backstop store`: the store without a window. A real one is opened with a password that is asked on the terminal,
never given as an argument, never read from the environment."""

from __future__ import annotations

import getpass
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

import click

from desktop.input import BadInput, Refused
from desktop.record.roles import Act, Rights
from desktop.settings import settings_for

if TYPE_CHECKING:
    from pathlib import Path

    from db.store import Store
    from db.trail import Break, Head

NO_TERMINAL = (
    "the password is asked on a terminal, and there is none here. Nothing was opened. "
    "Run the command in a terminal window."
)
NO_STORE = (
    "there is no store of a practice in {place} yet. Nothing was made. Open Backstop once to set one up, "
    "or name another folder with --store."
)


class Tampered(Refused):
    """Something in the store is not as it was written."""

    exit_code = 3


class OpenedStore(NamedTuple):
    """`rights` have been held against the act that the command needs."""

    store: Store
    rights: Rights
    folder: Path
    demo: bool = False


@click.group()
@click.option("--user", metavar="NAME", help="Who signs in; without it the name is asked.")
def store(user: str | None) -> None:
    """Look after the store. The password is asked on the terminal; with `backstop --demo store …` there is none."""


@contextmanager
def opened_store(act: Act) -> Iterator[OpenedStore]:
    """The store of the command that runs, by somebody who may do this; signing in and out stands in the trail."""
    root = click.get_current_context().find_root().params
    settings = settings_for(root["store"])
    if root["demo"]:
        from db.store import Store
        from desktop.record.demonstration import CLINICIAN, KEY

        with Store.open(settings.demonstration, KEY) as opened:
            yield OpenedStore(opened, Rights.of_demonstration(CLINICIAN), settings.demonstration, demo=True)
    else:
        with _signed_in(settings.practice, act) as signed_in:
            yield signed_in


@contextmanager
def _signed_in(folder: Path, act: Act) -> Iterator[OpenedStore]:
    from desktop.record.session import Entrance

    entrance = Entrance(folder, clock=now)
    if entrance.is_new:
        raise BadInput(NO_STORE.format(place=folder))
    user = _user() or _ask_name(entrance.users)
    with entrance.sign_in(user, ask_secret(f"Password of {user}: ")) as session:
        rights = Rights(session.account.user, session.account.name, session.account.roles)
        rights.need(act)
        yield OpenedStore(session.store, rights, folder)


def ask_secret(words: str) -> str:
    """Not shown while it is typed. Without a terminal it is refused rather than read from what is piped in."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(words)
        except (getpass.GetPassWarning, EOFError, OSError):
            raise BadInput(NO_TERMINAL) from None


def now() -> datetime:
    return datetime.now(UTC)


def _user() -> str:
    context = click.get_current_context()
    while context.info_name != "store" and context.parent is not None:
        context = context.parent
    return str(context.params.get("user") or "")


def _ask_name(users: list[str]) -> str:
    return users[0] if len(users) == 1 else str(click.prompt("Name", err=True))


@store.command()
@click.option(
    "--head",
    "heads",
    multiple=True,
    metavar="NUMBER·LETTERS",
    help="A head from a printed page or the list of a backup, such as 1234·9f8e7d6c; may be given again.",
)
def verify(heads: tuple[str, ...]) -> None:
    """Tell whether anything was changed by something other than Backstop, and where.

    Rows cut off the end are found only with a head that was kept elsewhere; of each one given it says when it was the
    head of this record. Exit codes: 0 everything is as it was written, 3 it is not, 2 it could not be looked at.
    """
    wanted = [_head(head) for head in heads]
    with opened_store(Act.AUDIT) as opened:
        _refuse_unsound(opened.store)
        if found := opened.store.verify(*wanted):
            raise Tampered(_tampered(found))
        trail = opened.store.trail
        rows = [trail.row(head.seq) for head in wanted]
        latest = str(trail.head()) or "it has no row yet"
        click.echo(f"Everything is as it was written. Head of the audit trail: {latest}")
    for head, row in zip(wanted, rows, strict=True):
        if row is not None:
            at = datetime.fromisoformat(row.at).strftime("%d-%b-%Y %H:%M")
            by = f" by {row.who}" if row.who else ""
            click.echo(f"{head} was its head after row {head.seq}: {row.what}{by}, {at} UTC.")


def _refuse_unsound(store: Store) -> None:
    from db.errors import CheckFailed, DamagedStore

    try:
        store.refuse_unsound()
    except (CheckFailed, DamagedStore) as error:
        raise Tampered(str(error)) from error


def _tampered(found: Break) -> str:
    from db.trail import CUT_OFF, OTHER_ROW

    place = f"row {found.seq} of the audit trail" if found.seq else "past the audit trail"
    of_head = (
        " If the head was typed as it is printed, and its page belongs to this practice, rows were exchanged or cut "
        "off; a restored backup does that too, and then the trail tells of the restore."
    )
    return (
        f"not as it was written: {place}: {found.why}.{of_head if found.why in (CUT_OFF, OTHER_ROW) else ''} Nothing "
        "was changed by looking. Keep a copy of the folder as it is, go on with the latest backup that verifies, and "
        "tell whoever is responsible for the record."
    )


def _head(text: str) -> Head:
    from db.trail import Head

    if not (parts := re.fullmatch(r"([1-9]\d{0,14})[·.:-]([0-9a-f]{8,64})", text.strip().lower())):
        raise BadInput(f"“{text}” is not a head; it is printed as number·letters, such as 1234·9f8e7d6c")
    return Head(int(parts[1]), parts[2])
