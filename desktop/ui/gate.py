"""The one window on the screen: setting up or signing in first, then the rooms; and the way back when it is locked.

Locking takes the rooms apart: nothing of a patient stays in a widget, a title or the clipboard, the store is closed
and its key let go of. What was typed and not yet recorded waits in the encrypted store.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget

from desktop.record.errors import RecordError
from desktop.record.session import Entrance, Session, Unlocked
from desktop.ui.front_card import Centred
from desktop.ui.idle import Idle
from desktop.ui.place import go_to_place, place_in
from desktop.ui.preferences import Preferences
from desktop.ui.recovery_card import RecoveryCard
from desktop.ui.sign_in import SignIn
from desktop.ui.style import dress

if TYPE_CHECKING:
    from desktop.ui.window import Window

Front = SignIn | RecoveryCard


class Gate(QWidget):
    """Signals: admitted, locked. `make_window` builds the rooms for a session; `foot` stands below the sign-in."""

    admitted = Signal()
    locked = Signal()

    def __init__(
        self,
        entrance: Entrance,
        preferences: Preferences,
        make_window: Callable[[Session], Window],
        *,
        foot: str = "",
    ) -> None:
        super().__init__()
        self._entrance, self._preferences, self._make_window, self._foot = entrance, preferences, make_window, foot
        self.session: Session | None = None
        self.window: Window | None = None  # type: ignore[assignment]
        self.front: QWidget | None = None
        self._away = ""
        self.idle = Idle(self)
        self.idle.idled.connect(self.lock)
        self._stack = QStackedLayout(self)
        QShortcut(QKeySequence("Ctrl+L"), self).activated.connect(self.lock)
        preferences.changed.connect(self._redress)
        self.setMinimumSize(QSize(640, 480))
        self.resize(1366, 768)
        self.setWindowTitle("Backstop")

    def show_sign_in(self, user: str = "") -> None:
        card = SignIn(self._preferences.theme(), self._entrance, user=user, locked=self._away)
        card.unlocked.connect(self.enter)
        card.kit_asked.connect(self.show_recovery)
        self._show_card(card)

    def show_recovery(self, user: str = "") -> None:
        card = RecoveryCard(self._preferences.theme(), self._entrance, user=user)
        card.unlocked.connect(self.enter)
        card.left.connect(lambda: self.show_sign_in(user))
        self._show_card(card)

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
        self.session, self._away = session, ""
        self.window = window = self._make_window(session)
        window.windowTitleChanged.connect(self.setWindowTitle)
        self._put_in_front(window)
        self.setWindowTitle(window.windowTitle())
        go_to_place(window, session.take_place())
        self.idle.start(window.clinic.practice.now.lock_minutes)
        self._tell_unfinished(session, window)
        self.admitted.emit()

    def lock(self) -> None:
        """Whatever else fails, the screen is blanked."""
        if self.session is None or self.window is None:
            return
        session, name, user = self.session, self.session.account.name, self.session.user
        error = self._keep_place(session, self.window)
        self._take_apart()
        self._away = name or user
        self.show_sign_in(user)
        if error and isinstance(self.card, SignIn):
            self.card.show_error(error)
        self.locked.emit()

    def come_forward(self) -> None:
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def _keep_place(self, session: Session, window: Window) -> RecordError | None:
        try:
            session.leave("locked", place_in(window), at=self._entrance.now())
        except RecordError as error:
            return error
        return None

    def _take_apart(self) -> None:
        self.idle.stop()
        QApplication.clipboard().clear()
        for other in QApplication.topLevelWidgets():
            if other is not self and other.isVisible():
                other.close()
        if self.window is not None:
            self._stack.removeWidget(self.window)
            self.window.hide()
            self.window.deleteLater()
        if self.session is not None:
            self.session.close()
        self.window, self.session = None, None  # type: ignore[assignment]
        self.setWindowTitle("Backstop")
        gc.collect()

    def _show_card(self, card: Front) -> None:
        self.card = card
        self._put_in_front(Centred(self._preferences.theme(), self.windowTitle(), card, self._foot))
        card.take_focus()

    def _put_in_front(self, widget: QWidget) -> None:
        if self.front is not None and self.front is not self.window:
            self._stack.removeWidget(self.front)
            self.front.hide()
            self.front.deleteLater()
        self.front = widget
        self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)

    def _redress(self) -> None:
        """The rooms do it themselves."""
        if self.window is None and isinstance(self.card, SignIn | RecoveryCard):
            application = QApplication.instance()
            assert isinstance(application, QApplication)
            dress(application, self._preferences.theme())
            show = self.show_sign_in if isinstance(self.card, SignIn) else self.show_recovery
            show(self.card.user.text)

    def _tell_unfinished(self, session: Session, window: Window) -> None:
        unfinished = session.unfinished_removals()
        if unfinished:
            window.errors.show_words(
                self.tr("A removal was cut short: {names}.").format(names=", ".join(unfinished)),
                self.tr("They can't sign in, but the key that they knew is still the store's."),
                self.tr("An administrator finishes it under Settings, Accounts: remove them again."),
            )

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.session is not None and self.window is not None:
            self._leave(self.session, self.window)
        super().closeEvent(event)

    def _leave(self, session: Session, window: Window) -> None:
        """Closing is leaving too: what was typed is there again at the next sign-in."""
        try:
            session.leave("signed out", place_in(window), at=self._entrance.now())
        except RecordError:
            pass
        self._take_apart()
