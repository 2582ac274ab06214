"""The one window: rail, the room that is open, messages and status line. It only puts panels together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from desktop.record.clinic import Clinic
from desktop.record.consultation import Consultation
from desktop.record.errors import RecordError
from desktop.ui.causes_reading import CausesReading
from desktop.ui.consultation_model import ConsultationModel
from desktop.ui.consultation_panel import ConsultationPanel
from desktop.ui.error_strip import ErrorStrip
from desktop.ui.rail import Rail
from desktop.ui.self_test import SelfTest
from desktop.ui.status_line import StatusLine
from desktop.ui.style import current_theme
from desktop.ui.theme import Theme
from desktop.ui.today_panel import TodayPanel
from desktop.ui.withheld import SAFE

WORDS_FROM = 1180
WAIT = "Wait until the rules are checked; where they failed their test, write your own note."


class Window(QWidget):
    """`write_summary` makes the PDF of a consultation and says where it is."""

    def __init__(
        self,
        clinic: Clinic,
        *,
        write_summary: Callable[[Consultation], Path],
        self_test: SelfTest,
        theme: Theme | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__()
        self.clinic, self._write_summary, self.self_test = clinic, write_summary, self_test
        self.theme = theme = theme or current_theme()
        self._causes = CausesReading(clinic.content)
        self.model: ConsultationModel | None = None
        self.consultation: ConsultationPanel | None = None
        self.rail = Rail(theme)
        self.today = TodayPanel(theme, clinic, now(), self_test)
        self.errors = ErrorStrip(theme)
        self.status = StatusLine(theme, clinic.content, clinic.zone, demo=clinic.demo)
        self._rooms = QStackedWidget()
        self._lay_out()
        self._connect()
        self.show_room("today")

    def begin(self, patient_uid: str) -> None:
        self._guarded(lambda: self.open(self.clinic.begin(patient_uid)))

    def open_encounter(self, encounter_uid: str) -> None:
        self._guarded(lambda: self.open(self.clinic.resume(encounter_uid)))

    def open(self, consultation: Consultation) -> None:
        """One consultation at a time: the one before stays a draft, every answer of it saved."""
        if self.consultation is not None:
            self._rooms.removeWidget(self.consultation)
            self.consultation.deleteLater()
        self.model = ConsultationModel(consultation, self.self_test)
        self.consultation = ConsultationPanel(self.theme, self.model, self._causes)
        self.consultation.summary_asked.connect(self.write_summary)
        self.consultation.said.connect(self.status.show_last)
        self.model.assessed.connect(self._show_saved)
        self.model.not_saved.connect(self._show_not_saved)
        self._rooms.addWidget(self.consultation)
        self.show_room("consultation")
        self.consultation.start()
        self._show_saved()

    def show_room(self, room: str) -> None:
        panel: QWidget | None = self.consultation if room == "consultation" else self.today
        if panel is None:
            return
        rooms = ["today", "consultation"] if self.consultation else ["today"]
        self.rail.show_rooms(rooms, room)
        self._rooms.setCurrentWidget(panel)
        if room == "today":
            self._guarded(self.today.show_now)
            self.today.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def write_summary(self) -> None:
        if self.model is None:
            return
        if self.self_test.passed:
            self._guarded(self._write)
        else:
            self.errors.show_words("The summary was not written: advice is withheld.", SAFE, WAIT)

    def come_forward(self) -> None:
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def _write(self) -> None:
        assert self.model is not None
        path = self._write_summary(self.model.consultation)
        self.status.show_last(f"Summary PDF written: {path}")

    def _show_saved(self) -> None:
        if self.model is not None:
            self.errors.hide()
            self.status.show_saved(self.model.saved_at)
            self.status.show_last(self.model.last_words())

    def _show_not_saved(self, item_id: str, words: str, error: RecordError) -> None:
        label = self.clinic.content.items[item_id].label
        self.errors.show_error(error, unsaved=f"{label}: {words}")

    def _guarded(self, work: Callable[[], None]) -> None:
        """The store and the disk may refuse; the window says so and stays."""
        try:
            work()
        except RecordError as error:
            self.errors.show_error(error)
        except OSError as error:
            what = f"The file was not written: {error.strerror or type(error).__name__}."
            self.errors.show_words(
                what, "Every answer is saved.", "Free some space or mend the folder, then try again."
            )

    def _connect(self) -> None:
        self.rail.chosen.connect(self.show_room)
        self.today.begin_asked.connect(self.begin)
        self.today.resume_asked.connect(self.open_encounter)
        self.self_test.done.connect(lambda: self._guarded(self.today.show_now))

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(self.rail, 0, 0, 2, 1)
        grid.addWidget(self.errors, 0, 1)
        grid.addWidget(self._rooms, 1, 1)
        grid.addWidget(self.status, 2, 0, 1, 2)
        grid.setRowStretch(1, 1)
        grid.setColumnStretch(1, 1)
        self._rooms.addWidget(self.today)
        self.setWindowTitle("Backstop (demonstration)" if self.clinic.demo else "Backstop")
        self.setMinimumSize(QSize(640, 480))
        self.resize(1366, 768)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rail.show_words(self.width() / self.theme.scale >= WORDS_FROM)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rules are checked once the window is there to be seen."""
        self.self_test.start()
