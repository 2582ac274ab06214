"""The line above a page: back and forward, where one is, what can be done with the page, and for whom it is written."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.button import Button
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.theme import Theme
from desktop.ui.view_button import ViewButton


class LibraryHead(QWidget):
    """Signals: back, forward, contents, copy, printed, pdf, audience (clinicians or patients)."""

    back = Signal()
    forward = Signal()
    contents = Signal()
    copy = Signal()
    printed = Signal()
    pdf = Signal()
    audience = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.back_button = Button(theme, "←", name=self.tr("Back to the page before (Alt+Left)"), small=True)
        self.forward_button = Button(theme, "→", name=self.tr("Forward (Alt+Right)"), small=True)
        self.contents_button = Button(theme, self.tr("Contents"), small=True)
        self.copy_button = Button(theme, self.tr("Copy"), name=self.tr("Copy the page as text"), small=True)
        self.print_button = Button(theme, self.tr("Print"), name=self.tr("Print the page (Ctrl+P)"), small=True)
        pdf = self.tr("Save the page as PDF (Ctrl+S)")
        self.pdf_button = Button(theme, self.tr("Save as PDF…"), name=pdf, small=True)
        self.views = {
            "clinicians": ViewButton(theme, self.tr("For clinicians"), self.tr("Library")),
            "patients": ViewButton(theme, self.tr("For patients"), self.tr("Library")),
        }
        self._connect()
        layout = FlowLayout(self, gap=theme.px(8), line_gap=theme.px(6))
        ways = (self.back_button, self.forward_button, self.contents_button)
        for widget in (*ways, self.copy_button, self.print_button, self.pdf_button, *self.views.values()):
            layout.addWidget(widget)

    def show_place(self, *, back: bool, forward: bool, audience: str, other: bool, page: bool) -> None:
        """`other`: the page is written for the other audience too; `page`: it is a page and not a rule."""
        self.back_button.setEnabled(back)
        self.forward_button.setEnabled(forward)
        for name, button in self.views.items():
            button.setVisible(page and (other or name == audience))
            button.setChecked(name == audience)

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.back)
        self.forward_button.clicked.connect(self.forward)
        self.contents_button.clicked.connect(self.contents)
        self.copy_button.clicked.connect(self.copy)
        self.print_button.clicked.connect(self.printed)
        self.pdf_button.clicked.connect(self.pdf)
        for name, view in self.views.items():
            view.clicked.connect(lambda _=False, name=name: self.audience.emit(name))
        for button in (self.back_button, self.forward_button, self.copy_button, self.pdf_button):
            button.setToolTip(button.accessibleName())
