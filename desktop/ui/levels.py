"""The five urgencies as words of the screen."""

from __future__ import annotations

from desktop.clinical.rules import Urgency
from desktop.ui.translation import translate


def level_words(urgency: Urgency) -> str:
    match urgency:
        case Urgency.emergency:
            return translate("Urgency", "Emergency")
        case Urgency.same_day:
            return translate("Urgency", "Same day")
        case Urgency.urgent:
            return translate("Urgency", "Urgent")
        case Urgency.soon:
            return translate("Urgency", "Soon")
        case Urgency.routine:
            return translate("Urgency", "Routine")
        case Urgency.none:
            return translate("Urgency", "No flag")
