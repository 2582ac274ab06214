"""The ways into a store with accounts: making it, signing in, and the recovery kit.

Stretching a password takes its time on purpose, so the ways in have two halves: `try_password` and `try_code` may
run in any thread, and `enter` opens the store in the thread that will use it.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from db import driver
from db.accounts import Accounts, check_account
from db.backup import FILE
from db.errors import AccountRefused, DamagedKeys, KeysInUse, NoAccount, WrongPassword
from db.folder import Lock, claim
from db.keyfile import KEYS, KeyFile, Keys, forget_previous, read_keys, restore_previous, write_keys
from db.passwords import check_password, read_code
from db.restore import READY, finish
from db.roles import Role
from db.session import Session
from db.slots import KIT, REAL, USER, Cost, Slot, make_slot, open_slot, slot_of
from db.store import Store, open_with
from db.trail import Trail

if TYPE_CHECKING:
    from db.database import Database

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
    first = make_slot(password, store=store, user=user, kind=USER, cost=cost)
    kit = make_slot(read_code(code), store=store, user="", kind=KIT, cost=cost)
    file = KeyFile(store, ()).with_slots(first, kit)
    keys = Keys.of(secrets.token_bytes(driver.KEY_BYTES))

    def fill(database: Database) -> None:
        Accounts(database, Trail(database, keys.trail)).add(user, name, roles, by=user, at=at)

    with claimed(folder) as lock:
        _refuse_used(folder)
        driver.make_database(folder / FILE, keys.data, fill=fill, ready=lambda: write_keys(folder, file.sealed(keys)))
        return _session(folder, lock, [keys], user, cost)


@dataclass(frozen=True)
class Unlocked:
    """What a secret opened: the keys, and the slot of a new password where the kit was used."""

    folder: Path
    user: str
    found: tuple[Keys, ...]
    cost: Cost
    told: str
    new: Slot | None = None


def sign_in(folder: Path, user: str, password: str, *, at: datetime, cost: Cost = REAL) -> Session:
    """A StoreError says why not. A name that nobody has takes as long as a wrong password."""
    return enter(try_password(folder, user, password, cost=cost), at=at)


def recover(folder: Path, code: str, user: str, password: str, *, at: datetime, cost: Cost = REAL) -> Session:
    """With the recovery kit, for an account whose password is lost: it gets this one."""
    return enter(try_code(folder, code, user, password, cost=cost), at=at)


def try_password(folder: Path, user: str, password: str, *, cost: Cost = REAL) -> Unlocked:
    return Unlocked(folder, user, open_keys(folder, slot_of(user), password, cost), cost, "signed in")


def try_code(folder: Path, code: str, user: str, password: str, *, cost: Cost = REAL) -> Unlocked:
    check_password(password)
    found = open_keys(folder, KIT, read_code(code), cost)
    new = make_slot(password, store=read_keys(folder).store, user=user, kind=USER, cost=cost)
    return Unlocked(folder, user, found, cost, "password reset with the recovery kit", new)


def enter(unlocked: Unlocked, *, at: datetime, why: str = "") -> Session:
    """`why` stands in the trail beside the sign-in: the wrong tries before it, for one."""
    folder, user = unlocked.folder, unlocked.user
    with claimed(folder) as lock:
        session = _session(folder, lock, unlocked.found, user, unlocked.cost)
        try:
            _finish(session, folder, unlocked.found, at)
            if session.account.removed:
                raise NoAccount(user)
            if unlocked.new:
                session.put(unlocked.new)
            session.tell(unlocked.told, user, at, why=why)
        except BaseException:
            session.close()
            raise
        return session


def go_back_to_previous_keys(folder: Path) -> None:
    """In the place of a damaged key file, which is kept aside."""
    lock = claim(folder)
    try:
        restore_previous(folder)
    finally:
        lock.release()


def open_keys(folder: Path, name: str, secret: str, cost: Cost) -> tuple[Keys, ...]:
    """Of a store or of a backup. Waits for a restore that was cut short, which may bring other keys."""
    if (folder / READY).exists():
        with claimed(folder) as lock:
            lock.release()
    try:
        file = read_keys(folder)
    except DamagedKeys:
        _explain(folder, name, secret, cost)
        raise
    slot = file.slot(name)
    if slot is None:
        make_slot(secret, store="", user="", kind="", cost=cost)
        raise WrongPassword("The store")
    return _opened(folder, file, slot, secret, cost)


def _opened(folder: Path, file: KeyFile, slot: Slot, secret: str, cost: Cost) -> tuple[Keys, ...]:
    place = folder / KEYS
    return tuple(file.keys_for(slot, open_slot(slot, secret, cost=cost, place=place), place))


def _explain(folder: Path, name: str, secret: str, cost: Cost) -> None:
    """Raises what a person can be told beyond "damaged" of a key file that was edited; it opens nothing."""
    with suppress(DamagedKeys, WrongPassword, ValueError, TypeError, AttributeError, KeyError):
        file = read_keys(folder, exact=False)
        if slot := file.slot(name):
            _opened(folder, file, slot, secret, cost)


def _session(folder: Path, lock: Lock, found: Sequence[Keys], user: str, cost: Cost) -> Session:
    database, keys = open_with(folder / FILE, found)
    return Session(folder, Store(database, folder / FILE, lock, keys), user, cost)


def _finish(session: Session, folder: Path, found: Sequence[Keys], at: datetime) -> None:
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
def claimed(folder: Path) -> Iterator[Lock]:
    """Let go of again only if it didn't come to a session, which keeps it."""
    lock = claim(folder)
    try:
        finish(folder)
        yield lock
    except BaseException:
        lock.release()
        raise
