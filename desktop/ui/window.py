"""The one window: rail, the room that is open, messages and status line. It only puts panels together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QSize
from PySide6.QtGui import QHideEvent, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout

from desktop.record.clinic import Clinic
from desktop.record.consultation import Consultation
from desktop.record.errors import RecordError
from desktop.ui.action import Actions
from desktop.ui.backup_keeper import BackupKeeper
from desktop.ui.causes_reading import CausesReading
from desktop.ui.consultation_model import ConsultationModel
from desktop.ui.desk import Desk
from desktop.ui.error_strip import ErrorStrip
from desktop.ui.face import Face
from desktop.ui.kept_texts import kept_texts, put_back, say_no_more
from desktop.ui.laid_out import LaidOutWindow
from desktop.ui.library_state import LibraryState
from desktop.ui.manual_state import ManualState
from desktop.ui.notice_strip import NoticeStrip
from desktop.ui.notices import Notices
from desktop.ui.outline import Outline
from desktop.ui.phrase_keys import PhraseKeys
from desktop.ui.preferences import Preferences
from desktop.ui.rail import Rail
from desktop.ui.rescreen_work import RescreenWork
from desktop.ui.room import RoomPanel
from desktop.ui.room_stack import RoomStack
from desktop.ui.rooms import ROOMS
from desktop.ui.running import running
from desktop.ui.self_test import SelfTest
from desktop.ui.single_instance import bring_forward
from desktop.ui.single_keys import SingleKeysOff
from desktop.ui.status_line import StatusLine
from desktop.ui.style import current_theme, dress
from desktop.ui.theme import Theme
from desktop.ui.unsaved import Unsaved
from desktop.ui.window_actions import window_actions


class Window(LaidOutWindow):
    """`kit` makes the page of a new recovery code. `hand_over` gives the screen to the patient of an encounter; only
    where there is a password to come back with.
    """

    def __init__(
        self,
        clinic: Clinic,
        *,
        self_test: SelfTest,
        preferences: Preferences | None = None,
        theme: Theme | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        kit: Callable[[str], bytes] = lambda code: b"",
    ) -> None:
        super().__init__()
        self.clinic, self.self_test, self.now = clinic, self_test, now
        self.preferences, self.kit = preferences or Preferences(), kit
        self.theme = theme or current_theme()
        self.hand_over: Callable[[str], None] | None = None
        self.causes = CausesReading(clinic.content)
        self.library, self.manual = LibraryState(clinic.content), ManualState()
        self.model: ConsultationModel | None = None
        self.settings_page = ""
        self.desk: Desk = Desk(self)
        self._face: Face | None = None
        self._frame = QVBoxLayout(self)
        self._frame.setContentsMargins(0, 0, 0, 0)
        self.setMinimumSize(QSize(640, 480))
        self.resize(1366, 768)
        SingleKeysOff(self, self.preferences)
        self.notices = Notices(self)
        self.phrase_keys = PhraseKeys(self, clinic.phrases, lambda: self.show_settings("phrases"))
        self.keeper = BackupKeeper(clinic.backups, self)
        self.rescreening = RescreenWork(clinic, self)
        self._make_face()
        self.keeper.trouble.connect(lambda error: self.errors.show_error(error))
        self.keeper.restored.connect(self._start_again)
        self.self_test.done.connect(self.refresh)
        self.preferences.changed.connect(self.redress)
        self.show_room("today")

    @property
    def today(self) -> RoomPanel:
        return self.rooms.panel("today")

    @property
    def consultation(self) -> RoomPanel | None:
        return self.rooms.held("consultation")

    def begin(self, patient_uid: str) -> None:
        self.guarded(lambda: self.open(self.clinic.begin(patient_uid)))

    def open_encounter(self, encounter_uid: str) -> None:
        self.guarded(lambda: self.desk.open_encounter(encounter_uid))

    def open(self, consultation: Consultation) -> None:
        """One consultation at a time: the one before stays a draft, every answer of it saved."""
        self.desk.keep_place()
        for room in ("consultation", "review", "documents"):
            self.rooms.forget(room)
        unsaved = self.desk.unsaved.setdefault(consultation.encounter.uid, Unsaved())
        self.model = ConsultationModel(consultation, self.self_test, unsaved)
        self.model.assessed.connect(self._show_saved)
        self.model.kept.connect(self._show_saved)
        self.model.not_saved.connect(self._show_not_saved)
        self.show_room("consultation")
        self._show_saved()

    def show_room(self, room: str) -> None:
        if self.rooms.is_open(room):
            if self.rooms.current == "consultation" != room:
                self._show_last()  # what was said of a question, such as which is next, is of no use elsewhere
            self.guarded(lambda: self.rooms.enter(room))
            self.notices.follow(self.rooms.current)
            self.refresh_rail()

    def show_settings(self, page: str) -> None:
        self.settings_page = page
        self.show_room("settings")

    def go_to_question(self, item_id: str) -> None:
        if self.model is not None:
            self.setFocus()
            self.model.in_hand = item_id
            self.show_room("consultation")

    def refresh(self) -> None:
        """The store, or what may be shown of it, has changed: the numbers on the rail and the open room follow."""
        self.guarded(self.rooms.panel(self.rooms.current).refresh)
        self.refresh_rail()

    def come_forward(self) -> None:
        bring_forward(self)

    def redress(self) -> None:
        """Theme or text size changed: everything is made anew, at the same place, with what was typed."""
        room, texts = self.rooms.current, kept_texts(self)
        self.theme = self.preferences.theme()
        dress(running(), self.theme)
        self._make_face()
        self.show_room(room)
        self._show_saved()
        put_back(self, texts)

    def leave(self) -> None:
        """The screen is locked: what still comes in from elsewhere finds nobody, and no store, here."""
        say_no_more(self)
        self.keeper.stop()
        self.rescreening.work.stop()
        self.self_test.done.disconnect(self.refresh)
        self.preferences.changed.disconnect(self.redress)

    def guarded(self, work: Callable[[], None]) -> bool:
        """Whether it was done. The store and the disk may refuse; the window says so and stays."""
        try:
            work()
        except RecordError as error:
            self.errors.show_error(error)
        except OSError as error:
            self.errors.show_unwritten(error)
        else:
            return True
        return False

    def _start_again(self) -> None:
        """The store is another one now: nothing that is shown may be of the one before."""
        self.model = None
        self.clinic.practice.read_again()
        self.clinic.use_directory()
        self.desk.forget_all()
        self._make_face()
        self.show_room("today")
        self.status.tell(self.tr("The backup was restored. The replaced records are kept aside."))

    def refresh_rail(self) -> None:
        self.rail.show_rooms(self.rooms.entries(), self.rooms.on_rail)
        self.rail.say_kept_from(self.rooms.kept_from())

    def _show_saved(self) -> None:
        if self.model is not None:
            self.errors.hide()
            self.status.show_saved(self.model.saved_at)
            self._show_last()

    def _show_last(self) -> None:
        if self.model is not None:
            self.status.show_last(self.model.last_words(), undo=self.model.can_undo)

    def _show_not_saved(self, item_id: str, words: str, error: RecordError) -> None:
        assert self.model is not None
        self.errors.show_error(error, unsaved=f"{self.model.label(item_id)}: {words}")

    def _make_face(self) -> None:
        """Everything that is drawn. The one before is gone before its shortcuts could clash."""
        if self._face is not None:
            self._frame.removeWidget(self._face)
            self._face.hide()
            self._face.deleteLater()
        self._face = face = Face(self, self.theme)
        self.all_actions = Actions(self.clinic.may)
        self.rail = Rail(self.theme)
        self.rail.chosen.connect(self.show_room)
        self.errors = ErrorStrip(self.theme)
        clinic = self.clinic
        today, who = self.now().astimezone(clinic.zone).date(), clinic.rights.name
        self.status = StatusLine(self.theme, clinic.content, clinic.zone, today=today, demo=clinic.demo, who=who)
        self.status.about.clicked.connect(lambda: self.show_settings("about"))
        self.rooms = RoomStack(self, ROOMS)
        self.all_actions.add(face, window_actions(self))
        strip = NoticeStrip(self.theme)
        face.lay_out(self.rail, (self.errors, strip), self.rooms, self.status)
        self._frame.addWidget(face)
        face.show()
        self.notices.show_on(strip, Outline(self.theme, face))
        self.setWindowTitle(self.tr("Backstop (demonstration)") if self.clinic.demo else "Backstop")

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rules are checked once the window is there to be seen."""
        self.self_test.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self.self_test.rest()
        super().hideEvent(event)
