"""The accounts page through the real window: add, roles, remove, new kit, own password; and who sees it."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel

from db.entrance import create, recover, sign_in
from db.errors import WrongPassword
from db.passwords import new_code
from db.slots import Cost
from desktop.app import make_gate
from desktop.record.roles import Role
from desktop.settings import settings_for
from desktop.ui.accounts_page import AccountsPage
from desktop.ui.preferences import Preferences
from desktop.ui.style import dress

AT = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
CHEAP = Cost(memory=32, passes=1, lanes=4)
ANNA, RITA, BEN = "a plain pass phrase", "another plain phrase", "a third plain phrase"
CODE = new_code()


@pytest.fixture(scope="module")
def made_once(tmp_path_factory):
    stores = tmp_path_factory.mktemp("accounts") / "stores"
    anna = {"user": "anna", "name": "Dr Anna Ash", "password": ANNA, "code": CODE}
    with create(stores / "practice", **anna, at=AT, cost=CHEAP) as session:
        session.add("rita", name="Rita Rowan", roles={Role.RECEPTIONIST}, password=RITA, at=AT)
    return stores


@pytest.fixture
def folder(made_once, tmp_path):
    return Path(shutil.copytree(made_once, tmp_path / "stores")) / "practice"


@pytest.fixture
def enter(qtbot, qapp, content, self_test, folder):
    gates = []

    def enter(user="anna", password=ANNA):
        preferences = Preferences()
        dress(qapp, preferences.theme())
        gate = make_gate(content, settings_for(folder.parent), self_test, preferences, cost=CHEAP)
        gates.append(gate)
        qtbot.addWidget(gate)
        gate.show()
        with qtbot.waitActive(gate):
            gate.activateWindow()
        gate.enter(gate._entrance.try_password(user, password))
        return gate

    return enter


@pytest.fixture
def page(enter):
    gate = enter()
    gate.rooms.show_settings("accounts")
    return gate.rooms.findChild(AccountsPage)


def shown(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def type_in(qtbot, *pairs):
    for entry, text in pairs:
        qtbot.keyClicks(entry.field, text)


def press(qtbot, button):
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)


def opens(folder, user, password):
    try:
        sign_in(folder, user, password, at=AT, cost=CHEAP).close()
    except WrongPassword:
        return False
    return True


def close(page):
    page.window().close()


def test_an_account_is_added_and_can_sign_in(qtbot, page, folder):
    press(qtbot, page.add)
    form = page.opened
    type_in(qtbot, (form.name, "Dr Ben Birch"), (form.password, BEN), (form.again, BEN))
    assert form.user.text == "ben.birch"
    next(box for box in form.findChildren(QCheckBox) if box.text().startswith("Nurse")).click()
    press(qtbot, form.add)
    assert "Dr Ben Birch can sign in now." in shown(page)
    assert "ben.birch · Nurse or physiotherapist" in shown(page)
    close(page)
    assert opens(folder, "ben.birch", BEN)


@pytest.mark.parametrize(
    ("user", "password", "again", "words"),
    [
        ("ben", "short", "short", "at least 12 characters"),
        ("Ben B", BEN, BEN, "Small letters, digits"),
        ("rita", BEN, BEN, "Somebody has or had this user name"),
        ("ben", BEN, RITA, "The two passwords differ"),
    ],
)
def test_what_will_not_do_is_said_beside_its_field_and_kept(qtbot, page, user, password, again, words):
    press(qtbot, page.add)
    form = page.opened
    type_in(qtbot, (form.name, "Dr Ben Birch"), (form.password, password), (form.again, again))
    form.user.field.setText(user)
    next(iter(form.findChildren(QCheckBox))).click()
    press(qtbot, form.add)
    assert words in shown(form)
    assert form.name.text == "Dr Ben Birch"


def test_without_a_role_it_is_not_added(qtbot, page):
    press(qtbot, page.add)
    form = page.opened
    type_in(qtbot, (form.name, "Dr Ben Birch"), (form.password, BEN), (form.again, BEN))
    press(qtbot, form.add)
    assert "Choose at least one role" in shown(form)


def test_two_roles_are_given(qtbot, page):
    page.rows["rita"].roles_asked.emit()
    boxes = page.opened.findChildren(QCheckBox)
    next(box for box in boxes if box.text().startswith("Administrator")).click()
    page._change_roles(page.rows["rita"].account, page.opened.layout().itemAt(0).widget())
    assert "Rita Rowan: Receptionist, Administrator." in shown(page)


def test_the_only_administrator_stays_one(qtbot, page):
    page.rows["anna"].roles_asked.emit()
    next(box for box in page.opened.findChildren(QCheckBox) if box.text().startswith("Administrator")).click()
    page._change_roles(page.rows["anna"].account, page.opened.layout().itemAt(0).widget())
    assert "anna is the only administrator" in shown(page)


def test_a_removal_needs_the_new_kit_typed_back_and_locks_out(qtbot, page, folder):
    session = page._accounts._session
    before = session.store.keys.data
    page.rows["rita"].removal_asked.emit()
    kit = page.opened
    press(qtbot, kit.confirm)
    assert "Print the kit, save it, or copy it by hand, first." in shown(kit)
    press(qtbot, kit.kit.show_code)
    qtbot.keyClicks(kit.kit.back.field, CODE)
    press(qtbot, kit.confirm)
    assert "the code of another kit" in shown(kit)
    kit.kit.back.field.clear()
    code = kit._code
    qtbot.keyClicks(kit.kit.back.field, code.lower())
    press(qtbot, kit.confirm)
    assert "Rita Rowan is removed, the records have another key" in shown(page)
    assert session.store.keys.data != before
    assert session.unfinished_removals() == []
    close(page)
    assert not opens(folder, "rita", RITA)
    assert opens(folder, "anna", ANNA)
    with pytest.raises(WrongPassword):
        recover(folder, CODE, "anna", BEN, at=AT, cost=CHEAP)
    recover(folder, code, "anna", BEN, at=AT, cost=CHEAP).close()


def test_a_removal_that_was_cut_short_is_named_and_can_be_finished(qtbot, enter, folder):
    with sign_in(folder, "anna", ANNA, at=AT, cost=CHEAP) as session, session.store.all_or_nothing():
        session.store.accounts.remove("rita", by="anna", at=AT)
    gate = enter()
    assert "A removal was cut short: rita." in shown(gate.rooms)
    gate.rooms.show_settings("accounts")
    page = gate.rooms.findChild(AccountsPage)
    page.rows["rita"].removal_asked.emit()
    kit = page.opened
    press(qtbot, kit.kit.show_code)
    qtbot.keyClicks(kit.kit.back.field, kit._code)
    press(qtbot, kit.confirm)
    assert gate.session.unfinished_removals() == []


def test_the_kit_is_renewed(qtbot, page, folder):
    press(qtbot, page.renew)
    kit, window = page.opened, page.window().rooms
    on_paper = pypdfium2.PdfDocument(window.kit(kit._code))[0].get_textpage().get_text_bounded()
    assert f"Record {window.clinic.trail_head}" in on_paper
    press(qtbot, kit.kit.show_code)
    qtbot.keyClicks(kit.kit.back.field, kit._code)
    press(qtbot, kit.confirm)
    assert "The new recovery kit is the one that counts" in shown(page)
    code = kit._code
    close(page)
    with pytest.raises(WrongPassword):
        recover(folder, CODE, "anna", BEN, at=AT, cost=CHEAP)
    recover(folder, code, "anna", BEN, at=AT, cost=CHEAP).close()


@pytest.mark.parametrize(
    ("old", "new", "again", "words"),
    [
        (RITA, BEN, BEN, "The password is changed"),
        ("wrong", BEN, BEN, "does not open with this name and password"),
        (RITA, "short", "short", "at least 12 characters"),
        (RITA, BEN, ANNA, "The two passwords differ"),
    ],
)
def test_everybody_changes_their_own_password(qtbot, enter, folder, old, new, again, words):
    from desktop.ui.own_password import OwnPassword

    gate = enter("rita", RITA)
    gate.rooms.show_settings("password")
    form = gate.rooms.findChild(OwnPassword)
    type_in(qtbot, (form.old, old), (form.new, new), (form.again, again))
    qtbot.keyClick(form.again.field, Qt.Key.Key_Return)
    assert words in shown(form)
    gate.close()
    assert opens(folder, "rita", BEN if "is changed" in words else RITA)


def test_only_an_administrator_sees_the_accounts(enter):
    gate = enter("rita", RITA)
    pages = [page.id for page in gate.rooms.rooms.panel("settings")._open_pages()]
    assert "password" in pages
    assert "accounts" not in pages


def test_a_demonstration_has_no_accounts_to_look_after(make_window):
    window = make_window()
    pages = [page.id for page in window.rooms.panel("settings")._open_pages()]
    assert not {"password", "accounts"} & set(pages)
