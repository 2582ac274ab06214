"""The same consultations as in `tests/consultations.py`, by clicks: only what is a text or a figure is typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from consultations import EMERGENCY, SIMPLE, screen_clear
from pointing import Mouse
from PySide6.QtWidgets import QApplication

from desktop.ui.documents_panel import DocumentsPanel
from desktop.ui.nav_list import ID
from desktop.ui.patient_form import PatientForm
from desktop.ui.review_panel import ReviewPanel
from desktop.ui.signed_panel import SignedPanel


def open_patient(mouse: Mouse) -> None:
    """From Today, where the search has the focus: a name is typed, and Enter is nearer than its button."""
    mouse.write("walk")


def ask_screen(mouse: Mouse) -> None:
    mouse.answer(screen_clear(mouse.window.clinic.content))


def simple(mouse: Mouse) -> None:
    open_patient(mouse)
    _ask_and_sign(mouse, SIMPLE, "muscle strain")
    mouse.command(_documents(mouse).box.buttons["print all"])


def emergency(mouse: Mouse, asked: Mapping[str, object] = EMERGENCY) -> None:
    open_patient(mouse)
    _ask_and_sign(mouse, asked, "cord compression")
    show_letter(mouse)
    mouse.command(_documents(mouse).box.buttons["print"])


def from_new_patient(mouse: Mouse, asked: Mapping[str, object]) -> None:
    """From “New patient” to the letter on the screen."""
    today: Any = mouse.window.today
    mouse.command(today.new)
    (form,) = mouse.window.findChildren(PatientForm)
    for name, text in NEWCOMER.items():
        field = form.fields[name].field
        mouse.write(text, into=None if field.hasFocus() else field, enter=False)
    mouse.decide(form.sexes.buttons["female"])
    mouse.command(form.save_button)
    mouse.command(mouse.focus)  # the page of the patient has its hand at “Begin a consultation”
    _ask_and_sign(mouse, asked, "as the rules say")
    show_letter(mouse)


NEWCOMER = {"family": "Yates", "given": "Ann", "born": "14-Mar-1964"}


def show_letter(mouse: Mouse) -> None:
    panel = _documents(mouse)
    if panel._id.startswith("letter"):
        return
    places = [panel.list.entries.index(row, 0) for row in range(panel.list.entries.rowCount())]
    place = next(one for one in places if str(one.data(ID)).startswith("letter"))
    mouse.click(panel.list.viewport(), panel.list.visualRect(place).center())
    assert panel._id.startswith("letter")


def _ask_and_sign(mouse: Mouse, asked: Mapping[str, object], impression: str) -> None:
    mouse.answer({**screen_clear(mouse.window.clinic.content), **asked})
    consultation: Any = mouse.window.consultation
    mouse.command(consultation.banner.review)
    review = mouse.window.rooms.panel("review")
    assert isinstance(review, ReviewPanel)
    mouse.write(impression)
    while (card := next((one for one in review.cards.values() if not one.flag.decided), None)) is not None:
        mouse.decide(card.accept)
    if review.plan.care.button.isVisible():
        mouse.decide(review.plan.care.button)
    mouse.command(review.bar.sign)
    mouse.command(review.bar.sign)
    signed = mouse.window.rooms.panel("encounter")
    assert isinstance(signed, SignedPanel)
    mouse.command(signed.banner.documents)


def _documents(mouse: Mouse) -> DocumentsPanel:
    QApplication.processEvents()
    panel = mouse.window.rooms.panel("signed-documents")
    assert isinstance(panel, DocumentsPanel)
    return panel
