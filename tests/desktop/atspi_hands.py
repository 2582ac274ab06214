"""What a screen reader gets to hear, asked of the real accessibility tree by the system's Python: prints one JSON.

The program runs beside it on invented patients. It is gone through by the tree's own means, without a key.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

SEARCH, NAME = "Find a patient by name, date of birth or NHS number", "Yarrow"
PATIENT = "Begin a consultation with YARROW, Briony"
QUESTION = "cancer ever"
WRITING = "Writing the invented practice"
URGENCY, BANNER = "Emergency", "Emergency · now"
RAIL = "Rooms"
LONGEST = 60
"""Seconds; on a machine with much to do, a press may take several."""
State = Atspi.StateType


def main() -> None:
    Atspi.set_timeout(1000 * LONGEST, 1000 * LONGEST)  # else no press may take longer than 0.8 s
    top = wait_for(program)
    assert wait_for(lambda: not [name for name in names(top) if name.startswith(WRITING)]), "it is still writing"
    announced: list[str] = []
    listener = Atspi.EventListener.new(lambda event: announced.append(event.any_data))
    listener.register("object:announcement")
    told: dict[str, Any] = {"rooms": rooms(top), "unnamed": {"Today": unnamed(shown(top))}}
    # Searched for: sooner or later the invented practice is whole, and others stand first.
    Atspi.EditableText.set_text_contents(named(top, SEARCH), NAME)
    begin = wait_for(lambda: named(top, PATIENT))
    told["found"] = named(top, SEARCH).get_description()
    act(begin)
    yes = wait_for(lambda: next((one for one in every(top) if is_yes(one)), None))
    row = yes.get_parent()
    told["answers"] = [one.get_name() for one in every(row) if one.get_role_name() in BUTTONS]
    told["around"] = [one.get_name() for one in above(row)]
    told["row role"] = row.get_role_name()
    told["row"] = row.get_name()
    act(yes)
    told["checked"] = bool(wait_for(lambda: yes.get_state_set().contains(State.CHECKED)))
    act(wait_for(lambda: next((one for one in every(top) if is_new_weakness(one)), None)))
    # The rules test themselves first on a new workstation: nothing is raised, and nothing told, before.
    told["announced"] = wait_for(lambda: [words for words in announced if URGENCY in words])
    told["flag"] = wait_for(lambda: next((name for name in names(top) if name.startswith(BANNER)), ""))
    before = len(announced)
    act(wait_for(lambda: next((one for one in every(top) if is_collapsed(one)), None)))
    told["further"] = wait_for(lambda: announced[before:])
    everything = shown(top)
    told["unnamed"]["Consultation"] = unnamed(everything)
    for room in told["rooms"][1:]:
        enter(top, room, gone=inside(everything))
        everything = shown(top)
        told["unnamed"][room] = unnamed(everything)
    print(json.dumps(told))


def rooms(top: Any) -> list[str]:
    """Without the numbers that stand on them."""
    rail = wait_for(lambda: named(top, RAIL))
    return [one.get_name().partition(",")[0] for one in in_role(rail, "list item")]


def inside(everything: Shown) -> Any:
    """Something in the midst of the room. Lines and cells are said to be shown also where their list is not."""
    return next(one for one, _ in everything[len(everything) // 2 :] if one.get_role_name() in (*BUTTONS, "label"))


def enter(top: Any, room: str, gone: Any) -> None:
    """Until `gone`, which stood in the room before, is no longer shown."""
    act(next(one for one in in_role(named(top, RAIL), "list item") if one.get_name().partition(",")[0] == room))
    assert wait_for(lambda: not is_shown(gone)), f"{room} is not entered by the tree"


def above(one: Any) -> Iterator[Any]:
    while (one := one.get_parent()) is not None and one.get_role_name() != "application":
        yield one


def is_shown(one: Any) -> bool:
    try:
        return bool(one.get_state_set().contains(State.SHOWING))
    except GLib.GError:  # it is not only hidden
        return False


BUTTONS = {"push button", "toggle button", "check box", "radio button"}


def is_yes(one: Any) -> bool:
    return one.get_name().startswith("Yes: ") and QUESTION in one.get_name().lower()


def is_new_weakness(one: Any) -> bool:
    name = one.get_name()
    return one.get_role_name() in BUTTONS and "a weak leg" in name and name.startswith(("Yes", "New"))


def is_collapsed(one: Any) -> bool:
    return one.get_name().startswith("Yes: ") and "Collapsed" in one.get_name()


def program() -> Any:
    """With its window. Nothing of it is kept by the library, which would not hear of each line that comes and goes."""
    desktop = Atspi.get_desktop(0)
    desktop.set_cache_mask(Atspi.Cache.NONE)
    apps = (desktop.get_child_at_index(number) for number in range(desktop.get_child_count()))
    return next((app for app in apps if app is not None and named(app, RAIL)), None)


def wait_for(what: Callable[[], Any]) -> Any:
    """Events come in meanwhile, and what was being looked through may go."""
    end = time.monotonic() + LONGEST
    while True:
        while GLib.MainContext.default().iteration(False):
            pass
        try:
            found = what()
        except GLib.GError:
            found = None
        if found or time.monotonic() > end:
            return found
        time.sleep(0.4)


def every(top: Any) -> Iterator[Any]:
    """Whatever is shown, from the top down."""
    return (one for one, _ in with_states(top))


def with_states(top: Any) -> Iterator[tuple[Any, Any]]:
    """Rooms that are not in front hang in the tree as well: each of their lines would be a question on the bus."""
    waiting = [(top, top.get_state_set())]
    while waiting:
        one, states = waiting.pop()
        yield one, states
        children = [one.get_child_at_index(number) for number in range(min(one.get_child_count(), 400))]
        within = [(child, child.get_state_set()) for child in children if child is not None]
        waiting += [(child, states) for child, states in reversed(within) if states.contains(State.SHOWING)]


def names(top: Any) -> list[str]:
    return [one.get_name() for one in every(top)]


def in_role(top: Any, role: str) -> list[Any]:
    return [one for one in every(top) if one.get_role_name() == role]


def named(top: Any, name: str) -> Any:
    return next((one for one in every(top) if one.get_name() == name), None)


Shown = list[tuple[Any, Any]]


def shown(top: Any) -> Shown:
    """Each with its states."""
    found: Shown = wait_for(lambda: list(with_states(top)))
    return found


def unnamed(everything: Shown) -> list[str]:
    """Under which role something that takes the focus has nothing to say."""
    focusable = [one for one, states in everything if states.contains(State.FOCUSABLE)]
    return [one.get_role_name() for one in focusable if not one.get_name()]


def act(one: Any) -> None:
    assert one is not None, "not in the tree"
    one.do_action(0)


main()
