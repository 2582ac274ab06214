"""Each key that a page of the manual names does something in some room, or answers a question."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from desktop.manual import folder
from desktop.ui.keys import key_words
from desktop.ui.keys_dialog import single_keys
from desktop.ui.window import Window

KEY = re.compile(r"`((?:(?:Ctrl|Shift|Alt)\+)*(?:F\d+|Tab|Enter|Return|Delete|Left|Right|[A-Z]|(?<=\+)[0-9+-]))`")
ELSEWHERE = {
    "Enter": "on what a list has in hand: test_shell.py",
    "P": "copies the number to ring: test_assessment_column.py",
    "T": "the plot of the course as a table: test_course.py",
    "Delete": "makes an answer not asked: test_answering.py",
    "Ctrl+L": "locks the store of a practice: test_gate.py",
    "Ctrl+Shift+W": "where there is a password to come back with: test_waiting_room.py",
}


def test_each_key_that_a_page_names_exists(make_window: Callable[..., Window], demonstration: None) -> None:
    there = {key for key, _ in single_keys()} | ELSEWHERE.keys() | of_the_rooms(make_window())
    pages = [folder() / "README.md", *sorted((folder() / "docs").glob("*.md"))]
    named = {page.name: set(KEY.findall(page.read_text("utf-8"))) for page in pages}
    assert len(set().union(*named.values())) > 20
    assert {name: keys - there for name, keys in named.items() if keys - there} == {}
    assert not set(KEY.findall("`Ctrl+Shift+F9`")) <= there


def of_the_rooms(window: Window) -> set[str]:
    window.open_encounter(window.clinic.drafts()[0].encounter_uid)
    found = in_this_room(window)
    window.all_actions.run("review")
    window.desk.review.write_impression("As the rules say")  # type: ignore[union-attr]
    found |= in_this_room(window)
    for room in ("documents", "patients", "follow-up", "audit", "library", "manual"):
        window.show_room(room)
        found |= in_this_room(window)
    return found


def in_this_room(window: Window) -> set[str]:
    held: Any = window.all_actions._held
    return {key_words(action.key) for owner, action in held.values() if action.key and owner.isVisible()}
