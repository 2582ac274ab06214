"""What stands above the room for a while: the tour, its offer on a first start, or that this version is new here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QTimer

from desktop import __version__
from desktop.ui.action import Action
from desktop.ui.let_go import let_go
from desktop.ui.manual_links import open_manual
from desktop.ui.notice_strip import NoticeStrip
from desktop.ui.outline import Outline
from desktop.ui.tour import steps
from desktop.ui.translation import translate

if TYPE_CHECKING:
    from desktop.ui.window import Window

Notice = Literal["", "offer", "new", "tour"]


class Notices(QObject):
    """Kept while panels are made anew: `now` is what is told, `step` how far the tour is."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window, self.step = window, 0
        self.now: Notice = self._first()

    def show_on(self, strip: NoticeStrip, outline: Outline) -> None:
        self.strip, self.outline = strip, outline
        strip.left.connect(self.put_away)
        match self.now:
            case "offer":
                self._offer()
            case "new":
                self._tell_new()
            case "tour":
                QTimer.singleShot(0, strip, self._show_step)

    def follow(self, room: str) -> None:
        """An offer stands in Today and nowhere else: it must not take room from a patient's questions."""
        if self.now in ("offer", "new"):
            self.strip.setVisible(room == "today")

    def begin(self) -> None:
        """The focus goes to Next, so that Enter leads through it; Escape ends it."""
        self.now = "tour"
        self._go(0)

    def put_away(self) -> None:
        """And not told again on this computer."""
        had_focus = self.strip.isAncestorOf(self._window.focusWidget() or self._window)
        self.now = ""
        self._window.preferences.know(toured=True, version=__version__)
        let_go(self.strip)
        self.strip.hide()
        self.outline.hide()
        if had_focus:
            self._window.rooms.panel(self._window.rooms.current).enter()

    def _first(self) -> Notice:
        """On a workstation that remembers nothing (a test, a picture) nothing is told."""
        held = self._window.preferences
        if not held.remembers:
            return ""
        if not held.now.toured:
            return "offer"
        return "new" if held.now.version != __version__ else ""

    def _offer(self) -> None:
        words = self.tr("New here? A tour of the window takes a minute. Ctrl+K, “tour”, brings it back at any time.")
        self.strip.say(words, ((self.tr("Start the tour"), self.begin), (self.tr("Not now"), self.put_away)))

    def _tell_new(self) -> None:
        words = self.tr("Backstop {version} is new on this computer.").format(version=__version__)
        self.strip.say(words, ((self.tr("What is new"), self._read_new), (self.tr("Put away"), self.put_away)))

    def _read_new(self) -> None:
        self.put_away()
        open_manual(self._window, "docs/new")

    def _go(self, step: int) -> None:
        if not 0 <= step < len(steps()):
            self.put_away()
            return
        self.step = step
        self._open(steps()[step].room)
        self._show_step()
        self.strip.take_focus()

    def _open(self, room: str) -> None:
        """Among invented patients a consultation is opened for it; a real one never is."""
        window = self._window
        drafts = window.clinic.drafts() if window.clinic.demo else ()
        if room == "consultation" and window.model is None and drafts:
            window.open_encounter(drafts[0].encounter_uid)
        window.show_room(room)

    def _show_step(self) -> None:
        told, of = steps()[self.step], len(steps())
        words = self.tr("{number} of {of}. {words}").format(number=self.step + 1, of=of, words=told.words)
        last = self.step + 1 == of
        onward = self.tr("Done") if last else self.tr("Next")
        choices = [(onward, lambda: self._go(self.step + 1))]
        if self.step:
            choices.append((self.tr("Back"), lambda: self._go(self.step - 1)))
        if not last:
            choices.append((self.tr("End the tour"), self.put_away))
        self.strip.say(words, choices)
        QTimer.singleShot(0, self.outline, lambda: self.outline.go_round(told.target(self._window)))


def tour_action(window: Window) -> Iterator[Action]:
    words = translate("Notices", "Take the tour of the window: one minute")
    yield Action("tour", words, window.notices.begin, group=translate("WindowActions", "Find and help"))
