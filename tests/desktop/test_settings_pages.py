"""About with its licences, and the practice's own page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from importlib import metadata

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from db.errors import DiskFull
from db.practice import PracticeSettings
from db.store import Store
from desktop import __version__, manual
from desktop.clinical.content import Content
from desktop.record.practice import PracticeRecord
from desktop.settings import INTENDED_USE
from desktop.shipping import licences
from desktop.ui.about_page import AboutPage
from desktop.ui.chip import Chip
from desktop.ui.practice_page import PracticePage
from desktop.ui.status_line import StatusLine
from desktop.ui.theme import Theme
from desktop.ui.window import Window

from .conftest import NOW


def test_licences_are_those_of_what_is_installed() -> None:
    """If not: `python -m desktop.shipping.licences`."""
    assert licences.FILE.read_text("utf-8") == licences.text()


def test_a_package_without_a_licence_stops_it(monkeypatch: pytest.MonkeyPatch) -> None:
    silent = metadata.metadata("sqlcipher3")
    monkeypatch.setattr(metadata, "metadata", lambda name: silent)
    with pytest.raises(licences.NoLicence):
        licences.licence_of("click")


def test_about_says_what_it_is_for_and_how_old_the_rules_are(theme: Theme, content: Content, qtbot: QtBot) -> None:
    page = AboutPage(theme, content, content.pathway.dated + timedelta(days=400))
    qtbot.addWidget(page)
    words = [label.text() for label in page.findChildren(QLabel)]
    assert INTENDED_USE in words
    assert any("400 days ago" in one and "newer version" in one for one in words)
    assert "LGPL-3.0-only" in words


def test_the_line_at_the_bottom_says_that_the_rules_are_old(theme: Theme, content: Content, qtbot: QtBot) -> None:
    """By their age alone: nothing is asked of a network."""
    for days, told in ((300, False), (366, True)):
        today = content.pathway.dated + timedelta(days=days)
        line = StatusLine(theme, content, NOW.tzinfo, today=today, demo=True)  # type: ignore[arg-type]
        qtbot.addWidget(line)
        assert told == any("look for a newer version" in chip.text() for chip in line.findChildren(Chip))


def test_about_leads_to_what_is_new(make_window: Callable[..., Window]) -> None:
    window = make_window()
    window.all_actions.run("settings about")
    window.findChild(AboutPage).new.click()
    assert window.manual.id == "docs/new"


def test_the_newest_version_stands_first_in_what_is_new() -> None:
    told = manual.page("docs/new")
    assert told is not None
    assert re.findall(r"^## (.+)$", told.body, re.MULTILINE)[0] == __version__


def test_about_is_one_action_away(make_window: Callable[..., Window]) -> None:
    window = make_window()
    assert window.all_actions.run("settings about")
    assert window.findChild(AboutPage).isVisible()


@pytest.fixture
def page(theme: Theme, store: Store, qtbot: QtBot) -> PracticePage:
    made = PracticePage(theme, PracticeRecord(store, who="dr.test", clock=lambda: NOW))
    qtbot.addWidget(made)
    return made


def test_what_the_disk_refuses_is_told_and_shows_what_is_kept(
    page: PracticePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A box that stayed ticked said that nurses sign, or that letters carry the encounter, and neither was so."""

    def full(*_: object, **__: object) -> None:
        raise DiskFull("/store")

    monkeypatch.setattr(PracticeSettings, "change", full)
    page.nurses_sign.click()
    page.attach.click()
    page.nation.buttons["scotland"].click()
    assert (page.nurses_sign.isChecked(), page.attach.isChecked()) == (False, False)
    assert page.nation.buttons["england"].isChecked()
    for name in ("nurses_sign", "attach_encounter", "nation"):
        assert "the disk is full" in page.messages[name].text()


@pytest.mark.parametrize(
    ("name", "typed", "why"),
    [
        ("telephone", "ring Sue", "digits"),
        ("telephone", "<b>01632</b>", "digits"),
        ("telephone", "\u202e01632 960 000", "digits"),
        ("hours", "8 to 6\u202e", "seen"),
        ("lock_minutes", "ten", "whole number"),
        ("lock_minutes", "0", "From 1"),
        ("lock_minutes", "½", "whole number"),
        ("lock_minutes", "٣٤٥", "From 1"),
        ("name", "x" * 500, "500"),
    ],
)
def test_what_is_refused_stays_with_its_reason(
    page: PracticePage, store: Store, name: str, typed: str, why: str
) -> None:
    page.fields[name].setText(typed)
    page.fields[name].editingFinished.emit()
    assert page.fields[name].text() == typed
    assert why in page.messages[name].text()
    assert store.practice.all() == {}


def test_what_is_right_is_written_when_the_field_is_left(page: PracticePage, store: Store) -> None:
    for name, typed in (("name", "Low Road 😀 <b>Surgery</b>"), ("lock_minutes", "5"), ("telephone", "01632 960 000")):
        page.fields[name].setText(typed)
        page.fields[name].editingFinished.emit()
    page.nurses_sign.click()
    assert store.practice.all() == {
        "name": "Low Road 😀 <b>Surgery</b>",
        "lock_minutes": 5,
        "telephone": "01632 960 000",
        "nurses_sign": True,
    }


def test_dates_are_counted_from_today(theme: Theme, content: Content, qtbot: QtBot) -> None:
    for today, told in ((date(2000, 1, 1), False), (date(2030, 1, 1), True)):
        page = AboutPage(theme, content, today)
        qtbot.addWidget(page)
        assert any("days ago" in label.text() for label in page.findChildren(QLabel)) is told
