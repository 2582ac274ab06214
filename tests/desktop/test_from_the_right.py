"""In a language that is written from the right, what is painted stands on the other side as well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from db.errors import DiskFull
from desktop.clinical.assessment import assess
from desktop.clinical.checklist import Person
from desktop.clinical.content import Content
from desktop.clinical.levels import SIDES
from desktop.clinical.rules import Urgency
from desktop.record.encounter import Patient
from desktop.ui.answer_row import AnswerRow
from desktop.ui.chip import Chip
from desktop.ui.error_strip import ErrorStrip
from desktop.ui.examination_grid import ExaminationGrid
from desktop.ui.flag_card import FlagCard
from desktop.ui.headline import Headline
from desktop.ui.run_steps import RunSteps
from desktop.ui.signed_row import SignedRow
from desktop.ui.style import dress
from desktop.ui.theme import Theme, load_theme
from desktop.ui.urgency_banner import UrgencyBanner
from desktop.ui.window import Window

NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)


@pytest.fixture
def from_the_right(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def answer_row(theme: Theme, content: Content) -> QWidget:
    return AnswerRow(theme, content.items["acutely_ill"], lambda: date(2026, 11, 23))


def flag_card(theme: Theme, content: Content) -> QWidget:
    answers = {"cancer_history": True, "limb_weakness": "new"}
    flag = assess(content, Person(61, "female"), answers, NOW).open_flags[0]
    return FlagCard(theme, flag, (), is_open=True, today=NOW.date())


def banner(theme: Theme, content: Content) -> QWidget:
    shown = UrgencyBanner(theme)
    shown.show_headline(Headline(Urgency.emergency, "Emergency", "Phone", "Because"))
    return shown


def error_strip(theme: Theme, content: Content) -> QWidget:
    strip = ErrorStrip(theme)
    strip.show_error(DiskFull(Path("backstop.db")))
    return strip


def signed_row(theme: Theme, content: Content) -> QWidget:
    return SignedRow(theme, "Suspected metastatic cord compression", "Accepted", mark=Urgency.emergency)


def steps(theme: Theme, content: Content) -> QWidget:
    return RunSteps(theme, ["Practice", "Pathway", "You"])


def chip(theme: Theme, content: Content) -> QWidget:
    return Chip(theme, "Emergency", mark=Urgency.emergency)


PARTS: dict[Callable[[Theme, Content], QWidget], int] = {
    answer_row: 38,
    flag_card: 30,
    banner: 48,
    error_strip: 40,
    signed_row: 36,
    steps: 28,
    chip: 26,
}
"""How many pixels from the side the mark or edge takes."""


@pytest.mark.parametrize("make", PARTS)
def test_mark_and_edge_stand_on_the_other_side(
    qtbot: QtBot, qapp: QApplication, content: Content, make: Callable[[Theme, Content], QWidget]
) -> None:
    dress(qapp, load_theme())  # another test may have left the program dark, where a dark mark is no other grey
    wide = PARTS[make]
    from_left = picture(qtbot, make(load_theme(), content))
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        from_right = picture(qtbot, make(load_theme(), content)).flipped(Qt.Orientation.Horizontal)
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    as_it_was = from_left.flipped(Qt.Orientation.Horizontal)
    assert likeness(from_left, from_right, wide) > 0.75 > likeness(from_left, as_it_was, wide)


def test_the_patients_right_stays_where_it_is_on_the_figure(
    from_the_right: None, make_window: Callable[..., Window], patient: Patient
) -> None:
    """Qt would turn the columns round with the window; a body has its sides in every language."""
    window = make_window()
    window.begin(patient.uid)
    window.consultation.go_to("power_ankle_dorsiflexion_left")
    QApplication.processEvents()
    grid = window.findChildren(ExaminationGrid)[0]
    places = [grid.visualRect(grid.cells.place_of(f"power_ankle_dorsiflexion_{side}")).x() for side in SIDES]
    assert SIDES == ("right", "left")
    assert places == sorted(places)


def picture(qtbot: QtBot, widget: QWidget) -> QImage:
    qtbot.addWidget(widget)
    if not isinstance(widget, Chip):
        widget.resize(620, max(widget.sizeHint().height(), widget.heightForWidth(620)))
    widget.show()
    QApplication.processEvents()
    return widget.grab().toImage()


def likeness(one: QImage, other: QImage, wide: int) -> float:
    """The share of inked pixels beside the left edge that the other picture has too."""
    places = [(x, y) for x in range(3, wide) for y in range(6, min(one.height(), other.height()) - 6)]
    ((ground, _),) = Counter(one.pixel(*place) for place in places).most_common(1)
    inked = [place for place in places if one.pixel(*place) != ground or other.pixel(*place) != ground]
    same = [place for place in inked if abs(grey(one, place) - grey(other, place)) < 60]
    return len(same) / max(len(inked), 1)


def grey(image: QImage, place: tuple[int, int]) -> int:
    return image.pixelColor(*place).lightness()
