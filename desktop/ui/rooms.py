"""Every room of the window, in the order of the rail. A room stands here once there is something in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QTimer

from desktop.record.roles import Act
from desktop.ui.library_links import read_rule
from desktop.ui.room import Room, RoomPanel

if TYPE_CHECKING:
    from desktop.ui.window import Window

AT_LEISURE = 300
"""Milliseconds."""


def make_today(window: Window) -> RoomPanel:
    from desktop.ui.today_panel import TodayPanel

    panel = TodayPanel(window.theme, window.clinic, window.now(), window.self_test)
    panel.refresh_asked.connect(lambda: window.guarded(panel.refresh))
    panel.begin_asked.connect(window.begin)
    panel.patient_asked.connect(window.desk.show_patient)
    panel.resume_asked.connect(window.open_encounter)
    panel.due_asked.connect(lambda uid: show_follow_up(window, uid))
    panel.add_asked.connect(window.desk.edit_patient)
    panel.unidentified_asked.connect(window.desk.begin_unidentified)
    return panel


def make_consultation(window: Window) -> RoomPanel:
    from desktop.ui.consultation_panel import ConsultationPanel
    from desktop.ui.form_start import hand_over, print_form, save_form

    assert window.model is not None
    panel = ConsultationPanel(window.theme, window.model, window.causes, window.clinic.directory.doubt)
    panel.documents_asked.connect(lambda: window.show_room("documents"))
    panel.said.connect(window.status.tell)
    panel.read_asked.connect(lambda rule: read_rule(window, rule))
    panel.review_asked.connect(window.desk.open_review)
    panel.moved.connect(window.desk.note_place)
    panel.hand_over_asked.connect(lambda: hand_over(window))
    panel.print_asked.connect(lambda: print_form(window))
    panel.save_asked.connect(lambda: save_form(window))
    panel.phrases_asked.connect(window.phrase_keys.open_menu)
    panel.banner.show_alike(window.clinic.registry.like(window.model.consultation.patient))
    panel.banner.patient_asked.connect(window.desk.show_patient)
    panel.show_resumed(window.desk.resumed_strip(window.theme))
    # While the first question is read: the first answer would wait for it. Counted from when it is there to be read.
    leisure = QTimer(panel, singleShot=True, interval=AT_LEISURE)
    leisure.timeout.connect(lambda: window.causes.causes)
    QTimer.singleShot(0, leisure, leisure.start)
    return panel


def make_documents(window: Window) -> RoomPanel:
    from desktop.ui.document_desk import DocumentDesk
    from desktop.ui.documents_panel import DocumentsPanel

    assert window.model is not None
    consultation = window.model.consultation
    return DocumentsPanel(
        window, DocumentDesk(window.clinic, consultation.encounter.uid, consultation), back="consultation"
    )


def make_signed_documents(window: Window) -> RoomPanel:
    """A room of their own: on the rail, Documents are always those of the patient in the consultation."""
    from desktop.ui.document_desk import DocumentDesk
    from desktop.ui.documents_panel import DocumentsPanel

    return DocumentsPanel(window, DocumentDesk(window.clinic, window.desk.encounter), back="encounter")


def make_review(window: Window) -> RoomPanel:
    from desktop.ui.document_desk import DocumentDesk
    from desktop.ui.documents_card import LEFT_OUT
    from desktop.ui.review_panel import ReviewPanel

    desk = window.desk
    assert desk.review is not None
    assert window.model is not None
    may = window.clinic.may(Act.SIGN)
    consultation = window.model.consultation
    papers = DocumentDesk(window.clinic, consultation.encounter.uid, consultation)
    left_out = desk.left_out.get(papers.encounter_uid, LEFT_OUT)
    panel = ReviewPanel(window.theme, desk.review, window.model, window.now, papers, left_out, may_sign=may)
    panel.documents.left_out_now.connect(lambda ids: desk.left_out.update({papers.encounter_uid: ids}))
    panel.back_asked.connect(desk.leave_review)
    panel.asked_for.connect(desk.ask)
    panel.signed.connect(desk.sign)
    panel.documents_asked.connect(lambda: window.show_room("documents"))
    return panel


def make_encounter(window: Window) -> RoomPanel:
    from desktop.ui.signed_panel import SignedPanel

    panel = SignedPanel(window.theme, window.clinic, window.desk.encounter)
    panel.documents_asked.connect(lambda: window.show_room("signed-documents"))
    panel.amend_asked.connect(lambda reason: window.desk.amend(window.desk.encounter, reason))
    panel.patient_asked.connect(window.desk.show_patient)
    return panel


def make_patients(window: Window) -> RoomPanel:
    from desktop.ui.patients_panel import PatientsPanel

    return PatientsPanel(window.theme, window.clinic, window.desk, window.now)


def make_follow_up(window: Window) -> RoomPanel:
    from desktop.ui.followup_panel import FollowUpPanel

    return FollowUpPanel(window)


def make_audit(window: Window) -> RoomPanel:
    from desktop.ui.audit_panel import AuditPanel

    return AuditPanel(window)


def show_follow_up(window: Window, uid: str) -> None:
    from desktop.ui.followup_panel import FollowUpPanel

    window.show_room("follow-up")
    panel = window.rooms.panel("follow-up")
    if uid and isinstance(panel, FollowUpPanel):
        window.guarded(lambda: panel.show_follow_up(uid))


def count_alarms(window: Window) -> int:
    from desktop.ui.today_panel import is_alarm

    forms = window.clinic.drafts_with_a_form() if window.self_test.passed else ()
    return sum(map(is_alarm, forms))


def count_overdue(window: Window) -> int:
    return window.clinic.board.counts()[0]


def make_library(window: Window) -> RoomPanel:
    from desktop.ui.library_panel import LibraryPanel

    return LibraryPanel(window)


def make_manual(window: Window) -> RoomPanel:
    from desktop.ui.manual_panel import ManualPanel

    return ManualPanel(window)


def make_settings(window: Window) -> RoomPanel:
    from desktop.ui.settings_panel import SettingsPanel

    return SettingsPanel(window)


ROOMS = (
    Room(
        "today",
        str(QT_TRANSLATE_NOOP("Room", "Today")),
        "calendar",
        make_today,
        count=count_alarms,
        counted=str(QT_TRANSLATE_NOOP("Room", "{count} emergency from the waiting-room form")),
    ),
    Room(
        "consultation",
        str(QT_TRANSLATE_NOOP("Room", "Consultation")),
        "stethoscope",
        make_consultation,
        needs=Act.ANSWER,
        there=lambda window: window.model is not None,
    ),
    Room(
        "review",
        str(QT_TRANSLATE_NOOP("Room", "Review and sign")),
        "stethoscope",
        make_review,
        needs=Act.ANSWER,
        there=lambda window: window.desk.review is not None and window.model is not None,
        within="consultation",
    ),
    Room(
        "documents",
        str(QT_TRANSLATE_NOOP("Room", "Documents")),
        "file-text",
        make_documents,
        needs=Act.PRINT,
        there=lambda window: window.model is not None,
    ),
    Room("patients", str(QT_TRANSLATE_NOOP("Room", "Patients")), "users", make_patients),
    Room(
        "encounter",
        str(QT_TRANSLATE_NOOP("Room", "Signed encounter")),
        "users",
        make_encounter,
        there=lambda window: bool(window.desk.encounter),
        within="patients",
    ),
    Room(
        "signed-documents",
        str(QT_TRANSLATE_NOOP("Room", "Documents of a signed encounter")),
        "users",
        make_signed_documents,
        needs=Act.PRINT,
        there=lambda window: bool(window.desk.encounter),
        within="patients",
    ),
    Room(
        "follow-up",
        str(QT_TRANSLATE_NOOP("Room", "Follow-up")),
        "calendar-clock",
        make_follow_up,
        count=count_overdue,
        counted=str(QT_TRANSLATE_NOOP("Room", "{count} overdue")),
    ),
    Room("audit", str(QT_TRANSLATE_NOOP("Room", "Audit")), "chart-column", make_audit, needs=Act.AUDIT),
    Room("library", str(QT_TRANSLATE_NOOP("Room", "Library")), "book-open", make_library),
    Room("manual", str(QT_TRANSLATE_NOOP("Room", "Manual")), "book-open", make_manual, within="library"),
    Room("settings", str(QT_TRANSLATE_NOOP("Room", "Settings")), "settings", make_settings),
)
