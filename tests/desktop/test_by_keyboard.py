"""Two whole consultations by keyboard alone, from the search for the patient to the printed page."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from functools import partial
from itertools import islice
from pathlib import Path

import pypdfium2
import pytest

from desktop.clinical.content import Content
from desktop.ui.documents_panel import DocumentsPanel
from desktop.ui.self_test import SelfTest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from consultations import EMERGENCY, SIMPLE, emergency, practice, screen_clear, simple  # noqa: E402
from hands import KEY, THOUGHT, Hands  # noqa: E402

SHORT = dict(islice(EMERGENCY.items(), 15))
"""Up to the cancer; the rest is in the benchmark."""


def words_of(page: bytes) -> str:
    pages = pypdfium2.PdfDocument(io.BytesIO(page))
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


@pytest.mark.parametrize(
    ("consultation", "asked", "urgency", "printed_words"),
    [
        (simple, SIMPLE, "routine", ["WALKER", "13 of 13"]),
        (partial(emergency, asked=SHORT), SHORT, "emergency", ["WALKER", "MSCC"]),
    ],
    ids=["simple", "emergency"],
)
def test_from_the_search_to_the_paper(
    qapp: object,
    content: Content,
    self_test: SelfTest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    consultation: Callable[[Hands], None],
    asked: dict[str, object],
    urgency: str,
    printed_words: list[str],
) -> None:
    monkeypatch.setattr(DocumentsPanel, "find_printers", DocumentsPanel.find_printers)
    monkeypatch.setattr(DocumentsPanel, "send", DocumentsPanel.send)
    printed: list[bytes] = []
    with practice(content, self_test, tmp_path / "practice", printed) as window:
        hands = Hands(window)
        hands.begin()
        consultation(hands)
        hands.end()
        (version,) = window.clinic.versions(window.desk.encounter)
        assert window.clinic.board.store.verify() is None
    assert version.assessment is not None
    assert version.assessment.urgency.word == urgency
    assert {*screen_clear(content), *asked} == version.assessment.answers.keys() - {"clinical_impression"}
    accepted = [flag.title for flag in version.decisions.flags if flag.outcome == "accepted"]
    words = " ".join(words_of(page) for page in printed)
    assert accepted[0] in words
    assert [one for one in printed_words if one not in words] == []
    assert hands.counted.keys > len(hands.counted.answered), "every answer is a key at least"
    assert hands.counted.seconds > hands.counted.keys * KEY + THOUGHT
