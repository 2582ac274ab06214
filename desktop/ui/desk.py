"""What lies open besides the questions: a review, a signed encounter, a patient. Panels come and go, this stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

from desktop.record.consultation import Consultation
from desktop.record.encounter import Patient
from desktop.record.errors import RecordError
from desktop.ui.consultation_model import ConsultationModel
from desktop.ui.theme import Theme
from desktop.ui.told import told_beside
from desktop.ui.unsaved import Unsaved

if TYPE_CHECKING:
    from desktop.ui.resumed_strip import ResumedStrip
    from desktop.ui.review_model import ReviewModel
    from desktop.ui.window import Window

PAUSE = 400
"""Milliseconds of rest before the place is written: not every arrow key is worth a write."""


class Desk(QObject):
    """`patient` is whose page is open, `encounter` the signed one that is read, `form` that details are filled in.

    `left_out` are, by encounter, the documents that the review chose not to print, `unsaved` the answers that the disk
    refused and that nobody has given again.
    """

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.window, self.clinic = window, window.clinic
        self.review: ReviewModel | None = None
        self.encounter: str = ""
        self.left_out: dict[str, frozenset[str]] = {}
        self.unsaved: dict[str, Unsaved] = {}
        self.patient: str = ""
        self.form = False
        self.told: tuple[str, ...] = ()
        self._put_away: ConsultationModel | None = None
        self._place = QTimer(self, singleShot=True, interval=PAUSE)
        self._place.timeout.connect(self.keep_place)
        window.installEventFilter(self)

    def open_encounter(self, uid: str) -> None:
        """A draft goes on where it was left; what is signed is read. What is still being typed is recorded first."""
        if (field := self.window.focusWidget()) is not None:
            field.clearFocus()
        if self.clinic.encounter(uid).state == "signed":
            self.read(uid)
        else:
            self.window.open(self.clinic.resume(uid))

    def begin_unidentified(self) -> None:
        self.window.guarded(lambda: self.window.open(self.clinic.begin_unidentified()))

    def open_review(self) -> None:
        """What is still being typed is recorded first."""
        model = self.window.model
        if model is None:
            return
        if (field := self.window.focusWidget()) is not None:
            field.clearFocus()
        self.keep_place()
        from desktop.ui.review_model import ReviewModel

        self.review = ReviewModel(self.clinic.review(model.consultation))
        self.review.not_saved.connect(lambda error: self.window.errors.show_error(error))
        self.review.changed.connect(lambda: self.window.status.show_saved(model.saved_at))
        self.window.rooms.forget("review")
        self.window.show_room("review")

    def leave_review(self) -> None:
        self.window.show_room("consultation")

    def ask(self, item_id: str) -> None:
        """From the review to a question."""
        if self.window.model is not None:
            self.window.model.in_hand = item_id
            self.window.show_room("consultation")

    def sign(self) -> None:
        if self.review is not None:
            self.window.guarded(self._sign)

    def read(self, uid: str) -> None:
        self._take(uid)
        self.window.show_room("encounter")

    def open_documents(self, encounter_uid: str) -> None:
        """Of a signed encounter, by its last version."""
        self._take(encounter_uid)
        self.window.show_room("signed-documents")

    def forget_all(self) -> None:
        """The store is another one now."""
        self.review, self.encounter, self.patient, self.form = None, "", "", False
        self.unsaved.clear()

    def _take(self, encounter_uid: str) -> None:
        self.encounter = encounter_uid
        for room in ("encounter", "signed-documents"):
            self.window.rooms.forget(room)

    def amend(self, uid: str, reason: str) -> str:
        """Why it could not be; empty when it is open."""
        try:
            self.window.open(self.clinic.amend(uid, reason))
        except RecordError as error:
            return told_beside(error)
        return ""

    def give_up_amendment(self) -> None:
        model = self.window.model
        if model is not None and model.consultation.is_amendment:
            self.window.guarded(lambda: self._give_up(model.consultation))

    def show_patient(self, uid: str, told: Sequence[str] = ()) -> None:
        """`told` stands above the list until something else is opened."""
        self.patient, self.form, self.told = uid, False, tuple(told)
        self._show_patients()

    def edit_patient(self, uid: str = "") -> None:
        """The form: of this patient, or of a new one."""
        self.patient, self.form, self.told = uid, True, ()
        self._show_patients()

    def patient_saved(self, patient: Patient) -> None:
        """Banner and age of the open consultation are those of the patient as entered now."""
        model = self.window.model
        if model is not None and model.consultation.patient.uid == patient.uid:
            self.window.open(self.clinic.resume(model.consultation.encounter.uid))
        self.show_patient(patient.uid)

    def patient_removed(self, told: list[str]) -> None:
        """Nothing of the patient may be shown any more, and nothing written for them."""
        model = self.window.model
        if model is not None and not self._is_there(model.consultation.encounter.uid):
            self._close_consultation()
        if self.encounter and not self._is_there(self.encounter):
            self.encounter = ""
            self.window.rooms.forget("encounter")
        self.show_patient("", told)
        self.window.refresh()

    def resumed_strip(self, theme: Theme) -> ResumedStrip | None:
        """Until it is put away; a consultation that has just been begun has none."""
        model = self.window.model
        if model is None or model.consultation.resumed is None or self._put_away == model:
            return None
        consultation = model.consultation
        from desktop.ui.resumed_strip import ResumedStrip

        strip = ResumedStrip(theme, consultation, self.clinic.amendment_reason(consultation.encounter.uid))
        strip.re_date_asked.connect(lambda: self._re_date(strip))
        strip.give_up_asked.connect(self.give_up_amendment)
        strip.closed.connect(lambda: self._close(strip))
        return strip

    def note_place(self) -> None:
        """The focus moved to another question."""
        if self.window.isVisible():
            self._place.start()

    def keep_place(self) -> None:
        waiting = self._place.isActive()
        self._place.stop()
        model = self.window.model
        if waiting and model is not None and model.in_hand:
            self.window.guarded(lambda: model.consultation.remember_place(model.in_hand))

    def _re_date(self, strip: ResumedStrip) -> None:
        model = self.window.model
        if model is not None and self.window.guarded(model.re_date):
            self._close(strip)
            self.window.status.tell(self.tr("Ages and durations count to now; deadlines stay where they were."))

    def _close(self, strip: ResumedStrip) -> None:
        self._put_away = self.window.model
        strip.hide()

    def _is_there(self, encounter_uid: str) -> bool:
        try:
            self.clinic.encounter(encounter_uid)
        except RecordError:
            return False
        return True

    def _show_patients(self) -> None:
        self.window.rooms.forget("patients")
        self.window.show_room("patients")

    def _sign(self) -> None:
        assert self.review is not None
        version = self.clinic.sign(self.review.review)
        self.unsaved.pop(version.encounter_uid, None)
        self._close_consultation()
        self.read(version.encounter_uid)
        self.window.status.show_signed(version.at)

    def _give_up(self, consultation: Consultation) -> None:
        self.clinic.give_up_amendment(consultation.encounter.uid)
        self._close_consultation()
        self.read(consultation.encounter.uid)

    def _close_consultation(self) -> None:
        """Nothing of it may be shown any more: it takes no answer."""
        self._place.stop()
        self.window.model = self.review = None
        for room in ("consultation", "review", "documents"):
            self.window.rooms.forget(room)
        self.window.status.show_last("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The store may close as soon as the window has gone."""
        if event.type() in (QEvent.Type.Hide, QEvent.Type.Close):
            self.keep_place()
        return False
