"""Somebody who is signed in, with the store open, and what can be done about accounts and passwords then.

An account is removed in the store first; then the store is given another key, sealed to everybody who stays.
If the process dies between the two, `unfinished_removals` says so; if it dies while the key is changed, the
next to sign in goes on where it stopped (db.entrance).
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Any

from db.accounts import Account
from db.driver import KEY_BYTES
from db.errors import NoAccount, NotAllowed
from db.keyfile import KEYS, KeyFile, Keys, forget_previous, read_keys, write_keys
from db.passwords import check_password, read_code
from db.roles import Act, Role, may
from db.slots import KIT, USER, Cost, Slot, make_slot, open_slot, slot_of
from db.store import Store


class Session:
    """Made by db.entrance. Closing it closes the store."""

    def __init__(self, folder: Path, store: Store, user: str, cost: Cost) -> None:
        self.store, self.user, self._folder, self._cost = store, user, folder, cost
        self._closed = False

    def close(self) -> None:
        """Once is enough; again does nothing."""
        if not self._closed:
            self._closed = True
            self.store.close()

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def account(self) -> Account:
        return self.store.accounts.of(self.user)

    def may(self, act: Act, *, nurses_sign: bool = False) -> bool:
        return not self.account.removed and may(self.account.roles, act, nurses_sign=nurses_sign)

    def add(self, user: str, *, name: str, roles: Collection[Role], password: str, at: datetime) -> None:
        """The slot comes first: one without an account lets nobody in, and adding again puts it right."""
        self._needs(Act.ACCOUNTS)
        check_password(password)
        self.store.accounts.check(user, roles)
        self.put_slot(USER, user, password)
        with self.store.all_or_nothing():
            self.store.accounts.add(user, name, roles, by=self.user, at=at)

    def change_roles(self, user: str, roles: Collection[Role], *, at: datetime) -> None:
        self._needs(Act.ACCOUNTS)
        with self.store.all_or_nothing():
            self.store.accounts.change_roles(user, roles, by=self.user, at=at)

    def change_password(self, old: str, new: str, *, at: datetime) -> None:
        """One slot is written anew; the others, and the store itself, stay as they are."""
        check_password(new)
        slot = read_keys(self._folder).slot(slot_of(self.user))
        if slot is None:
            raise NoAccount(self.user)
        open_slot(slot, old, cost=self._cost, place=self._folder / KEYS)
        self.put_slot(USER, self.user, new)
        self.tell("password changed", self.user, at)
        forget_previous(self._folder)

    def renew_kit(self, code: str, *, at: datetime) -> None:
        """`code` has been printed and typed back already, so nobody is left with a kit that can't be read."""
        self._needs(Act.ACCOUNTS)
        self.put_slot(KIT, "", read_code(code))
        self.tell("recovery kit renewed", KIT, at)
        forget_previous(self._folder)

    def remove(self, user: str, *, code: str, at: datetime) -> None:
        """`code` is of a new recovery kit, printed and typed back: whoever goes may have seen the old one."""
        self._needs(Act.ACCOUNTS)
        code = read_code(code)
        if not self.store.accounts.of(user).removed:
            with self.store.all_or_nothing():
                self.store.accounts.remove(user, by=self.user, at=at)
        file = self._of_those_who_stay(read_keys(self._folder))
        kit = make_slot(code, store=file.store, user="", kind=KIT, cost=self._cost)
        self._give_another_key(file.with_slots(kit))
        with self.store.all_or_nothing():
            self.store.accounts.lock_out(by=self.user, at=at)

    def unfinished_removals(self) -> list[str]:
        """Removed in the store, but the key they knew is still the store's: `remove` them again."""
        return self.store.accounts.not_locked_out()

    def put_slot(self, kind: str, user: str, secret: str) -> None:
        store = read_keys(self._folder).store
        self.put(make_slot(secret, store=store, user=user, kind=kind, cost=self._cost))

    def put(self, slot: Slot) -> None:
        write_keys(self._folder, read_keys(self._folder).with_slots(slot).sealed(self.store.keys))

    def tell(self, what: str, account: str, at: datetime, *, why: str = "") -> None:
        with self.store.all_or_nothing():
            self.store.trail.append(who=self.user, at=at, what=what, which={"account": account}, why=why)

    def leave(self, what: str, place: dict[str, Any], *, at: datetime) -> None:
        """`place` is kept for the next sign-in of the same person; `close` comes after it."""
        with self.store.all_or_nothing():
            self.store.interrupted.keep(self.user, place, at)
            self.tell(what, self.user, at)

    def hold(self, place: dict[str, Any], *, at: datetime) -> None:
        """For the next sign-in after whatever happens; nobody has left, so nothing is told."""
        self.store.interrupted.keep(self.user, place, at)

    def take_place(self) -> dict[str, Any]:
        return self.store.interrupted.take(self.user)

    def _of_those_who_stay(self, file: KeyFile) -> KeyFile:
        """A slot that nobody in the store answers for goes too, however it came there."""
        stay = {slot_of(account.user) for account in self.store.accounts.all() if not account.removed}
        for slot in file.slots:
            file = file if slot.name in stay else file.without_slot(slot.name)
        return file

    def _give_another_key(self, file: KeyFile) -> None:
        """At each moment one of the generations in the file opens the store."""
        new = Keys(secrets.token_bytes(KEY_BYTES), self.store.keys.trail)
        write_keys(self._folder, file.sealed(self.store.keys, new))
        self.store.change_key(new)
        write_keys(self._folder, file.sealed(new))
        forget_previous(self._folder)

    def _needs(self, act: Act) -> None:
        if not self.may(act):
            raise NotAllowed(self.account.name or self.user, act)
