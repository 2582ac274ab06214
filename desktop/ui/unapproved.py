"""What is said of the real store until a named clinician has signed the rules off (README, "What it is not")."""

from __future__ import annotations

from desktop.ui.translation import translate


def unapproved_words() -> str:
    return translate(
        "Unapproved",
        "Not signed off: no named clinician has approved these rules, and Backstop is not UKCA-marked. "
        "Don't use it for real patients.",
    )


def unapproved_strip() -> tuple[str, str, str]:
    """What, what is safe, what to do: once at each sign-in."""
    return (
        translate("Unapproved", "These rules are not signed off: no named clinician has approved them."),
        translate("Unapproved", "Backstop is not UKCA-marked, and never replaces your own judgement."),
        translate("Unapproved", "Don't use it for real patients until the rules have been signed off."),
    )
