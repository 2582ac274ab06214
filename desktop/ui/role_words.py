"""The roles by name, and what each may do, in the language of the window."""

from __future__ import annotations

from collections.abc import Collection

from desktop.record.roles import Role
from desktop.ui.translation import translate


def name_of(role: Role) -> str:
    match role:
        case Role.CLINICIAN:
            return translate("roles", "Clinician")
        case Role.NURSE:
            return translate("roles", "Nurse or physiotherapist")
        case Role.RECEPTIONIST:
            return translate("roles", "Receptionist")
        case Role.ADMINISTRATOR:
            return translate("roles", "Administrator")


def names_of(roles: Collection[Role]) -> str:
    return ", ".join(name_of(role) for role in Role if role in roles)


def allowed_to(role: Role) -> str:
    match role:
        case Role.CLINICIAN:
            return translate("roles", "asks, signs, prints, follows up, reads the audit trail, looks after backups")
        case Role.NURSE:
            return translate("roles", "asks, prints, follows up; signs if the practice allows it")
        case Role.RECEPTIONIST:
            return translate("roles", "prints and follows up")
        case Role.ADMINISTRATOR:
            return translate("roles", "looks after accounts and backups, reads the audit trail")
