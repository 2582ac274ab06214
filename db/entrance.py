"""The ways into a store with accounts: making it, signing in, and the recovery kit."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from db import driver
from db.accounts import Accounts, check_account
from db.errors import AccountRefused, KeysInUse, NoAccount, WrongPassword
from db.folder import Lock, claim
from db.keyfile import KEYS, KeyFile, Keys, forget_previous, read_keys, restore_previous, write_keys
from db.passwords import check_password, read_code
from db.roles import Role
from db.session import KIT, Session
from db.slots import REAL, Cost, make_slot, open_slot
from db.store import FILE, Store, open_with
from db.trail import Trail

if TYPE_CHECKING:
    from sqlite_utils import Database

FIRST = frozenset({Role.ADMINISTRATOR, Role.CLINICIAN})


def create(
    folder: Path,
    *,
    user: str,
    name: str,
    password: str,
    code: str,
    at: datetime,
    roles: Collection[Role] = FIRST,
    cost: Cost = REAL,
) -> Session:
    """A new store and its first account. `code` is of the recovery kit, printed and typed back.

    The keys are written when the store is whole but for its name; cut short, it may be called again.
    """
    check_password(password)
    check_account(user, roles)
    if Role.ADMINISTRATOR not in roles:
        raise AccountRefused(user)
    store = uuid.uuid4().hex
    first = make_slot(password, store=store, user=user, kind="user", cost=cost)
    kit = make_slot(read_code(code), store=store, user="", kind=KIT, cost=cost)
    file = KeyFile(store, ()).with_slots(first, kit)
    keys = Keys.of(secrets.token_bytes(driver.KEY_BYTES))

    def fill(database: Database) -> None:
        Accounts(database, Trail(database, keys.trail)).add(user, name, roles, by=user, at=at)

    with _claimed(folder) as lock:
        _refuse_used(folder)
        driver.make_database(folder / FILE, keys.data, fill=fill, ready=lambda: write_keys(folder, file.sealed(keys)))
        return _session(folder, lock, [keys], user, cost)


def sign_in(folder: Path, user: str, password: str, *, at: datetime, cost: Cost = REAL) -> Session:
    """A StoreError says why not. A name that nobody has takes as long as a wrong password."""

    def greet(session: Session) -> None:
        session.tell("signed in", user, at)

    return _enter(folder, f"user {user}", password, user, cost, at, greet)


def recover(folder: Path, code: str, user: str, password: str, *, at: datetime, cost: Cost = REAL) -> Session:
    """With the recovery kit, for an account whose password is lost: it gets this one."""
    check_password(password)

    def reset(session: Session) -> None:
        session.put_slot("user", user, password)
        session.tell("password reset with the recovery kit", user, at)

    return _enter(folder, KIT, read_code(code), user, cost, at, reset)


def go_back_to_previous_keys(folder: Path) -> None:
    """In the place of a damaged key file, which is kept aside."""
    lock = claim(folder)
    try:
        restore_previous(folder)
    finally:
        lock.release()


def _enter(
    folder: Path, slot: str, secret: str, user: str, cost: Cost, at: datetime, greet: Callable[[Session], None]
) -> Session:
    with _claimed(folder) as lock:
        found = _unlocked(folder, slot, secret, cost)
        session = _session(folder, lock, found, user, cost)
        try:
            _finish(session, folder, found, at)
            if session.account.removed:
                raise NoAccount(user)
            greet(session)
        except BaseException:
            session.close()
            raise
        return session


def _unlocked(folder: Path, name: str, secret: str, cost: Cost) -> list[Keys]:
    file, place = read_keys(folder), folder / KEYS
    slot = file.slot(name)
    if slot is None:
        make_slot(secret, store="", user="", kind="", cost=cost)
        raise WrongPassword("The store")
    return file.keys_for(slot, open_slot(slot, secret, cost=cost, place=place), place)


def _session(folder: Path, lock: Lock, found: list[Keys], user: str, cost: Cost) -> Session:
    database, keys = open_with(folder / FILE, found)
    return Session(folder, Store(database, folder / FILE, lock, keys), user, cost)


def _finish(session: Session, folder: Path, found: list[Keys], at: datetime) -> None:
    """Goes on with a change of key that was cut short; then the key file before this one may go."""
    store, new = session.store, found[-1]
    if len(found) > 1:
        if store.keys != new:
            store.change_key(new)
        write_keys(folder, read_keys(folder).sealed(new))
        with store.all_or_nothing():
            store.accounts.lock_out(by=session.user, at=at)
    forget_previous(folder)


def _refuse_used(folder: Path) -> None:
    """Keys without a store are somebody's, unless a half-made store shows that making it was cut short."""
    cut_short = (folder / f"{FILE}.making").exists()
    if (folder / FILE).exists() or ((folder / KEYS).exists() and not cut_short):
        raise KeysInUse(folder)


@contextmanager
def _claimed(folder: Path) -> Iterator[Lock]:
    """Let go of again only if it didn't come to a session, which keeps it."""
    lock = claim(folder)
    try:
        yield lock
    except BaseException:
        lock.release()
        raise
