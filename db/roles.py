"""Who may do what. Kept by the program, not by cryptography: every account can open the whole store."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum


class Role(StrEnum):
    CLINICIAN = "clinician"
    NURSE = "nurse or physiotherapist"
    RECEPTIONIST = "receptionist"
    ADMINISTRATOR = "administrator"


class Act(StrEnum):
    ANSWER = "answer"
    SIGN = "sign"
    PRINT = "print"
    FOLLOW_UP = "follow up"
    ACCOUNTS = "look after accounts"
    AUDIT = "read the audit trail"
    BACKUPS = "look after backups"


MAY = {
    Role.CLINICIAN: {*Act} - {Act.ACCOUNTS},
    Role.NURSE: {Act.ANSWER, Act.PRINT, Act.FOLLOW_UP},
    Role.RECEPTIONIST: {Act.PRINT, Act.FOLLOW_UP},
    Role.ADMINISTRATOR: {Act.ACCOUNTS, Act.AUDIT, Act.BACKUPS},
}


def may(roles: Collection[Role], act: Act, *, nurses_sign: bool = False) -> bool:
    """`nurses_sign`: the practice lets nurses and physiotherapists sign."""
    if act is Act.SIGN and nurses_sign and Role.NURSE in roles:
        return True
    return any(act in MAY[role] for role in roles)
