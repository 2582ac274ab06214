"""The one window on the screen: setting up or signing in first, then the rooms; and the way back when it is locked.

A patient at the waiting-room form has the screen alone: the rooms are gone, and the way back is the password.

Locking takes the rooms apart: nothing of a patient stays in a widget, a title or the clipboard, the store is closed
and its key let go of. What was typed and not yet recorded waits in the encrypted store.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QClipboard, QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget

from desktop.clinical.content import Content
from desktop.record.errors import RecordError
from desktop.record.first_run import FirstRun
from desktop.record.session import Entrance, Session, Unlocked
from desktop.ui.first_run_wizard import FirstRunWizard, Kit
from desktop.ui.front_card import Centred
from desktop.ui.idle import Idle
from desktop.ui.kept_texts import say_no_more
from desktop.ui.place import go_to_place, half_typed_place, place_in
from desktop.ui.preferences import Preferences
from desktop.ui.recovery_card import RecoveryCard
from desktop.ui.running import running
from desktop.ui.sign_in import SignIn
from desktop.ui.single_instance import bring_forward
from desktop.ui.style import dress
from desktop.ui.system_lock import SystemLock
from desktop.ui.theme import load_theme
from desktop.ui.typing import Typing
from desktop.ui.unapproved import unapproved_strip, unapproved_words
from desktop.ui.waiting_form import LARGE, WaitingForm

if TYPE_CHECKING:
    from desktop.ui.window import Window

Front = SignIn | RecoveryCard | FirstRunWizard


class Gate(QWidget):
    """Signals: admitted, locked. `make_window` builds the rooms for a session, `kit` the page of a recovery code."""

    admitted = Signal()
    locked = Signal()

    def __init__(
        self,
        entrance: Entrance,
        preferences: Preferences,
        make_window: Callable[[Session], Window],
        *,
        content: Content,
        kit: Kit,
    ) -> None:
        super().__init__()
        self._entrance, self._preferences, self._make_window = entrance, preferences, make_window
        self._content, self._kit = content, kit
        self._run = FirstRun()
        self.card: Front | None = None
        self.session: Session | None = None
        self.rooms: Window | None = None
        self.front: QWidget | None = None
        self.form: WaitingForm | None = None
        self._user = ""
        self._away = self._says = ""
        self.idle = Idle(self)
        self.idle.idled.connect(self._lock_unattended)
        self.idle.nearly.connect(self._warn_of_lock)
        self.typing = Typing(self)
        self.typing.changed.connect(self._hold_place)
        self.system = SystemLock(self)
        self.system.locked.connect(self._lock_unattended)
        self._stack = QStackedLayout(self)
        QShortcut(QKeySequence("Ctrl+L"), self).activated.connect(self.lock)
        preferences.changed.connect(self._redress)
        self.setMinimumSize(QSize(640, 480))
        self.resize(1366, 768)
        self.setWindowTitle("Backstop")

    def begin(self) -> None:
        """Set up where there is no store yet; otherwise sign in."""
        self.show_first_run() if self._entrance.is_new else self.show_sign_in()

    def show_sign_in(self, user: str = "") -> None:
        card = SignIn(self._preferences.theme(), self._entrance, user=user, locked=self._away, says=self._says)
        card.unlocked.connect(self.enter)
        card.kit_asked.connect(self.show_recovery)
        self._show_card(card)

    def show_recovery(self, user: str = "") -> None:
        card = RecoveryCard(self._preferences.theme(), self._entrance, user=user)
        card.unlocked.connect(self.enter)
        card.left.connect(lambda: self.show_sign_in(user))
        self._show_card(card)

    def show_first_run(self) -> None:
        step = self.card.step if isinstance(self.card, FirstRunWizard) else "practice"
        card = FirstRunWizard(self._preferences.theme(), self._run, self._entrance, self._kit, self._content, step)
        card.finished.connect(self.admit_first)
        self._show_card(card)

    def admit_first(self, session: Session) -> None:
        error, self._run = self._run.not_kept, FirstRun()
        self.admit(session)
        if self.rooms is not None:
            self.rooms.show_settings("directory")
        if error and self.rooms is not None:
            self.rooms.errors.show_error(error)

    def enter(self, unlocked: Unlocked) -> None:
        try:
            session = self._entrance.enter(unlocked)
        except RecordError as error:
            if isinstance(self.card, SignIn | RecoveryCard):
                self.card.show_error(error)
        else:
            self.admit(session)

    def admit(self, session: Session) -> None:
        """Back to where this person was when the screen was locked, if they were anywhere."""
        self.session, self._away, self._says = session, "", ""
        self.rooms = window = self._make_window(session)
        window.windowTitleChanged.connect(self.setWindowTitle)
        window.hand_over = self.hand_over
        window.keeper.restored.connect(self._lock_restored)
        self._put_in_front(window)
        self.setWindowTitle(window.windowTitle())
        go_to_place(window, session.take_place())
        if not window.isAncestorOf(self.focusWidget() or self):
            # The card that had the focus is gone: whoever came in by keyboard goes on by keyboard.
            window.rooms.panel(window.rooms.current).enter()
        practice = window.clinic.practice
        self.idle.start(lambda: practice.now.lock_minutes)
        self.typing.start()
        self.system.watch(int(self.winId()))
        self._tell_at_sign_in(session, window)
        self.admitted.emit()

    def lock(self) -> None:
        """Whatever else fails, the screen is blanked."""
        if self.form is not None:
            self.end_form()
            return
        if self.session is None or self.rooms is None:
            return
        rights = self.rooms.clinic.rights
        self._away = rights.name or rights.user
        self._lock_for(rights.user, place_in(self.rooms))

    def _lock_restored(self) -> None:
        """Patients and roles may be others than a moment ago, and no place in the window is known to be there."""
        if self.session is None or self.rooms is None:
            return
        self._says = self.tr(
            "The backup was restored, and the replaced records are kept aside. Sign in again: patients and drafts may "
            "not be those of a moment ago. Accounts and passwords are those of today."
        )
        self._lock_for(self.rooms.clinic.rights.user, {})

    def _lock_for(self, user: str, place: dict[str, Any]) -> None:
        error = self._keep_place(self.session, place) if self.session else None
        self._take_apart()
        self.show_sign_in(user)
        if error and isinstance(self.card, SignIn):
            self.card.show_error(error)
        self.locked.emit()

    def hand_over(self, encounter_uid: str) -> None:
        """The screen to the patient of this encounter. Raises RecordError, and then nothing has changed."""
        session, window = self.session, self.rooms
        if session is None or window is None:
            return
        waiting = window.clinic.waiting(encounter_uid)
        rights, minutes = window.clinic.rights, window.clinic.practice.now.lock_minutes
        self._user, self._away = rights.user, rights.name or rights.user
        self._keep_place(session, place_in(window))
        self._take_rooms_apart()
        self.card = None
        look = self._preferences.theme()
        self.form = WaitingForm(load_theme(look.name, look.scale * LARGE, single_keys=False), waiting)
        self.form.left.connect(self.end_form)
        self._put_in_front(self.form)
        self.showFullScreen()
        self.form.take_focus()
        self.idle.start(lambda: minutes)

    def end_form(self) -> None:
        """Back to the password, whoever holds the screen."""
        unsaved = self.form is not None and self.form.unsaved
        if self.form is not None:
            say_no_more(self.form)
        self.form = None
        self._take_apart()
        self.showNormal()
        self.show_sign_in(self._user)
        if unsaved and isinstance(self.card, SignIn):
            self._say_unsaved(self.card)
        self.locked.emit()

    def _say_unsaved(self, card: SignIn) -> None:
        card.refusal.show_words(
            self.tr("The patient’s last answer on the form could not be saved."),
            self.tr("Every answer before it is saved."),
            self.tr("Ask the patient that question again; free some space or mend the folder of the store."),
        )

    def _lock_unattended(self) -> None:
        """Whom to tell stays on the screen until somebody has seen it."""
        if self.form is None or self.form.waiting.ended != "urgent":
            self.lock()

    def _warn_of_lock(self, near: bool) -> None:
        if self.rooms is not None:
            self.rooms.status.show_locking(near)

    def come_forward(self) -> None:
        bring_forward(self)

    def _keep_place(self, session: Session, place: dict[str, Any]) -> RecordError | None:
        try:
            session.leave("locked", place, at=self._entrance.now())
        except RecordError as error:
            return error
        return None

    def _hold_place(self) -> None:
        """What is half typed is there again after a power cut too; a disk that refuses is told of when it is
        recorded."""
        if self.session is not None and self.rooms is not None:
            with suppress(RecordError):
                self.session.hold(half_typed_place(self.rooms), at=self._entrance.now())

    def _take_apart(self) -> None:
        self._take_rooms_apart()
        if self.session is not None:
            self.session.close()
        self.session = None

    def _take_rooms_apart(self) -> None:
        self.idle.stop()
        self.typing.stop()
        forget_copied(QApplication.clipboard())
        for other in QApplication.topLevelWidgets():
            if other is not self and other.isVisible():
                other.close()
        if self.rooms is not None:
            self.rooms.leave()
            self._stack.removeWidget(self.rooms)
            self.rooms.hide()
            self.rooms.deleteLater()
        self.rooms = self.front = None
        self.setWindowTitle("Backstop")
        gc.collect()

    def _show_card(self, card: Front) -> None:
        tall = isinstance(card, FirstRunWizard)
        self.card = card
        self._put_in_front(Centred(self._preferences.theme(), card, self._foot(), tall=tall))
        card.take_focus()

    def _put_in_front(self, widget: QWidget) -> None:
        if self.front is not None and self.front is not self.rooms:
            self._stack.removeWidget(self.front)
            self.front.hide()
            self.front.deleteLater()
        self.front = widget
        self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)

    def _redress(self) -> None:
        """The rooms do it themselves."""
        if self.rooms is not None or self.card is None:
            return
        dress(running(), self._preferences.theme())
        match self.card:
            case SignIn(user=user):
                self.show_sign_in(user.text)
            case RecoveryCard(user=user):
                self.show_recovery(user.text)
            case FirstRunWizard():
                self.show_first_run()

    def _foot(self) -> str:
        """As long as no clinician has put their name to the rules, before and after signing in."""
        return "" if self._content.pathway.approved_by else unapproved_words()

    def _tell_at_sign_in(self, session: Session, window: Window) -> None:
        if not self._content.pathway.approved_by:
            window.errors.show_words(*unapproved_strip())
        unfinished = session.unfinished_removals()
        if unfinished:
            window.errors.show_words(
                self.tr("A removal was cut short: {names}.").format(names=", ".join(unfinished)),
                self.tr("They can't sign in, but the key that they knew is still the store's."),
                self.tr("An administrator finishes it under Settings, Accounts: remove them again."),
            )

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.session is not None and self.rooms is not None:
            self._leave(self.session, self.rooms)
        elif self.session is not None:
            self._put_form_away()
            self._take_apart()
        super().closeEvent(event)

    def _put_form_away(self) -> None:
        """A press that a screen reader has begun is let go of a moment later: the store would be closed by then."""
        if self.form is not None:
            self._stack.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = self.front = None

    def _leave(self, session: Session, window: Window) -> None:
        """Closing is leaving too: what was typed is there again at the next sign-in."""
        with suppress(RecordError):
            session.leave("signed out", place_in(window), at=self._entrance.now())
        self._take_apart()


def forget_copied(clipboard: QClipboard) -> None:
    """On X11 what was only selected is a middle click away, and outlives the field that it was selected in."""
    clipboard.clear()
    if clipboard.supportsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
