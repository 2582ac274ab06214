"""Whole consultations by keyboard alone, from the search for the patient to the paper: how many keys they take is
counted by `tests/benchmarks/keystrokes.py`, that they can be done so is asked by `tests/desktop/test_by_keyboard.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from hands import CTRL, SHIFT, Hands
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication

from db.store import Store
from desktop.clinical.content import Content
from desktop.record.clinic import Clinic
from desktop.record.demonstration import KEY as STORE_KEY
from desktop.record.encounter import LONDON
from desktop.record.followers import followers_of
from desktop.record.patients import add_patient
from desktop.ui.documents_panel import DocumentsPanel
from desktop.ui.flag_decision_card import FlagDecisionCard
from desktop.ui.printing import PrintJob
from desktop.ui.review_panel import ReviewPanel
from desktop.ui.self_test import SelfTest
from desktop.ui.window import Window

NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
SIDES = ("right", "left")
LEG_POWER = ("hip_flexion", "knee_extension", "ankle_dorsiflexion", "toe_extension", "ankle_plantarflexion")

SIMPLE = {
    "pain_course": "new",
    "pain_duration_weeks": 3,
    "pain_site": ["lumbar"],
    "mechanical_pain": True,
    "radicular_pain": False,
    "osteoporosis": False,
    "steroid_use": False,
}
"""What is asked besides the safety screen: twenty questions in all."""

EMERGENCY = {
    "bladder_change": "new",
    "bladder_features": ["hesitancy", "reduced_sensation"],
    "pvr_ml": 350,
    "saddle_numbness": "new",
    "bilateral_leg_symptoms": "new",
    "bilateral_numbness": True,
    "one_leg_became_two": True,
    "limb_weakness": "new",
    "weakness_sides": "both_legs",
    "weakness_worsening": True,
    "foot_drop": False,
    "gait_unsteady": "new",
    "cancer_history": True,
    "cancer_type": ["breast"],
    "cancer_year": 2019,
    "cancer_status": "follow_up_unknown",
    "cancer_spread": "no",
    "weight_loss": False,
    "fatigue": True,
    "pain_course": "new",
    "pain_duration_weeks": 3,
    "pain_site": ["thoracic", "lumbar"],
    "pain_score": 8,
    "cannot_mobilise": False,
    "severe_unremitting": True,
    "progressive": True,
    "straining_pain": True,
    "night_pain": "forces_up",
    "band_like": True,
    "radicular_pain": True,
    "radicular_side": "both",
    "leg_worse_than_back": False,
    "limb_numbness": "new",
    "numbness_sides": "both_legs",
    "numb_dermatomes": ["L4", "L5"],
    "temperature": 36.8,
    **{f"power_{movement}_{side}": 4 for side in SIDES for movement in LEG_POWER},
    **{f"reflex_{reflex}_{side}": "brisk" for side in SIDES for reflex in ("knee", "ankle")},
    "plantars_upgoing": True,
    "clonus": False,
    "sensory_level": True,
    "perianal_sensation_reduced": True,
    "mri_implant": False,
    "mri_metal_eye": False,
    "mri_recent_clips": False,
    "claustrophobia": False,
    "anticoagulant": False,
    "can_get_help": True,
}
"""Two emergencies at once, with every detail that they open, both legs examined, and what an MRI has to know."""


def screen_clear(content: Content) -> dict[str, object]:
    """The thirteen questions that decide every emergency, each with no."""
    return {item.id: "no" if item.is_timed else False for item in content.safety_screen.items}


def open_patient(hands: Hands) -> None:
    """From Today, where the search has the focus."""
    hands.type("walk")
    hands.press(Qt.Key.Key_Return)


def ask_screen(hands: Hands) -> None:
    hands.answer(screen_clear(hands.window.clinic.content))


def simple(hands: Hands) -> None:
    """Nothing found, signed, and all its papers printed: summary, patient sheet, wallet card, letter to the file."""
    open_patient(hands)
    hands.answer({**screen_clear(hands.window.clinic.content), **SIMPLE})
    review(hands, "muscle strain")
    sign(hands)
    hands.press(Qt.Key.Key_P, CTRL)
    hands.press(Qt.Key.Key_Return, CTRL | SHIFT)


def emergency(hands: Hands, asked: Mapping[str, object] = EMERGENCY) -> None:
    """The most that is asked in one branch; each flag accepted, care at once said to be done, signed, the letter
    printed."""
    open_patient(hands)
    hands.answer({**screen_clear(hands.window.clinic.content), **asked})
    review(hands, "cord compression")
    say_done(hands)
    sign(hands)
    hands.press(Qt.Key.Key_P, CTRL)
    _show_letter(hands)
    hands.press(Qt.Key.Key_P, CTRL | SHIFT)


def from_new_patient(hands: Hands, asked: Mapping[str, object]) -> None:
    """From “New patient” to the letter on the screen, signed."""
    hands.press(Qt.Key.Key_N, CTRL)
    hands.type("Yates")
    hands.press(Qt.Key.Key_Tab)
    hands.type("Ann")
    for _ in ("title", "date of birth"):
        hands.press(Qt.Key.Key_Tab)
    hands.type("14-Mar-1964")
    hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Space)
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Return)
    hands.answer({**screen_clear(hands.window.clinic.content), **asked})
    review(hands, "as the rules say")
    if _panel(hands).plan.care.button.isVisible():
        say_done(hands)
    sign(hands)
    hands.press(Qt.Key.Key_P, CTRL)
    _show_letter(hands)


def whole(hands: Hands, asked: Mapping[str, object]) -> None:
    """Any other: asked, each flag accepted, signed, all its papers printed."""
    open_patient(hands)
    hands.answer(asked)
    review(hands, "as the rules say")
    sign(hands)
    hands.press(Qt.Key.Key_P, CTRL)
    hands.press(Qt.Key.Key_Return, CTRL | SHIFT)


def review(hands: Hands, impression: str) -> None:
    """What one thinks oneself first, then every flag accepted."""
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.type(impression)
    hands.press(Qt.Key.Key_Return)
    while (card := next((one for one in _panel(hands).cards.values() if not one.flag.decided), None)) is not None:
        _go_to(hands, card)
        hands.press(Qt.Key.Key_Space)


def say_done(hands: Hands) -> None:
    button = _panel(hands).plan.care.button
    while hands.focus is not button:
        hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Space)


def sign(hands: Hands) -> None:
    """Asked once more, then signed."""
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.press(Qt.Key.Key_Return, CTRL)
    assert hands.window.rooms.current == "encounter"


def _show_letter(hands: Hands) -> None:
    panel = hands.window.rooms.panel("signed-documents")
    assert isinstance(panel, DocumentsPanel)
    while not panel._id.startswith("letter"):
        hands.press(Qt.Key.Key_Down)


def _panel(hands: Hands) -> ReviewPanel:
    panel = hands.window.rooms.panel("review")
    assert isinstance(panel, ReviewPanel)
    return panel


def _go_to(hands: Hands, card: FlagDecisionCard) -> None:
    while hands.focus is not card.accept:
        hands.press(Qt.Key.Key_Tab)


@contextmanager
def practice(
    content: Content,
    self_test: SelfTest,
    folder: Path,
    printed: list[bytes],
    *,
    born: date = date(1964, 3, 14),
    sex: str = "female",
) -> Iterator[Window]:
    """The real window on a store of its own with one patient, at Today; `printed` is what the printer is sent."""
    DocumentsPanel.find_printers = staticmethod(lambda: ["Reception"])
    DocumentsPanel.send = staticmethod(lambda data, job: _take(printed, data, job))
    with ExitStack() as stack:
        store = stack.enter_context(Store.open(folder, STORE_KEY))
        add_patient(store, family="Walker", given="Su", sex=sex, born=born, nhs_number="999 000 0042", at=NOW)
        followers = followers_of(store, LONDON)
        clinic = Clinic(content, store, who="Dr Test", clock=lambda: NOW, zone=LONDON, followers=followers)
        window = Window(clinic, self_test=self_test, now=lambda: NOW)
        window.show()
        window.activateWindow()
        for _ in range(6):
            QApplication.processEvents()
        stack.callback(_put_away, window)
        yield window


def _put_away(window: Window) -> None:
    """Gone, not only closed: it would go on listening to where the focus is, beside a store that is closed."""
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)


def _take(printed: list[bytes], data: bytes, job: PrintJob) -> None:
    assert job.printer == "Reception"
    printed.append(data)
