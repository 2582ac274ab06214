"""A real window on a real store with the invented patients; the clock stands still."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from db.entrance import create
from db.passwords import new_code
from db.slots import Cost
from db.store import Store
from desktop.app import make_gate
from desktop.clinical import causes, library
from desktop.clinical.content import Content
from desktop.reading import lexicon
from desktop.record.clinic import Clinic
from desktop.record.consultation import Consultation
from desktop.record.demonstration import KEY, make_demonstration
from desktop.record.encounter import Patient
from desktop.record.patients import add_patient
from desktop.record.roles import Role
from desktop.record.signed import SignedVersion
from desktop.settings import settings_for
from desktop.ui import document_desk
from desktop.ui.application import make_application
from desktop.ui.documents_panel import DocumentsPanel
from desktop.ui.gate import Gate
from desktop.ui.kit_panel import KitPanel
from desktop.ui.preferences import Preferences
from desktop.ui.rules_check import RulesCheck
from desktop.ui.self_test import SelfTest
from desktop.ui.style import current_theme, dress
from desktop.ui.theme import Theme, load_theme
from desktop.ui.window import Window

from ..prepared import open_store, shipped_content

NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
ZONE = ZoneInfo("Europe/London")
AT = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
CHEAP = Cost(memory=32, passes=1, lanes=4)
ANNA, RITA = "a plain pass phrase", "another plain phrase"
CODE = new_code()


@pytest.fixture(scope="session")
def content() -> Content:
    return shipped_content()


@pytest.fixture(scope="session", autouse=True)
def _read_once(content: Content) -> Iterator[None]:
    """Each window reads these when it first shows them; what it gets is frozen, and the same but for the contacts."""
    with pytest.MonkeyPatch.context() as patch:
        for module, name in READ_BY_WINDOWS:
            patch.setattr(module, name, _once_for(content, getattr(module, name)))
        yield


READ_BY_WINDOWS = (
    (causes, "load_causes"),
    (library, "load_library"),
    (lexicon, "load_lexicon"),
    (document_desk, "load_letters"),
    (document_desk, "load_handouts"),
)


def _once_for(content: Content, load: Callable[..., Any]) -> Callable[..., Any]:
    first = cache(lambda: load(content))
    own = ("rules", "terms", "conditions", "citations", "sections", "folder", "overlay")

    def read(given: Content, *folder: Path) -> Any:
        is_shipped = not folder and all(getattr(given, name) is getattr(content, name) for name in own)
        return first() if is_shipped else load(given, *folder)

    return read


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    hooks = sys.excepthook
    application = make_application()
    sys.excepthook = hooks
    return application


@pytest.fixture(autouse=True)
def _dressed_as_at_a_start(qapp: QApplication) -> None:
    """What a test before it wore, such as text at 200 %, is the whole application's."""
    if current_theme() != load_theme():
        dress(qapp, load_theme())


@pytest.fixture(autouse=True)
def no_printer_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(KitPanel, "find_printers", staticmethod(list))


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return load_theme()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store", KEY) as store:
        yield store


@pytest.fixture
def clinic(content: Content, store: Store) -> Clinic:
    return Clinic(content, store, who="Dr Test", clock=lambda: NOW, zone=ZONE, demo=True)


@pytest.fixture
def patient(store: Store) -> Patient:
    born = date(1964, 3, 14)
    number = "999 000 0042"
    return add_patient(
        store, family="Walker", given="Susan", title="Ms", sex="female", born=born, nhs_number=number, at=NOW
    )


@pytest.fixture
def demonstration(store: Store, content: Content) -> None:
    """All the invented patients, with their drafts."""
    make_demonstration(store, NOW, rule_set=content.rule_set)


@pytest.fixture
def self_test(content: Content, tmp_path: Path) -> SelfTest:
    """As on every start but the first after a change: the stamp says that these rules have passed."""
    stamp = tmp_path / "stamp"
    stamp.write_text("same", "ascii")
    test = SelfTest(RulesCheck(content, tuple, fingerprint=lambda: "same", stamp=stamp))
    test.check.run()
    return test


@pytest.fixture
def make_window(
    qtbot: QtBot,
    qapp: QApplication,
    clinic: Clinic,
    self_test: SelfTest,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., Window]:
    # No test waits in a dialogue, or reaches a printer of the machine it runs on.
    monkeypatch.setattr(DocumentsPanel, "ask_place", staticmethod(lambda *_: ""))
    monkeypatch.setattr(DocumentsPanel, "find_printers", staticmethod(list))

    def make(*, theme: Theme | None = None, size: tuple[int, int] = (1366, 768)) -> Window:
        dress(qapp, theme or load_theme())
        window = Window(clinic, self_test=self_test, theme=theme, now=lambda: NOW)
        window.resize(*size)
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        with qtbot.waitActive(window):
            window.activateWindow()
        return window

    return make


