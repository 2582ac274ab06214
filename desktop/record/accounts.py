"""The accounts of the practice, as the settings show and change them. Each method asks for the right it needs."""

from __future__ import annotations

from collections.abc import Collection

from db.accounts import USER, Account
from db.session import Session
from desktop.record.consultation import Clock
from desktop.record.passwords import password_mistake
from desktop.record.refused import FieldsRefused
from desktop.record.roles import Role
from desktop.record.words import say

__all__ = ["Account", "AccountRefused", "Accounts", "account_mistakes"]


class AccountRefused(FieldsRefused):
    """An account that can't be made or changed like this."""


class Accounts:
    """`session` keeps the rules and asks for the right; here the fields are looked at first."""

    def __init__(self, session: Session, *, clock: Clock) -> None:
        self._session, self._clock = session, clock

    @property
    def own(self) -> Account:
        return self._session.account

    def all(self) -> list[Account]:
        """Those who can sign in come first."""
        return sorted(self._session.store.accounts.all(), key=lambda account: (account.removed, account.user))

    def unfinished_removals(self) -> list[str]:
        return self._session.unfinished_removals()

    def add(self, user: str, *, name: str, roles: Collection[Role], password: str) -> None:
        found = account_mistakes(user, name, password, roles)
        if user in {account.user for account in self.all()}:
            found["user"] = say(
                "Somebody has or had this user name; none is given twice, so that the trail stays clear."
            )
        if found:
            raise AccountRefused(found)
        self._session.add(user, name=name.strip(), roles=roles, password=password, at=self._clock())

    def change_roles(self, user: str, roles: Collection[Role]) -> None:
        if not roles:
            raise AccountRefused({"roles": say("Choose at least one role. To take somebody out, remove the account.")})
        self._session.change_roles(user, roles, at=self._clock())

    def change_password(self, old: str, new: str) -> None:
        if why := password_mistake(new, self.own.user, self.own.name):
            raise AccountRefused({"password": why})
        self._session.change_password(old, new, at=self._clock())

    def renew_kit(self, code: str) -> None:
        self._session.renew_kit(code, at=self._clock())

    def remove(self, user: str, code: str) -> None:
        self._session.remove(user, code=code, at=self._clock())


def account_mistakes(user: str, name: str, password: str, roles: Collection[Role]) -> dict[str, str]:
    found = {
        "name": "" if name.strip() else say("Type the name as it is to stand on letters, such as Dr Anna Ash."),
        "user": user_mistake(user),
        "password": password_mistake(password, user, name),
        "roles": "" if roles else say("Choose at least one role."),
    }
    return {field: why for field, why in found.items() if why}


def user_mistake(user: str) -> str:
    if USER.fullmatch(user):
        return ""
    return say("Small letters, digits, points and hyphens, beginning with a letter or digit, at most 32: anna.ash")
