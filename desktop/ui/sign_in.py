"""Signing in, also after the screen was locked. The password is stretched away from the window's thread."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.record.errors import RecordError
from desktop.record.session import Entrance
from desktop.ui.announce import announce
from desktop.ui.button import Button
from desktop.ui.entry import Entry
from desktop.ui.front_card import FrontCard
from desktop.ui.label import Label
from desktop.ui.refusal import Refusal
from desktop.ui.slowly import Slowly
from desktop.ui.text_link import TextLink
from desktop.ui.theme import Theme

SECOND = 1000


class SignIn(FrontCard):
    """Signals: unlocked (what the password opened), kit_asked (the user name typed so far).

    `locked` is the name of whoever locked the screen; somebody else may sign in all the same. `says`: why to sign in.
    """

    unlocked = Signal(object)
    kit_asked = Signal(str)

    def __init__(self, theme: Theme, entrance: Entrance, *, user: str = "", locked: str = "", says: str = "") -> None:
        super().__init__(theme)
        self.head(self.tr("Locked") if locked else self.tr("Sign in"), says or self._words(locked))
        self._entrance = entrance
        self._slowly = Slowly(self)
        self._slowly.done.connect(self._hand_over)
        self._slowly.failed.connect(self.show_error)
        self.user = Entry(theme, self.tr("User name"))
        self.password = Entry(theme, self.tr("Password"), hidden=True)
        self.refusal = Refusal(theme)
        self.go_back = Button(theme, self.tr("Go back to the previous key file"), small=True)
        self._verb = self.tr("Unlock") if locked else self.tr("Sign in")
        self.enter = Button(theme, self._verb, primary=True)
        self.kit = TextLink(theme, self.tr("I have lost my password"))
        self._wait = Label(theme, "", "note", colour=theme.muted, wrap=True)
        self._clock = QTimer(self, interval=SECOND)
        self.user.field.setText(user)
        self._connect()
        self._lay_out()

    def take_focus(self) -> None:
        entry = self.password if self.user.text else self.user
        entry.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def try_now(self) -> None:
        user, password = self.user.text.strip().lower(), self.password.text
        self.user.show_wrong("" if user else self.tr("Type the user name that the administrator gave you."))
        self.password.show_wrong("" if password else self.tr("Type your password."))
        if not user or not password:
            (self.password if user else self.user).field.setFocus()
        elif not self._slowly.busy:
            self.refusal.hide()
            self.enter.show_words(self.tr("Opening the store…"))
            self._slowly.start(lambda: self._entrance.try_password(user, password))

    def show_error(self, error: RecordError) -> None:
        """What was typed as a password is taken away; the name stays."""
        self._ready_again()
        self.refusal.show_error(error)
        self.go_back.setVisible(error.mended_by_previous_keys)
        self.password.field.setFocus()
        self._count_down()

    def _hand_over(self, unlocked: object) -> None:
        self._ready_again()
        self.unlocked.emit(unlocked)

    def _ready_again(self) -> None:
        with QSignalBlocker(self.password.field):
            self.password.field.clear()
        self.password.show_hint("")
        self.enter.show_words(self._verb)

    def _count_down(self) -> None:
        left = self._entrance.wait(self.user.text.strip().lower())
        if left > timedelta(0):
            seconds = -int(-left.total_seconds() // 1)
            self._wait.show_text(self.tr("The next try is possible in %n second(s).", "", seconds))
            if not self._clock.isActive():  # told once, not every second
                announce(self, self._wait.text())
            self._clock.start()
        else:
            self._wait.show_text("")
            self._clock.stop()

    def _put_back_keys(self) -> None:
        try:
            self._entrance.go_back_to_previous_keys()
        except RecordError as error:
            self.show_error(error)
        else:
            self.go_back.hide()
            self.refusal.show_words(
                self.tr("The previous key file is in its place again."),
                self.tr("The one that could not be used is kept beside it, as keys.json.damaged."),
                self.tr("Sign in with the password you had then."),
            )

    def _show_capitals(self, on: bool) -> None:
        self.password.show_hint(self.tr("Caps Lock seems to be on.") if on else "")

    def _words(self, locked: str) -> str:
        if not locked:
            return ""
        return self.tr(
            "{name} is away. Everything answered is saved, and what was being typed waits in the encrypted records. "
            "Somebody else may sign in with another name."
        ).format(name=locked)

    def _connect(self) -> None:
        self.enter.clicked.connect(self.try_now)
        self.user.field.returnPressed.connect(self.try_now)
        self.password.field.returnPressed.connect(self.try_now)
        self.password.field.capitals.connect(self._show_capitals)
        self.go_back.clicked.connect(self._put_back_keys)
        self.kit.clicked.connect(lambda: self.kit_asked.emit(self.user.text.strip().lower()))
        self._clock.timeout.connect(self._count_down)

    def _lay_out(self) -> None:
        for part in (self.user, self.password, self._wait, self.refusal, self.go_back):
            self.lines.addWidget(part)
        self._wait.hide()
        self.go_back.hide()
        foot = QHBoxLayout()
        foot.addWidget(self.kit)
        foot.addStretch()
        foot.addWidget(self.enter)
        self.lines.addLayout(foot)
        order: list[QWidget] = [self.user.field, self.password.field, self.enter, self.kit]
        for one, other in pairwise(order):
            QWidget.setTabOrder(one, other)
