"""What the design promises, measured on the window itself: contrast, sizes, places, and one of a kind."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.clinical.rules import Urgency
from desktop.record.encounter import Patient
from desktop.ui import preferences
from desktop.ui.answer_button import AnswerButton
from desktop.ui.button import Button
from desktop.ui.check_box import CheckBox
from desktop.ui.combo_box import ComboBox
from desktop.ui.question_chip import QuestionChip
from desktop.ui.style import dress
from desktop.ui.theme import Theme, ThemeName, load_theme
from desktop.ui.urgency_banner import UrgencyBanner
from desktop.ui.window import Window

UI = Path(__file__).resolve().parents[2] / "desktop/ui"
EMERGENCY = {"cancer_history": True, "limb_weakness": "new"}


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


@pytest.fixture
def emergency(make_window: Callable[..., Window], patient: Patient) -> Callable[..., Window]:
    def make(**how: object) -> Window:
        window = make_window(**how)
        window.begin(patient.uid)
        assert window.model is not None
        for item, answer in EMERGENCY.items():
            window.model.answer(item, answer)
        settle()
        return window

    return make


def luminance(colour: QColor) -> float:
    channels = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in colour.getRgbF())
    red, green, blue, _ = channels
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_words_stand_out_as_they_are_rendered(emergency: Callable[..., Window], theme: str) -> None:
    """The ground is the most frequent colour behind a label, the ink the one farthest from it."""
    window = emergency(theme=load_theme(theme))
    picture = window.grab().toImage()
    labels = [label for label in window.findChildren(QLabel) if label.text().strip() and is_seen(window, label)]
    found = {label.text(): rendered_contrast(window, picture, label) for label in labels}
    assert len(found) > 20
    assert {words: round(value, 2) for words, value in found.items() if value < 4.5} == {}


def test_the_measure_of_contrast_finds_what_is_faint(make_window: Callable[..., Window]) -> None:
    window = make_window()
    label = QLabel("faint", window)
    label.setStyleSheet("color: #cccccc")
    label.setGeometry(500, 640, 200, 40)
    label.show()
    settle()
    assert rendered_contrast(window, window.grab().toImage(), label) < 4.5


@pytest.mark.parametrize("make", [lambda theme: CheckBox(theme, ""), ComboBox])
@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_a_box_that_is_not_ticked_stands_out(
    qtbot: QtBot, qapp: QApplication, name: ThemeName, make: Callable[[Theme], QWidget]
) -> None:
    """Fusion drew it in the dark so faintly that it was not there (WCAG 1.4.11: 3 to 1)."""
    theme = load_theme(name)
    dress(qapp, theme)
    box = make(theme)
    qtbot.addWidget(box)
    box.resize(160, 34)
    box.show()
    picture = box.grab().toImage()
    row = {picture.pixel(x, 17) for x in range(24)}
    assert max(contrast(theme.window, QColor.fromRgb(colour)) for colour in row) >= 3


def rendered_contrast(window: Window, picture: QImage, label: QLabel) -> float:
    place = QRect(label.mapTo(window, QPoint(0, 0)), label.size()).intersected(picture.rect())
    points = ((x, y) for x in range(place.left(), place.right()) for y in range(place.top(), place.bottom()))
    colours = Counter(picture.pixel(x, y) for x, y in points)
    ground = QColor.fromRgb(colours.most_common(1)[0][0])
    return max(contrast(ground, QColor.fromRgb(colour)) for colour in colours)


def is_seen(window: Window, widget: QWidget) -> bool:
    """Wholly in sight, not scrolled away in part."""
    return widget.isVisible() and widget.visibleRegion().boundingRect() == widget.rect()


@pytest.mark.parametrize(("scale", "size"), [(1.0, (1366, 768)), (2.0, (1366, 768)), (0.8, (1024, 768))])
def test_targets_are_large_enough(emergency: Callable[..., Window], scale: float, size: tuple[int, int]) -> None:
    window = emergency(theme=load_theme(scale=scale), size=size)
    small = {
        (type(button).__name__, button.text() or button.accessibleName()): (button.width(), button.height())
        for button in window.findChildren(QAbstractButton)
        if button.isVisible() and min(button.width(), button.height()) < 24
    }
    assert small == {}
    answers = [button for button in window.findChildren(AnswerButton) if button.isVisible()]
    assert answers
    assert min(button.height() for button in answers) >= min(32, 32 * scale) - 1


def test_yes_and_no_keep_their_place(emergency: Callable[..., Window]) -> None:
    window = emergency()
    rows = window.consultation.questions.page.rows.values()
    places: dict[str, set[int]] = {"yes": set(), "no": set()}
    for row in rows:
        buttons = list(row.buttons.values())[-2:]
        for name, button in zip(places, buttons, strict=True):
            places[name].add(button.mapTo(window, QPoint(0, 0)).x())
        assert buttons[1].x() - (buttons[0].x() + buttons[0].width()) >= 8
    assert {name: len(found) for name, found in places.items()} == {"yes": 1, "no": 1}


def test_one_of_a_kind(emergency: Callable[..., Window]) -> None:
    """One filled banner, at most one primary button, one chip with F2."""
    window = emergency()
    seen = [widget for widget in window.findChildren(QWidget) if widget.isVisible()]
    assert sum(isinstance(widget, UrgencyBanner) for widget in seen) == 1
    assert sum(isinstance(widget, Button) and widget._primary for widget in seen) <= 1
    assert sum(isinstance(widget, QuestionChip) and widget._key == "F2" for widget in seen) == 1


def test_blank_safety_screen_shows_every_row(make_window: Callable[..., Window], patient: Patient) -> None:
    window = make_window(size=(1366, 690))
    window.begin(patient.uid)
    settle()
    rows = list(window.consultation.questions.page.rows.values())
    assert [row.item.id for row in rows if not is_seen(window, row)] == []
    assert len(rows) == 13


def test_no_colour_in_a_style_sheet() -> None:
    assert [path.name for path in UI.glob("*.py") if "setStyleSheet" in path.read_text("utf-8")] == []


SYSTEMS = [("#000000", "#ffffff", "#1aebff", "#000000"), ("#ffffff", "#000000", "#37006e", "#ffffff")]


@pytest.mark.parametrize(("ground", "ink", "filled", "on_filled"), SYSTEMS)
def test_system_contrast_keeps_to_the_systems_own_colours(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, ground: str, ink: str, filled: str, on_filled: str
) -> None:
    palette = QPalette()
    roles = QPalette.ColorRole
    told = {roles.Window: ground, roles.WindowText: ink, roles.Highlight: filled, roles.HighlightedText: on_filled}
    for role, colour in told.items():
        palette.setColor(role, QColor(colour))
    monkeypatch.setattr(preferences, "system_palette", lambda: palette)
    asking = preferences.Preferences()
    monkeypatch.setattr(asking, "asks_for_contrast", lambda: True)
    theme = asking.theme()
    assert {colour.name() for colour in theme.colours.values()} <= {ground, ink, filled, on_filled}
    emergency = theme.severity(Urgency.emergency)
    assert (emergency.fill.name(), emergency.on.name()) == (filled, on_filled)
    assert contrast(theme.text, theme.surface) > 7
    assert contrast(theme.on_accent, theme.accent) > 7
    asking.change(theme="dark")
    assert asking.theme().name == "dark"


def test_no_window_brings_a_control_that_is_not_in_our_style() -> None:
    """Fusion's own bars have arrows, and its boxes are faint in the dark; a start has no style of its own for all."""
    plain = ("QCheckBox(", "QComboBox(", "QMenu(", "QScrollBar(")
    ours = {"check_box.py", "combo_box.py", "menu.py", "scroll_bar.py"}
    files = [file for file in UI.glob("*.py") if file.name not in ours]
    found = [f"{file.name}: {each}" for file in files for each in plain if each in file.read_text("utf-8")]
    assert found == []


def test_the_program_asks_for_fusion_whatever_the_system_has() -> None:
    """As on a computer whose own style is another: with no arguments, Qt takes that one."""
    ours = "from desktop.ui.application import make_application; print(make_application().style().name())"
    plain = "from PySide6.QtWidgets import QApplication; print(QApplication([]).style().name())"
    environment = {**os.environ, "QT_STYLE_OVERRIDE": "Windows"}

    def style(program: str) -> str:
        command = [sys.executable, "-c", program]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()

    assert (style(ours), style(plain)) == ("fusion", "windows")
