"""The report of an error: copied whole, with the places in the code, and nothing of the patient on the screen."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from types import TracebackType

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import __version__
from desktop.ui import errors
from desktop.ui.error_dialog import ErrorDialog
from desktop.ui.window import Window


@pytest.fixture(autouse=True)
def own_hook(monkeypatch: pytest.MonkeyPatch) -> None:
    hook = sys.excepthook
    monkeypatch.setattr(sys, "excepthook", hook)
    monkeypatch.setattr("threading.excepthook", None)
    errors.catch_everything()


def raised(window: Window) -> tuple[type[BaseException], BaseException, TracebackType]:
    """By the store, about a patient whose name stands in the message, in the notes and in the frames."""
    patient = window.clinic.patients("Larkspur")[0]

    def save(family: str, number: str) -> None:
        error = KeyError(f"{family} {number} is not there")
        error.add_note(f"while writing the record of {family}")
        raise error

    with pytest.raises(KeyError) as caught:
        save(patient.family, patient.nhs_number or "")
    return caught.type, caught.value, caught.tb


def test_the_report_names_the_place_and_no_patient(
    make_window: Callable[..., Window], demonstration: None, qtbot: QtBot, qapp: QApplication
) -> None:
    window = make_window()
    window.open_encounter(window.clinic.drafts()[0].encounter_uid)
    caught = raised(window)
    patient = window.clinic.patients("Larkspur")[0]
    copied: list[str] = []

    def look() -> None:
        dialog = next(one for one in qapp.topLevelWidgets() if isinstance(one, ErrorDialog) and one.isVisible())
        dialog.card.copy.click()
        copied.append(qapp.clipboard().text())
        assert dialog.card.copy.text() == "Copied"
        dialog.accept()

    QTimer.singleShot(50, look)
    sys.excepthook(*caught)
    report = copied[0]
    assert f"Backstop {__version__}" in report
    assert "KeyError in raised.<locals>.save, line " in report
    assert "  from raised, line " in report
    planted = {patient.family, patient.given, str(patient.nhs_number)}
    assert [word for word in planted if word in report] == []
    assert all(word in "".join(traceback.format_exception(*caught)) for word in (patient.family,)), "the twin"


def test_it_says_what_is_safe_and_what_to_do(qtbot: QtBot, qapp: QApplication) -> None:
    dialog = ErrorDialog("ValueError in somewhere, line 3 of desktop.ui.x\n  from elsewhere, line 4 of desktop.ui.y")
    qtbot.addWidget(dialog)
    dialog.show()
    name = dialog.card.accessibleName()
    assert "is saved" in name
    assert "You can go on" in name


def test_a_second_error_does_not_open_a_second_dialogue(qtbot: QtBot, qapp: QApplication) -> None:
    def again() -> None:
        errors.show_dialogue("ValueError in b, line 2")
        shown = [one for one in qapp.topLevelWidgets() if isinstance(one, ErrorDialog) and one.isVisible()]
        assert len(shown) == 1
        shown[0].accept()

    QTimer.singleShot(50, again)
    errors.show_dialogue("ValueError in a, line 1")
