"""How old the rules are. Nothing is looked up anywhere: only their own date counts."""

from __future__ import annotations

from datetime import date

from desktop.clinical.content import Content
from desktop.ui.translation import translate

OLD = 365
"""Days after which the rules are said to be old: sources change within a year."""


def age_of_rules(content: Content, today: date) -> int:
    return (today - content.pathway.dated).days


def old_words(content: Content, today: date) -> str:
    """Empty while they are not."""
    if age_of_rules(content, today) <= OLD:
        return ""
    return translate("RulesAge", "Rules older than a year: look for a newer version")