@pytest.fixture
def window(make_window: Callable[..., Window], patient: Patient) -> Window:
    """With a consultation begun, at the first question of the safety screen."""
    window = make_window()
    window.begin(patient.uid)
    return window


@pytest.fixture
def focus_passed(qapp: QApplication) -> Iterator[Callable[[], list[str]]]:
    """From when it is called: the kinds of widget that have the focus, one after the other. It ends with the test: what
    is connected to the application would hear of every widget after it."""
    begun: list[Callable[[QWidget | None, QWidget | None], None]] = []

    def begin() -> list[str]:
        passed: list[str] = []

        def note(_: QWidget | None, now: QWidget | None) -> None:
            if now is not None:
                passed.append(type(now).__name__)

        qapp.focusChanged.connect(note)
        begun.append(note)
        return passed

    yield begin
    for note in begun:
        qapp.focusChanged.disconnect(note)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader is given to say, whatever has the focus, at once."""
    said: list[str] = []

    class AtOnce:
        @staticmethod
        def singleShot(_soon: int, _widget: QWidget, say: Callable[[], None]) -> None:
            say()

    class Reader(QAccessible):
        @staticmethod
        def updateAccessibility(event: QAccessibleAnnouncementEvent) -> None:
            said.append(event.message())

    monkeypatch.setattr("desktop.ui.announce.QAccessible", Reader)
    monkeypatch.setattr("desktop.ui.announce.QTimer", AtOnce)
    return said


@pytest.fixture(scope="module")
def stores_made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Anna is clinician and administrator, Rita receptionist; Marigold Larkspur is a patient."""
    stores = tmp_path_factory.mktemp("gate") / "stores"
    anna = {"user": "anna", "name": "Dr Anna Ash", "password": ANNA, "code": CODE}
    with create(stores / "practice", **anna, at=AT, cost=CHEAP) as session:
        session.add("rita", name="Rita Rowan", roles={Role.RECEPTIONIST}, password=RITA, at=AT)
        session.store.patients.add(
            "p1", family="Larkspur", given="Marigold", born=date(1965, 3, 12), sex="female", at=AT
        )
    return stores


@pytest.fixture
def stores(stores_made_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(stores_made_once, tmp_path / "stores"))


@pytest.fixture
def open_gate(qtbot: QtBot, qapp: QApplication, content: Content, self_test: SelfTest) -> Callable[[Path], Gate]:
    gates = []

    def open_gate(stores: Path) -> Gate:
        preferences = Preferences()
        dress(qapp, preferences.theme())
        gate = make_gate(content, settings_for(stores), self_test, preferences, cost=CHEAP)
        gates.append(gate)
        qtbot.addWidget(gate)
        gate.show()
        qtbot.waitExposed(gate)
        with qtbot.waitActive(gate):
            gate.activateWindow()
        return gate

    return open_gate


@pytest.fixture
def gate(open_gate: Callable[[Path], Gate], stores: Path) -> Gate:
    return open_gate(stores)


def enter(qtbot: QtBot, gate: Gate, user: str = "anna", password: str = ANNA) -> None:
    """By keyboard alone, from wherever the focus is put."""
    if not gate.card.user.text:
        qtbot.keyClicks(gate.focusWidget(), user)
        qtbot.keyClick(gate.focusWidget(), Qt.Key.Key_Tab)
    assert gate.focusWidget() is gate.card.password.field
    qtbot.keyClicks(gate.focusWidget(), password)
    with qtbot.waitSignal(gate.admitted, timeout=5000):
        qtbot.keyClick(gate.focusWidget(), Qt.Key.Key_Return)


def lock(qtbot: QtBot, gate: Gate) -> None:
    with qtbot.waitSignal(gate.locked):
        qtbot.keyClick(gate.focusWidget() or gate, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def shown(widget: QWidget) -> str:
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]
    return " ".join([*labels, *(field.text() for field in widget.findChildren(QLineEdit))])


def sign(clinic: Clinic, answers: Mapping[str, object], patient: str = "p1") -> SignedVersion:
    consultation = clinic.begin(patient)
    for item, answer in answers.items():
        consultation.answer(item, answer)
    return sign_it(clinic, consultation)


def sign_it(clinic: Clinic, consultation: Consultation) -> SignedVersion:
    """With every flag accepted."""
    review = clinic.review(consultation)
    review.write_impression("As the rules say")
    for flag in consultation.assessment.flags:
        review.accept(flag.rule.id)
    return clinic.sign(review)
