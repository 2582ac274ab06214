"""Where somebody is in the window, and what they have typed and not yet recorded: kept while the screen is locked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import asdict

from desktop.record.roles import Act
from desktop.ui.kept_texts import kept_texts, put_back
from desktop.ui.unsaved import Unsaved

if TYPE_CHECKING:
    from desktop.ui.window import Window


def place_in(window: Window) -> dict[str, Any]:
    """As JSON can say it; it goes into the encrypted store."""
    model = window.model
    return {
        "room": window.rooms.current,
        "settings_page": window.settings_page,
        "encounter": model.consultation.encounter.uid if model else "",
        "item": (model.in_hand or "") if model else "",
        "unsaved": {uid: asdict(one) for uid, one in window.desk.unsaved.items() if one.words},
        "texts": {name: list(kept) for name, kept in kept_texts(window).items()},
    }


def half_typed_place(window: Window) -> dict[str, Any]:
    """Nothing where nothing is half typed: what is recorded is found again without it."""
    place = place_in(window)
    return place if any(text for text, _ in place["texts"].values()) else {}


def go_to_place(window: Window, place: dict[str, Any]) -> None:
    """As far as it can be found again: what is not there any more is passed over."""
    window.settings_page = str(place.get("settings_page", ""))
    window.desk.unsaved |= {uid: Unsaved(**one) for uid, one in dict(place.get("unsaved", {})).items()}
    if place.get("encounter") and window.clinic.may(Act.ANSWER):
        window.open_encounter(str(place["encounter"]))
    if place.get("room") == "review":
        window.desk.open_review()
    elif place.get("room"):
        window.show_room(str(place["room"]))
    if window.model and window.rooms.current == "consultation" and place.get("item"):
        window.model.in_hand = str(place["item"])
        window.rooms.panel("consultation").enter()
    put_back(window, {name: (text, focused) for name, (text, focused) in dict(place.get("texts", {})).items()})
