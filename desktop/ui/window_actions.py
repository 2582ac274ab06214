"""What can be done from everywhere: go to a room, change the text size."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from desktop.record.roles import Act
from desktop.ui.action import Action
from desktop.ui.form_start import can_hand_over, hand_over
from desktop.ui.library_links import library_actions
from desktop.ui.manual_links import manual_actions
from desktop.ui.notices import tour_action
from desktop.ui.rooms import ROOMS
from desktop.ui.settings_pages import PAGES
from desktop.ui.theme_words import theme_words
from desktop.ui.translation import translate
from desktop.workstation import STEP

if TYPE_CHECKING:
    from desktop.ui.command_palette import CommandPalette
    from desktop.ui.window import Window


def window_actions(window: Window) -> list[Action]:
    return [
        *_help(window),
        *_rooms(window),
        *_waiting_room(window),
        *library_actions(window),
        *manual_actions(window),
        *tour_action(window),
        *_settings(window),
        *_appearance(window),
    ]


def open_palette(window: Window) -> CommandPalette:
    """Modal; `find_question` is the same, of questions alone. Loaded when it is first opened, like every dialogue."""
    from desktop.ui.command_palette import CommandPalette
    from desktop.ui.found import EVERYTHING

    title = translate("WindowActions", "Find an action, a question, a patient or a page")
    palette = CommandPalette(window, EVERYTHING, title)
    palette.open()
    return palette


def find_question(window: Window) -> CommandPalette:
    from desktop.ui.command_palette import CommandPalette
    from desktop.ui.found import QUESTIONS

    palette = CommandPalette(window, QUESTIONS, translate("WindowActions", "Find a question"))
    palette.open()
    return palette


def _help(window: Window) -> Iterator[Action]:
    group = translate("WindowActions", "Find and help")
    everything = translate("WindowActions", "Find anything")
    yield Action("palette", everything, lambda: open_palette(window), "Ctrl+K", group)
    question = translate("WindowActions", "Find a question")
    asking = partial(window.rooms.is_open, "consultation")
    yield Action("find", question, lambda: find_question(window), "Ctrl+F", group, available=asking)
    help_words = translate("WindowActions", "Help with what has the focus")
    yield Action("help", help_words, lambda: _open_help(window), "F1", group)
    keys = translate("WindowActions", "Show all keys")
    yield Action("keys", keys, lambda: _open_keys(window), "Ctrl+F1", group)


def _open_help(window: Window) -> None:
    from desktop.ui.help_dialog import HelpDialog, help_for

    HelpDialog(window, help_for(window, None)).open()


def _open_keys(window: Window) -> None:
    from desktop.ui.keys_dialog import KeysDialog

    KeysDialog(window).open()


def _rooms(window: Window) -> Iterator[Action]:
    for number, room in enumerate((room for room in ROOMS if not room.within), start=1):
        yield Action(
            f"room {room.id}",
            translate("WindowActions", "Go to {room}").format(room=translate("Room", room.words)),
            partial(window.show_room, room.id),
            f"Ctrl+{number}",
            translate("WindowActions", "Rooms"),
            available=partial(window.rooms.is_open, room.id),
        )


def _waiting_room(window: Window) -> Iterator[Action]:
    words = translate("WindowActions", "Waiting-room form: hand the screen to the patient")
    group = translate("WindowActions", "Consultation")
    work, possible = partial(hand_over, window), partial(can_hand_over, window)
    yield Action("waiting room", words, work, "Ctrl+Shift+W", group, Act.ANSWER, available=possible)


def _settings(window: Window) -> Iterator[Action]:
    """Every page is found in the command palette."""
    for page in PAGES:
        yield Action(
            f"settings {page.id}",
            translate("Settings", "Settings: {page}").format(page=page.title),
            partial(window.show_settings, page.id),
            group=translate("Settings", "Settings"),
            needs=page.needs,
            available=partial(page.there, window),
        )


def _appearance(window: Window) -> Iterator[Action]:
    def change(size: int) -> None:
        window.preferences.change(text_size=size)

    group, now = translate("WindowActions", "Appearance"), window.preferences.now
    yield Action(
        "larger", translate("WindowActions", "Larger text"), lambda: change(now.text_size + STEP), "Ctrl++", group
    )
    yield Action(
        "smaller", translate("WindowActions", "Smaller text"), lambda: change(now.text_size - STEP), "Ctrl+-", group
    )
    for name, words in theme_words().items():
        told = translate("WindowActions", "Theme: {theme}").format(theme=words)
        yield Action(f"theme {name}", told, partial(window.preferences.change, theme=name), group=group)
    on = now.single_keys
    keys = (
        translate("WindowActions", "Switch single keys off")
        if on
        else translate("WindowActions", "Switch single keys on")
    )
    yield Action("single keys", keys, lambda: window.preferences.change(single_keys=not on), group=group)
    yield Action("text 100", translate("WindowActions", "Text at 100 %"), lambda: change(100), "Ctrl+0", group)
