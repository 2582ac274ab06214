"""What a screen reader gets to hear, asked of the real accessibility tree by the system's Python: prints one JSON.

The program runs beside it on invented patients. It is gone through by the tree's own actions; nothing is typed.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

PATIENT = "Begin a consultation with YARROW, Briony"
QUESTION = "cancer ever"
BANNER = "Emergency · now"
State = Atspi.StateType


def main() -> None:
    top = wait_for(program)
    announced: list[str] = []
    listener = Atspi.EventListener.new(lambda event: announced.append(event.any_data))
    listener.register("object:announcement")
    told: dict[str, Any] = {"rooms": [one.get_name() for one in in_role(top, "list item")], "unnamed": {}}
    told["unnamed"]["Today"] = unnamed(top)
    act(wait_for(lambda: named(top, PATIENT)))
    yes = wait_for(lambda: next((one for one in every(top) if is_yes(one)), None))
    row = yes.get_parent()
    told["answers"] = [one.get_name() for one in every(row) if one.get_role_name() in BUTTONS]
    told["row role"] = row.get_role_name()
    told["row"] = row.get_name()
    act(yes)
    told["checked"] = bool(wait_for(lambda: yes.get_state_set().contains(State.CHECKED)))
    weak = wait_for(lambda: next((one for one in every(top) if is_new_weakness(one)), None))
    act(weak)
    # The rules test themselves first on a new workstation: nothing is raised before.
    told["flag"] = wait_for(lambda: next((name for name in names(top) if name.startswith(BANNER)), ""), most=40)
    told["announced"] = wait_for(lambda: announced[:])
    collapsed = wait_for(lambda: next((one for one in every(top) if is_collapsed(one)), None))
    act(collapsed)
    told["further"] = wait_for(lambda: announced[len(told["announced"]) :])
    told["unnamed"]["Consultation"] = unnamed(top)
    for room in told["rooms"]:
        entry = named(top, room)
        if entry is not None and room != "Consultation":
            act(entry)
            wait_for(lambda entry=entry: entry.get_state_set().contains(State.SELECTED), most=2)
            told["unnamed"][room] = unnamed(top)
    print(json.dumps(told))


BUTTONS = {"push button", "toggle button", "check box", "radio button"}


def is_yes(one: Any) -> bool:
    return one.get_name().startswith("Yes: ") and QUESTION in one.get_name().lower()


def is_new_weakness(one: Any) -> bool:
    name = one.get_name()
    return one.get_role_name() in BUTTONS and "a weak leg" in name and name.startswith(("Yes", "New"))


def is_collapsed(one: Any) -> bool:
    return one.get_name().startswith("Yes: ") and "Collapsed" in one.get_name()


def program() -> Any:
    desktop = Atspi.get_desktop(0)
    apps = (desktop.get_child_at_index(number) for number in range(desktop.get_child_count()))
    return next((app for app in apps if app is not None and in_role(app, "list item")), None)


def wait_for(what: Callable[[], Any], most: float = 8) -> Any:
    """Events come in meanwhile."""
    end = time.monotonic() + most
    while True:
        while GLib.MainContext.default().iteration(False):
            pass
        found = what()
        if found or time.monotonic() > end:
            return found
        time.sleep(0.05)


def every(top: Any) -> Iterator[Any]:
    """Whatever is shown, from the top down."""
    yield top
    for number in range(min(top.get_child_count(), 400)):
        child = top.get_child_at_index(number)
        # Rooms that are not in front hang in the tree as well: each of their lines would be a question on the bus.
        if child is not None and child.get_state_set().contains(State.SHOWING):
            yield from every(child)


def names(top: Any) -> list[str]:
    return [one.get_name() for one in every(top)]


def in_role(top: Any, role: str) -> list[Any]:
    return [one for one in every(top) if one.get_role_name() == role]


def named(top: Any, name: str) -> Any:
    return next((one for one in every(top) if one.get_name() == name and one.get_n_actions()), None)


def unnamed(top: Any) -> list[str]:
    """Under which role something that takes the focus has nothing to say."""
    found = []
    for one in every(top):
        states = one.get_state_set()
        if states.contains(State.FOCUSABLE) and states.contains(State.SHOWING) and not one.get_name():
            found.append(one.get_role_name())
    return found


def act(one: Any) -> None:
    assert one is not None, "not in the tree"
    one.do_action(0)


main()
