"""Strings that break programs, pasted into every field of the window: each stays what it is, is never read as markup,
and whatever the screen makes of it, it is taken or refused beside its field."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from shiboken6 import isValid

from db.entrance import create
from db.passwords import new_code
from db.slots import Cost
from desktop.app import make_gate
from desktop.clinical.content import Content
from desktop.record.clinic import Clinic
from desktop.record.encounter import LONDON
from desktop.record.followers import followers_of
from desktop.record.notes import LONGEST
from desktop.settings import settings_for
from desktop.ui.gate import Gate
from desktop.ui.preferences import Preferences
from desktop.ui.self_test import SelfTest
from desktop.ui.style import dress
from desktop.ui.text_box import TextBox

from ..hostile import HOSTILE
from . import every_field
from .every_field import Field, fields_of, makers, modules_of, settle, sign_one

AT = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
CHEAP = Cost(memory=32, passes=1, lanes=4)
PASSWORD = "a plain pass phrase"
SHORT = ["<img src=file:///etc/passwd>\nline\r\n'; DROP TABLE patients; --"]
TEXTS = [pytest.param(SHORT, 1), pytest.param([*HOSTILE], 3, marks=pytest.mark.heavy)]


def practice(folder: Path, content: Content) -> None:
    with create(folder, user="anna", name="Dr Anna Ash", password=PASSWORD, code=new_code(), at=AT, cost=CHEAP) as one:
        for uid, given in (("p1", "Marigold"), ("p2", "Mary")):
            one.store.patients.add(uid, family="Larkspur", given=given, born=date(1965, 3, 12), sex="female", at=AT)
        uids = iter(["signed", *(f"other{number}" for number in range(100))])
        clinic = Clinic(
            content,
            one.store,
            who="anna",
            clock=lambda: AT,
            zone=LONDON,
            new_uid=lambda: next(uids),
            followers=followers_of(one.store, LONDON),
        )
        sign_one(clinic)


@pytest.fixture
def make(qtbot, qapp, content, self_test: SelfTest) -> Callable[[Path], Gate]:  # type: ignore[no-untyped-def]
    def make(folder: Path) -> Gate:
        preferences = Preferences()
        dress(qapp, preferences.theme())
        gate = make_gate(content, settings_for(folder), self_test, preferences, cost=CHEAP)
        qtbot.addWidget(gate)
        gate.show()
        qtbot.waitExposed(gate)
        return gate

    return make


def paste(field: Field, text: str) -> None:
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    field.selectAll()
    QApplication.clipboard().setText(text)
    field.paste()


def stands(field: Field) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def as_it_fits(field: Field, text: str) -> str:
    if isinstance(field, QLineEdit):
        return text[: field.maxLength()]
    return text.replace("\r\n", "\n")


is_rich = GuiQt.mightBeRichText  # what a label or a tip asks that was not told what its text is


def read_as_markup(window: QWidget) -> list[str]:
    """What Qt would draw as rich text of all that is on the screen or would come up as a tip."""
    found = []
    for widget in [window, *window.findChildren(QWidget)]:
        if is_rich(widget.toolTip()):
            found.append(f"tip of {type(widget).__name__}: {widget.toolTip()[:60]}")
        plain = isinstance(widget, QLabel) and widget.textFormat() is Qt.TextFormat.PlainText
        if isinstance(widget, QLabel) and not plain and is_rich(widget.text()):
            found.append(f"label in {type(widget.parentWidget()).__name__}: {widget.text()[:60]}")
    return found


def try_all(gate: Gate, screens: Callable[[], Iterator[str]], texts: list[str], met: set[str]) -> None:
    for text in texts:
        for name in screens():
            settle()
            fields = fields_of(gate)
            for field in fields:
                met.update(modules_of(field))
                paste(field, text)
                if isinstance(field, TextBox) and len(text) > LONGEST:
                    assert text not in stands(field)  # refused in one piece, and still on the clipboard
                else:
                    assert stands(field) == as_it_fits(field, text), f"{name}: {field.accessibleName()}"
            for field in fields:
                if isValid(field) and field.isVisible():
                    QTest.keyClick(field, Qt.Key.Key_Return)
                    settle()
            assert read_as_markup(gate) == [], f"{name}: {text[:40]}"


@pytest.mark.timeout(0)
@pytest.mark.parametrize(("texts", "rows"), TEXTS)
def test_every_field_of_the_window(make, tmp_path: Path, content: Content, texts: list[str], rows: int) -> None:  # type: ignore[no-untyped-def]
    """In the consultation `rows` of each section for as many texts, and one for each other text: all rows are made of
    the same fields."""
    met: set[str] = set()
    empty = make(tmp_path / "new")
    try_all(empty, lambda: every_field.first_run(empty), texts, met)
    empty.close()
    practice(tmp_path / "stores" / "practice", content)
    gate = make(tmp_path / "stores")
    try_all(gate, lambda: every_field.front(gate), texts, met)
    gate.show_sign_in()
    gate.enter(gate._entrance.try_password("anna", PASSWORD))
    window = gate.rooms
    assert window is not None
    try_all(gate, lambda: every_field.rooms_and_settings(window), texts, met)
    try_all(gate, lambda: every_field.patients(window), texts, met)
    try_all(gate, lambda: every_field.consultation(window, most=rows), texts[:rows], met)
    try_all(gate, lambda: every_field.consultation(window, most=1), texts[rows:], met)
    try_all(gate, lambda: every_field.after_it(window), texts, met)
    assert window.clinic._store.verify() is None
    assert makers() - met == set(), "a field that was not tried: show it in every_field.py"


def test_twin_markup_is_seen(qtbot) -> None:  # type: ignore[no-untyped-def]
    label = QLabel("<b>x</b>")
    qtbot.addWidget(label)
    outer = QWidget()
    qtbot.addWidget(outer)
    label.setParent(outer)
    assert read_as_markup(outer) != []
