"""The waiting-room form is handed over or printed; where its file has mistakes, that is said in words of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.clinical.mistakes import ContentError
from desktop.ui.translation import translate

if TYPE_CHECKING:
    from desktop.ui.outgoing import Outgoing
    from desktop.ui.window import Window

MOST = 3


def can_hand_over(window: Window) -> bool:
    model = window.model
    return window.hand_over is not None and model is not None and not model.consultation.is_amendment


def hand_over(window: Window) -> None:
    work, model = window.hand_over, window.model
    if work is None or model is None or model.consultation.is_amendment:
        return
    uid = model.consultation.encounter.uid
    try:
        window.guarded(lambda: work(uid))
    except ContentError as error:
        window.errors.show_words(*broken_words(error))


def begin_with_form(window: Window, patient_uid: str) -> None:
    """Before the patient is called: a consultation, at the page of the form."""
    from desktop.ui.consultation_panel import ConsultationPanel
    from desktop.ui.middle import FORM

    window.begin(patient_uid)
    panel = window.consultation
    if isinstance(panel, ConsultationPanel) and window.rooms.current == "consultation":
        panel.show_page(FORM)


def print_form(window: Window) -> None:
    _send(window, lambda outgoing: outgoing.print(lambda: form_data(window), "waiting-room form printed"))


def save_form(window: Window) -> None:
    name = "questions-about-your-pain.pdf"
    _send(window, lambda outgoing: outgoing.save_pdf(name, lambda: form_data(window), "waiting-room form saved"))


def form_data(window: Window) -> bytes:
    """For the patient of the consultation that is open."""
    from desktop.clinical.waiting_room import load_waiting_room
    from desktop.paper.waiting_paper import FormHead, waiting_pdf

    assert window.model is not None
    consultation, content = window.model.consultation, window.clinic.content
    head = FormHead(
        at=consultation.began_at,
        zone=consultation.zone,
        name=consultation.patient.given,
        practice=window.clinic.practice.now.name,
        record=f"Encounter {consultation.encounter.uid[:8]}",
        audit=window.clinic.trail_head,
    )
    return waiting_pdf(load_waiting_room(content), content, consultation.person, head, demo=window.clinic.demo)


def broken_words(error: ContentError) -> tuple[str, str, str]:
    """What happened, what is safe, what to do."""
    what = translate("FormStart", "The waiting-room form can’t be used: its file has mistakes.")
    safe = translate("FormStart", "Nothing was handed over, and all that you have entered is saved.")
    named = "; ".join(map(str, error.mistakes[:MOST]))
    todo = translate("FormStart", "Ask the questions yourself, and have the file mended: {mistakes}.").format(
        mistakes=named
    )
    return what, safe, todo


def _send(window: Window, work: Callable[[Outgoing], None]) -> None:
    from desktop.ui.outgoing import Outgoing

    if window.model is None:
        return
    try:
        work(Outgoing(window))
    except ContentError as error:
        window.errors.show_words(*broken_words(error))
