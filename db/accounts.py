"""The accounts in the store: who there is, and in which roles. Their passwords are db.session's matter."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from db.driver import rows, written
from db.errors import AccountRefused, LastAdministrator, NoAccount
from db.roles import Role
from db.trail import Trail, utc_text

if TYPE_CHECKING:
    from db.database import Database

USER = re.compile(r"[a-z0-9][a-z0-9.-]{0,31}")


class Account(Struct, frozen=True):
    """One that is removed stays, so that the trail can be read."""

    user: str
    name: str
    roles: frozenset[Role]
    removed: bool


class Accounts:
    def __init__(self, database: Database, trail: Trail) -> None:
        self._database, self._trail = database, trail

    def all(self) -> list[Account]:
        return [_account(row) for row in rows(self._database, "SELECT * FROM accounts ORDER BY user")]

    def of(self, user: str) -> Account:
        for row in rows(self._database, "SELECT * FROM accounts WHERE user = ?", [user]):
            return _account(row)
        raise NoAccount(user)

    def check(self, user: str, roles: Collection[Role]) -> None:
        """Refuses a name that somebody has or had, or that can't be one."""
        if any(account.user == user for account in self.all()):
            raise AccountRefused(user)
        check_account(user, roles)

    def add(self, user: str, name: str, roles: Collection[Role], *, by: str, at: datetime) -> None:
        self.check(user, roles)
        add = "INSERT INTO accounts (user, name, roles, made_at) VALUES (?, ?, ?, ?)"
        with written(self._database):
            self._database.execute(add, [user, name, json.dumps(sorted(roles)), utc_text(at)])
            self._tell("account added", user, roles, by, at)

    def change_roles(self, user: str, roles: Collection[Role], *, by: str, at: datetime) -> None:
        check_account(user, roles)
        old = self.of(user).roles
        if Role.ADMINISTRATOR not in roles:
            self.keep_an_administrator(user)
        with written(self._database):
            change = "UPDATE accounts SET roles = ? WHERE user = ?"
            self._database.execute(change, [json.dumps(sorted(roles)), user])
            self._tell(f"roles changed from {_listed(old)}", user, roles, by, at)

    def remove(self, user: str, *, by: str, at: datetime) -> None:
        roles = self.of(user).roles
        self.keep_an_administrator(user)
        with written(self._database):
            change = "UPDATE accounts SET removed_at = ? WHERE user = ? AND removed_at IS NULL"
            self._database.execute(change, [utc_text(at), user])
            self._tell("account removed", user, roles, by, at)

    def not_locked_out(self) -> list[str]:
        """Removed, but the key they knew is still the store's."""
        removed = "SELECT user FROM accounts WHERE removed_at IS NOT NULL AND locked_out_at IS NULL ORDER BY user"
        return [row["user"] for row in rows(self._database, removed)]

    def lock_out(self, *, by: str, at: datetime) -> None:
        """To be told when the store has another key."""
        with written(self._database):
            for user in self.not_locked_out():
                locked = "UPDATE accounts SET locked_out_at = ? WHERE user = ?"
                self._database.execute(locked, [utc_text(at), user])
                self._trail.append(who=by, at=at, what="store given another key", which={"account": user})

    def keep_an_administrator(self, user: str) -> None:
        others = [account for account in self.all() if account.user != user and not account.removed]
        if not any(Role.ADMINISTRATOR in account.roles for account in others):
            raise LastAdministrator(user)

    def _tell(self, what: str, user: str, roles: Collection[Role], by: str, at: datetime) -> None:
        self._trail.append(who=by, at=at, what=what, which={"account": user, "roles": sorted(roles)})


def check_account(user: str, roles: Collection[Role]) -> None:
    if not USER.fullmatch(user) or not roles or not set(roles) <= set(Role):
        raise AccountRefused(user)


def _listed(roles: Collection[Role]) -> str:
    return ", ".join(sorted(roles))


def _account(row: dict[str, Any]) -> Account:
    roles = frozenset(Role(role) for role in json.loads(row["roles"]))
    return Account(row["user"], row["name"], roles, row["removed_at"] is not None)
