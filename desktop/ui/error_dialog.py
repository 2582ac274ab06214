"""What is shown when something went wrong that nobody caught: what is safe, and a report to copy."""

from __future__ import annotations

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QVBoxLayout

from desktop import __version__
from desktop.build_mark import machine, this_build
from desktop.ui.button import Button
from desktop.ui.error_card import ErrorCard
from desktop.ui.style import current_theme
from desktop.ui.told import Told
from desktop.ui.translation import translate

WIDTH = 560


class ErrorDialog(QDialog):
    """`places` are the kind of the error and where in the code it went by: nothing of what was being worked on. `said`
    is what the store told, where it was the store.
    """

    def __init__(self, places: str, said: Told | None = None) -> None:
        super().__init__()
        theme = current_theme()
        self.setWindowTitle("Backstop")
        first, *_ = lines = places.splitlines()
        self.card = ErrorCard(
            theme,
            **(said or _unknown())._asdict(),
            details=(*about_this_copy(), *lines),
            shown=(translate("Errors", "For a report: {kind}").format(kind=first),),
        )
        go_on = Button(theme, translate("Errors", "Go on"), primary=True)
        go_on.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.px(14),) * 4)
        layout.setSpacing(theme.px(12))
        layout.addWidget(self.card)
        layout.addWidget(go_on, 0, Qt.AlignmentFlag.AlignRight)
        self.setFixedSize(theme.px(WIDTH), layout.totalHeightForWidth(theme.px(WIDTH)))
        go_on.setFocus()


def _unknown() -> Told:
    return Told(
        translate("Errors", "Something went wrong in Backstop"),
        translate("Errors", "Every answer that was shown as given is saved. Nothing has been sent anywhere."),
        translate(
            "Errors",
            "You can go on. If it happens again, close Backstop and open it again: "
            "the consultation resumes where it was.",
        ),
    )


def about_this_copy() -> tuple[str, str]:
    """The same for every patient: it may leave the practice."""
    build = this_build().words
    return f"Backstop {__version__}{f' ({build})' if build else ''}", f"{machine()}, Qt {qVersion()}"
