"""What the person who is signed in may do. Kept by the program, not by cryptography (docs/security.md)."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct

from db.errors import NotAllowed
from db.roles import Act, Role, may

__all__ = ["Act", "Rights", "Role"]


class Rights(Struct, frozen=True):
    """`user` stands in the record; `name` is shown and printed. `nurses_sign` is what the practice decided."""

    user: str
    name: str
    roles: Collection[Role]
    nurses_sign: bool = False

    @classmethod
    def of_demonstration(cls, name: str) -> Rights:
        """Nobody has an account there, and there are none to look after."""
        return cls(name, name, frozenset({Role.CLINICIAN}))

    def may(self, act: Act) -> bool:
        return may(self.roles, act, nurses_sign=self.nurses_sign)

    def need(self, act: Act) -> None:
        """Raises NotAllowed, a RecordError, with a sentence for the person."""
        if not self.may(act):
            raise NotAllowed(self.name or self.user, act)
