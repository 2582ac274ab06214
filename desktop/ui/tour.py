"""The tour: six sentences, a minute, each beside the thing it speaks of. Everything goes on working meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtWidgets import QWidget

from desktop.ui.translation import translate

if TYPE_CHECKING:
    from desktop.ui.window import Window


class Step(Struct, frozen=True):
    """`room` is opened where it can be; `target` is what gets a frame, where it is to be seen."""

    room: str
    words: str
    target: Callable[[Window], QWidget | None]


def steps() -> tuple[Step, ...]:
    return (
        Step(
            "today",
            translate(
                "Tour",
                "Begin here: type a name, a date of birth or an NHS number and press Enter. What was left unfinished "
                "waits below.",
            ),
            lambda window: getattr(window.today, "search", None),
        ),
        Step(
            "consultation",
            translate(
                "Tour",
                "A consultation begins with thirteen safety questions. Y, N and U answer and move on, "
                "arrows only move. What is not asked is never a no.",
            ),
            lambda window: getattr(window.consultation, "questions", None),
        ),
        Step(
            "consultation",
            translate(
                "Tour",
                "The assessment: urgency, flags with their sources, what is not yet ruled out, and the plan. "
                "Each answer is saved before it is shown.",
            ),
            lambda window: getattr(window.consultation, "assessment", None),
        ),
        Step(
            "consultation",
            translate("Tour", "Ctrl+P opens letters, requests and the patient’s sheet. Ctrl+Enter reviews and signs."),
            lambda window: getattr(window.consultation, "banner", None),
        ),
        Step(
            "follow-up",
            translate(
                "Tour",
                "Follow-up keeps what a signed plan promised until somebody says how it ended. What is overdue is "
                "counted on the rail.",
            ),
            lambda window: window.rail,
        ),
        Step(
            "today",
            translate(
                "Tour",
                "Ctrl+K finds anything. F1 helps where you are, and F1 again opens the manual. Nothing leaves this "
                "computer.",
            ),
            lambda window: window.status,
        ),
    )
