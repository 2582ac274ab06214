"""A mark that was drawn before is copied, and looks as if it were drawn anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from desktop.clinical.rules import Urgency
from desktop.ui import marks, stamp
from desktop.ui.theme import ThemeName, load_theme

PLACES = [(4.0, 4.0), (4.5, 4.5), (3.25, 5.0)]


def drawn(draw: Callable[[QPainter], None], ratio: float = 1.0) -> QImage:
    picture = QImage(round(40 * ratio), round(40 * ratio), QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.gray)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw(painter)
    painter.end()
    return picture


def apart(one: QImage, other: QImage) -> int:
    """The largest difference of a dot in one of its colours."""
    pairs = zip(bytes(one.constBits()), bytes(other.constBits()), strict=True)
    return max(abs(a - b) for a, b in pairs)


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("urgency", list(Urgency))
def test_a_copy_is_the_mark_itself(qtbot: QtBot, name: ThemeName, place: tuple[float, float], urgency: Urgency) -> None:
    theme, rect = load_theme(name), QRectF(*place, 20, 20)

    def itself(painter: QPainter) -> None:
        marks._urgency(painter, rect, urgency, theme, undecided=False, on=None)

    for _ in range(2):
        copy = drawn(lambda painter: marks.draw_urgency(painter, rect, urgency, theme))
        # Where an edge is smoothed, by a few of 256 levels.
        assert apart(copy, drawn(itself)) < 40


def test_another_theme_or_mark_is_another_picture(qtbot: QtBot) -> None:
    """The twin: a copy of the wrong one would be seen."""
    rect = QRectF(4, 4, 20, 20)
    light, dark = (
        [
            drawn(lambda painter, mark=mark, theme=theme: marks.draw_answer(painter, rect, mark, theme))
            for mark in ("yes", "no", "unsure", "refused")
        ]
        for theme in map(load_theme, ("light", "dark"))
    )
    for made in (light, dark):
        assert min(apart(one, other) for place, one in enumerate(made) for other in made[:place]) > 60
    assert all(one != other for one, other in zip(light, dark, strict=True))


def test_between_the_pixels_it_is_drawn_anew(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []
    kept: dict[object, object] = {}
    monkeypatch.setattr(stamp, "_PICTURES", kept)
    for ratio in (1.25, 1.5, 1.0):
        drawn(lambda painter: stamp.stamp(painter, QRectF(2, 2, 9, 9), "key", lambda *_: asked.append(1)), ratio)
    assert (len(asked), len(kept)) == (3, 1)
    drawn(lambda painter: stamp.stamp(painter, QRectF(2, 2, 9, 9), "key", lambda *_: asked.append(1)))
    assert len(asked) == 3
