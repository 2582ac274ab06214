"""Setting Backstop up on a computer that has no store yet: short pages, and nothing on the disk before the last."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.clinical.content import Content
from desktop.record.errors import RecordError
from desktop.record.first_run import STEPS, FirstRun, Step
from desktop.record.session import Entrance
from desktop.ui.announce import announce
from desktop.ui.brand import Brand
from desktop.ui.busy import busy
from desktop.ui.button import Button
from desktop.ui.column import Column
from desktop.ui.drawing import draw_frame, painter_on
from desktop.ui.label import Label
from desktop.ui.let_go import let_go
from desktop.ui.refusal import Refusal
from desktop.ui.run_contacts import ContactsPage
from desktop.ui.run_page import BackupsPage, PracticePage, ReadyPage, RecoveryPage, RunPage, YouPage
from desktop.ui.run_pathway import PathwayPage
from desktop.ui.run_steps import RunSteps
from desktop.ui.sides import mirrored, set_margins
from desktop.ui.theme import Theme

WIDE, STEPS_FROM = 1120, 860
Kit = Callable[[str, str], bytes]


class FirstRunWizard(QWidget):
    """Signals: finished (the session). `kit` makes the page of a recovery code for a practice."""

    finished = Signal(object)

    def __init__(
        self, theme: Theme, run: FirstRun, entrance: Entrance, kit: Kit, content: Content, step: Step = STEPS[0]
    ) -> None:
        super().__init__()
        self.theme, self.run, self._entrance, self._kit, self._content = theme, run, entrance, kit, content
        self.step: Step = step
        self.page: RunPage | None = None
        self.steps = RunSteps(theme, self._step_words())
        self._place = Label(theme, "", "note", colour=theme.muted)
        self._title = Label(theme, "", "h1", weight=600, wrap=True)
        self._says = Label(theme, "", "note", colour=theme.muted, wrap=True)
        self.refusal = Refusal(theme)
        self.column = Column(theme, self.tr("Setting up"))
        self.column.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.back = Button(theme, self.tr("Back"))
        self.next = Button(theme, self.tr("Next"), primary=True)
        self.back.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        self._lay_out()
        self.show_step(step)

    def go_on(self) -> None:
        assert self.page is not None
        found = self.run.mistakes(self.step)
        self.page.show_mistakes(found)
        if found:
            QTimer.singleShot(50, self, self._show_message)
            return
        if self.step == STEPS[-1]:
            self._finish()
        else:
            self.show_step(STEPS[STEPS.index(self.step) + 1])

    def _show_message(self) -> None:
        """What is wrong stands below the field, and must be in sight where text is large."""
        field = self.column.focusWidget()
        if field is not None:
            self.column.ensureWidgetVisible(field.parentWidget() or field, 0, 0)

    def go_back(self) -> None:
        self.show_step(STEPS[max(STEPS.index(self.step) - 1, 0)])

    def show_step(self, step: Step) -> None:
        self.step, number = step, STEPS.index(step)
        title, says = self._heads()[step]
        self._place.setText(self.tr("Step {number} of {of}").format(number=number + 1, of=len(STEPS)))
        self._title.setText(title)
        self._says.show_text(says)
        self.steps.show_step(number)
        self.back.setVisible(number > 0)
        self.next.show_words(self.tr("Set up Backstop") if step == STEPS[-1] else self.tr("Next"))
        self._show_page(self._make_page(step))
        told = (self._place.text(), title, says, self.page.read_out() if self.page is not None else "")
        announce(self, ". ".join(part.rstrip(".") for part in told if part))

    def take_focus(self) -> None:
        if self.page is not None:
            self.page.take_focus()

    def _show_page(self, page: RunPage) -> None:
        if self.page is not None:
            let_go(self.page)
            self.page.hide()
            self.page.deleteLater()
        self.page = page
        page.went_on.connect(self.go_on)
        self.column.add(page)
        page.show()
        for one, other in pairwise([*page.in_order(), self.next, self.back]):
            QWidget.setTabOrder(one, other)
        self.refusal.hide()
        self.column.verticalScrollBar().setValue(0)
        self.take_focus()
        if self.step == STEPS[-1]:
            self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def _finish(self) -> None:
        self.next.show_words(self.tr("Setting up…"))
        with busy():
            try:
                session = self.run.finish(self._entrance)
            except RecordError as error:
                self.refusal.show_error(error)
                self.next.show_words(self.tr("Set up Backstop"))
            else:
                self.finished.emit(session)

    def _make_page(self, step: Step) -> RunPage:
        theme, run = self.theme, self.run
        if step == "recovery":
            return RecoveryPage(theme, run, self._kit)
        if step == "pathway":
            return PathwayPage(theme, run, self._content)
        if step == "contacts":
            return ContactsPage(theme, run, self._content)
        simple = {"practice": PracticePage, "you": YouPage, "backups": BackupsPage, "ready": ReadyPage}
        return simple[step](theme, run)

    def _step_words(self) -> list[str]:
        return [
            self.tr("Practice"),
            self.tr("Pathway"),
            self.tr("You"),
            self.tr("Recovery kit"),
            self.tr("Who to call"),
            self.tr("Backups"),
            self.tr("Ready"),
        ]

    def _heads(self) -> dict[str, tuple[str, str]]:
        return {
            "practice": (self.tr("Your practice"), self.tr("It stands on letters and patient sheets.")),
            "pathway": (
                self.tr("The pathway"),
                self.tr("Whose guidelines decide urgency and limits. Limits of a week and more end on a working day."),
            ),
            "contacts": (
                self.tr("Who to call"),
                self.tr(
                    "A plan that says “phone the MSCC coordinator” needs a number. You can leave one empty: Backstop "
                    "says so wherever it is needed."
                ),
            ),
            "you": (
                self.tr("You and your password"),
                self.tr(
                    "You are the first clinician and the administrator. The password opens the encrypted records; "
                    "nobody can look it up."
                ),
            ),
            "recovery": (
                self.tr("Recovery kit"),
                self.tr(
                    "A code on paper that opens the records when a password is lost. Print it or copy it by hand, then "
                    "type it back once, so that it is certain that it can be read."
                ),
            ),
            "backups": (
                self.tr("Backups"),
                self.tr(
                    "Encrypted backups are made beside the records by themselves. A second folder on another disk or a "
                    "stick survives a broken computer. You can leave it empty and choose one later."
                ),
            ),
            "ready": (
                self.tr("Ready"),
                self.tr("Nothing has been written so far. The records are set up now, on this computer only."),
            ),
        }

    def _lay_out(self) -> None:
        theme = self.theme
        self._head = QWidget()
        head = QVBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, theme.px(6))
        head.setSpacing(theme.px(2))
        for label in (self._place, self._title, self._says):
            head.addWidget(label)
        self.column.add(self._head)
        self.column.follow_focus()
        foot = QHBoxLayout()
        foot.addWidget(self.back)
        foot.addStretch()
        foot.addWidget(self.next)
        right = QVBoxLayout()
        set_margins(right, theme.px(30), theme.px(26), theme.px(26), theme.px(18))
        right.setSpacing(theme.px(14))
        right.addWidget(self.column, 1)
        right.addWidget(self.refusal)
        right.addLayout(foot)
        left = QVBoxLayout()
        set_margins(left, theme.px(24), theme.px(26), theme.px(12), theme.px(18))
        left.setSpacing(theme.px(24))
        left.addWidget(Brand(theme))
        left.addWidget(self.steps)
        left.addStretch()
        self.side = QWidget()
        self.side.setLayout(left)
        self.side.setFixedWidth(theme.px(252))
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.side)
        across.addLayout(right, 1)
        self.setMaximumSize(theme.px(WIDE), theme.px(652))

    def resizeEvent(self, event: object) -> None:
        """Without the list of steps where there is no room; the line above the title still counts them."""
        self.side.setVisible(self.width() >= self.theme.px(STEPS_FROM))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = painter_on(self), self.theme
        draw_frame(painter, QRectF(self.rect()), theme.px(8), fill=theme.surface, border=theme.border)
        if self.side.isVisible():
            side = mirrored(self, QRectF(0, 0, self.side.width(), self.height()))
            painter.save()
            painter.setClipRect(side)
            draw_frame(painter, QRectF(self.rect()), theme.px(8), fill=theme.window, border=theme.border)
            painter.restore()
            painter.fillRect(mirrored(self, QRectF(self.side.width(), 1, 1, self.height() - 2)), theme.border)
