"""The ways into the library and out of it: from the question or flag in focus to its page, and back to a question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from desktop.ui.action import Action
from desktop.ui.library_state import Place

if TYPE_CHECKING:
    from desktop.ui.window import Window


def library_actions(window: Window) -> Iterator[Action]:
    words = QCoreApplication.translate("Library", "Read about what is in focus")
    group = QCoreApplication.translate("Library", "Library")
    yield Action("read", words, lambda: read_here(window), "Shift+F1", group)


def read(window: Window, place: Place | None) -> None:
    """Opens the library there, or where it was left."""
    from desktop.ui.library_panel import LibraryPanel

    panel = window.rooms.held("library")
    if isinstance(panel, LibraryPanel) and place is not None:
        panel.go(place)
    elif place is not None:
        window.library.go(place)
    window.show_room("library")


def read_rule(window: Window, rule: str) -> None:
    read(window, window.library.place_of_rule(rule))


def read_here(window: Window) -> None:
    """The page of the flag that has the focus, else of the question in hand while a consultation is what is seen."""
    if rule := _rule_in_focus():
        read_rule(window, rule)
        return
    in_hand = window.model.in_hand if window.model is not None and window.rooms.current == "consultation" else None
    read(window, window.library.place_of_item(in_hand) if in_hand else None)


def _rule_in_focus() -> str:
    """Of the flag, or of what is not yet ruled out, round whatever has the focus."""
    from desktop.ui.flag_card import FlagCard
    from desktop.ui.flag_decision_card import FlagDecisionCard
    from desktop.ui.undecided_row import UndecidedRow

    widget = QApplication.focusWidget()
    while widget is not None:
        match widget:
            case FlagCard(flag=flag):
                return str(flag.rule.id)
            case FlagDecisionCard(flag=flag):
                return str(flag.rule)
            case UndecidedRow(rule=rule):
                return str(rule.rule_id)
        widget = widget.parentWidget()
    return ""


def show_item(window: Window, item: str) -> None:
    """The question itself where a consultation is open, else what the library says of it."""
    from desktop.ui.consultation_panel import ConsultationPanel

    panel = window.consultation
    if isinstance(panel, ConsultationPanel):
        window.show_room("consultation")
        panel.go_to(item)
    else:
        read(window, window.library.place_of_item(item))
