"""The manual in the window: opened by F1 twice, read, searched, and from nowhere but its own folder."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from pytestqt.qtbot import QtBot

from desktop.manual import contents, page
from desktop.ui.found import manual
from desktop.ui.help_dialog import HelpDialog
from desktop.ui.manual_html import manual_html
from desktop.ui.manual_panel import ManualPanel
from desktop.ui.manual_state import OF_ROOM
from desktop.ui.nav_list import ID
from desktop.ui.rooms import ROOMS
from desktop.ui.window import Window

PICTURE = QTextDocument.ResourceType.ImageResource.value


@pytest.fixture
def window(make_window: Callable[..., Window], demonstration: None) -> Window:
    return make_window()


def opened(window: Window) -> ManualPanel:
    panel = window.rooms.panel("manual")
    assert window.rooms.current == "manual"
    assert isinstance(panel, ManualPanel)
    return panel


def test_f1_twice_opens_it_at_what_it_says_of_the_room(window: Window, qtbot: QtBot) -> None:
    window.show_room("follow-up")
    window.all_actions.run("help")
    dialog = window.findChild(HelpDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert window.manual.place == OF_ROOM["follow-up"]
    assert "Follow-up holds what was promised" in opened(window).view.toPlainText()
    assert window.rooms.on_rail == "library"


@pytest.mark.parametrize("room", [room.id for room in ROOMS if room.id != "manual"])
def test_each_room_has_a_place_in_it(room: str) -> None:
    id, _, heading = OF_ROOM[room].partition("#")
    found = page(id)
    assert found is not None
    assert not heading or heading in found.anchors


def test_each_page_of_the_contents_is_shown_with_its_pictures(window: Window) -> None:
    window.show_room("manual")
    panel, pictures = opened(window), 0
    for id in (id for titles in contents().values() for id in titles):
        panel.go(id)
        shown = page(id)
        assert shown is not None
        assert panel.view.toPlainText().startswith(shown.title)
        assert panel.contents.currentIndex().data(ID) == id
        for name in _pictures(manual_html(shown, width=100)):
            assert isinstance(panel.view.loadResource(PICTURE, QUrl(name)), QImage)
            pictures += 1
    assert pictures >= 8


def _pictures(html: str) -> list[str]:
    return [part.split("'")[0] for part in html.split("<img src='")[1:]]


def test_a_link_leads_to_the_page_and_alt_left_back_to_where_it_was_read(window: Window, qtbot: QtBot) -> None:
    window.manual.go("docs/for-gps")
    window.show_room("manual")
    panel = opened(window)
    panel.view.anchorClicked.emit(QUrl("page:docs/reading"))
    assert panel.view.toPlainText().startswith("How notes are read")
    qtbot.keyClick(panel, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert panel.view.toPlainText().startswith("For GPs")
    panel.view.anchorClicked.emit(QUrl("https://example.org/"))
    panel.view.anchorClicked.emit(QUrl("page:docs/no-such-page"))
    assert window.manual.id == "docs/for-gps"


@pytest.mark.parametrize("name", ["file:///etc/hostname", "../pyproject.toml", "docs/../../x.png", "https://a.b/c.png"])
def test_nothing_but_its_own_pictures_is_loaded(window: Window, name: str) -> None:
    window.show_room("manual")
    assert opened(window).view.loadResource(PICTURE, QUrl(name)) is None


def test_find_in_the_page(window: Window, qtbot: QtBot) -> None:
    window.manual.go("docs/for-receptionists")
    window.show_room("manual")
    panel = opened(window)
    qtbot.keyClick(panel, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(panel.find_bar.field, "printer")
    assert panel.view.matches > 0


def test_the_palette_finds_a_page_by_name(window: Window) -> None:
    found = list(manual(window, "receptionist"))
    assert found[0].words == "For receptionists"
    found[0].run()
    assert opened(window).view.toPlainText().startswith("For receptionists")


def test_theme_and_text_size_leave_the_page_open(window: Window) -> None:
    window.manual.go("docs/installing")
    window.show_room("manual")
    window.preferences.change(theme="dark", text_size=200)
    assert opened(window).view.toPlainText().startswith("Installing")
    assert not opened(window).contents.isVisible()
    assert opened(window).first_button.isVisible()
