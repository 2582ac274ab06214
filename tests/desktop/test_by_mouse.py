"""A consultation by the mouse alone, to the printed letter: whole ones are in `tests/benchmarks/keystrokes.py`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from desktop.clinical.content import Content
from desktop.ui.documents_panel import DocumentsPanel
from desktop.ui.self_test import SelfTest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from consultations import practice  # noqa: E402
from consultations_by_mouse import emergency  # noqa: E402
from pointing import BUTTON, HAND, KEY, POINT, THOUGHT, Mouse  # noqa: E402

ONE_OF_EACH = {
    "bladder_change": "new",
    "bladder_features": ["hesitancy", "reduced_sensation"],
    "bilateral_leg_symptoms": "new",
    "limb_weakness": "new",
    "weakness_sides": "both_legs",
    "pain_duration_weeks": 3,
    "power_hip_flexion_right": 4,
    "reflex_knee_left": "brisk",
}


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_from_the_search_to_the_letter(
    qapp: object, content: Content, self_test: SelfTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A choice, several, a figure, a cell of the examination, and the last questions below the edge of the window."""
    monkeypatch.setattr(DocumentsPanel, "find_printers", DocumentsPanel.find_printers)
    monkeypatch.setattr(DocumentsPanel, "send", DocumentsPanel.send)
    printed: list[bytes] = []
    with practice(content, self_test, tmp_path / "practice", printed) as window:
        mouse = Mouse(window)
        mouse.begin()
        emergency(mouse, ONE_OF_EACH)
        mouse.end()
        counted = mouse.counted
    assert len(printed) == 1
    assert counted.answered == ONE_OF_EACH.keys() | {item.id for item in content.safety_screen.items}
    assert counted.notches > 0, "nothing was out of sight"
    assert counted.modals == 0
    spent = counted.points * POINT + (counted.buttons + counted.notches) * BUTTON + counted.hands * HAND
    assert counted.seconds == pytest.approx(spent + counted.keys * KEY + counted.thoughts * THOUGHT + counted.spent)
