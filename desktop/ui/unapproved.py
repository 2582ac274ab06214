"""What is said of the real store until a named clinician has signed the rules off (README, "What it is not")."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def unapproved_words() -> str:
    return QCoreApplication.translate(
        "Unapproved",
        "Not signed off: no named clinician has approved these rules, and Backstop is not UKCA-marked. "
        "Don't use it for real patients.",
    )


def unapproved_strip() -> tuple[str, str, str]:
    """What, what is safe, what to do: once at each sign-in."""
    return (
        _tr("These rules are not signed off: no named clinician has approved them."),
        _tr("Backstop is not UKCA-marked, and never replaces your own judgement."),
        _tr("Don't use it for real patients until the rules have been signed off."),
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("Unapproved", words)
