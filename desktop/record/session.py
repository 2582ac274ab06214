"""The way into the store of one folder, for window and terminal alike: who gets in, and how long to wait."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from db import entrance, tries
from db.entrance import Unlocked
from db.errors import StoreError, WrongPassword
from db.keyfile import KEYS, read_keys
from db.session import Session
from db.slots import REAL, Cost
from db.store import FILE
from desktop.record.consultation import Clock

__all__ = ["REAL", "Cost", "Entrance", "Session", "Unlocked"]


class Entrance:
    """The halves that stretch a password, `try_password` and `try_code`, may run in any thread."""

    def __init__(self, folder: Path, *, clock: Clock, cost: Cost = REAL) -> None:
        self.folder, self._clock, self._cost = folder, clock, cost

    @property
    def is_new(self) -> bool:
        """There is neither a store nor a key file. A half-made store has neither name yet, or only the keys."""
        cut_short = (self.folder / f"{FILE}.making").exists()
        return not (self.folder / FILE).exists() and (cut_short or not (self.folder / KEYS).exists())

    @property
    def users(self) -> list[str]:
        """Who has a slot in the key file; none if it can't be read, which signing in will explain."""
        try:
            return sorted(slot.user for slot in read_keys(self.folder).slots if slot.is_of_user)
        except StoreError:
            return []

    def wait(self, user: str) -> timedelta:
        """How long the next try of this name has to wait."""
        known = tries.tries_of(self.folder, user)
        return known.left(self._clock()) if known else timedelta(0)

    def now(self) -> datetime:
        return self._clock()

    def create(self, *, user: str, name: str, password: str, code: str) -> Session:
        return entrance.create(
            self.folder, user=user, name=name, password=password, code=code, at=self._clock(), cost=self._cost
        )

    def sign_in(self, user: str, password: str) -> Session:
        return self.enter(self.try_password(user, password))

    def try_password(self, user: str, password: str) -> Unlocked:
        tries.refuse_too_soon(self.folder, user, self._clock())
        try:
            return entrance.try_password(self.folder, user, password, cost=self._cost)
        except WrongPassword:
            tries.note_wrong(self.folder, user, self._clock())
            raise

    def try_code(self, code: str, user: str, password: str) -> Unlocked:
        """A code with a mistyped character was no try: it is noticed before it is used."""
        tries.refuse_too_soon(self.folder, user, self._clock())
        try:
            return entrance.try_code(self.folder, code, user, password, cost=self._cost)
        except WrongPassword:
            tries.note_wrong(self.folder, user, self._clock())
            raise

    def enter(self, unlocked: Unlocked) -> Session:
        """In the thread that will use the store. The trail is told of the wrong tries before."""
        known = tries.tries_of(self.folder, unlocked.user)
        why = f"after {known.count} wrong tries" if known else ""
        session = entrance.enter(unlocked, at=self._clock(), why=why)
        tries.forget(self.folder, unlocked.user)
        return session

    def go_back_to_previous_keys(self) -> None:
        """The damaged key file is kept aside."""
        entrance.go_back_to_previous_keys(self.folder)
