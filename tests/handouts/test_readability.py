"""Every variant is within reach of a reader of 9 to 11 years; the limits are held with a margin."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
import textstat

from desktop.clinical.handouts import Handouts
from desktop.clinical.patient_sheet import PatientSheet, Piece, Said

from .readability import LIMITS, Reading, fingerprint, read, report, sentences

RESULTS = Path(__file__).resolve().parents[2] / "docs" / "readability.md"
MARGIN = 1.0
"""Of a grade: so that a limit is near before it is broken."""
EASY = {
    word.strip().lower()
    for word in (Path(textstat.__file__).parent / "resources" / "en" / "easy_words.txt").read_text().splitlines()
}
# Outside of that list of 3,000 words, and known to whoever needs the sheet: each was let in by hand.
KNOWN = set((Path(__file__).parent / "known_words.txt").read_text(encoding="utf-8").split())
ENDINGS = ("", "s", "es", "ed", "d", "ing", "ly", "er", "n")


@pytest.fixture(scope="module")
def readings(variants: Mapping[str, PatientSheet]) -> Mapping[str, Reading]:
    return {name: read(sheet) for name, sheet in variants.items()}


def test_there_are_variants_enough(variants: Mapping[str, PatientSheet]) -> None:
    assert len(variants) >= 200


def test_every_variant_is_easy_to_read(readings: Mapping[str, Reading]) -> None:
    assert {name: reading.beyond() for name, reading in readings.items() if reading.beyond()} == {}


@pytest.mark.parametrize("measure", ["grade", "smog"])
def test_with_a_margin(readings: Mapping[str, Reading], measure: str) -> None:
    assert max(getattr(reading, measure) for reading in readings.values()) <= LIMITS[measure] - MARGIN


def test_a_leaflet_as_they_are_is_not(variants: Mapping[str, PatientSheet]) -> None:
    """The twin: two sentences of the usual kind, and the limits are broken."""
    usual = (
        "Patients experiencing neurological deterioration, including urinary retention or incontinence, should "
        "immediately contact emergency medical services for further investigation and appropriate management."
    )
    sheet = next(iter(variants.values()))
    harder = sheet.__class__(**{**vars(sheet), "lead": (Said("usual", (Piece(usual),)),) * 12})
    assert {"grade", "smog", "longest"} <= set(read(harder).beyond())


def test_the_card_has_short_lines_of_everyday_words(variants: Mapping[str, PatientSheet]) -> None:
    for sheet in variants.values():
        card = sheet.card
        lines = [card.head, *card.signs, card.close, card.back_head, card.said, card.call]
        assert max(len(sentence.split()) for sentence in sentences(lines)) <= 10
        assert unknown_words(" ".join(line.words for line in lines)) == set()


def test_every_word_of_the_sheets_is_an_everyday_word(handouts: Handouts) -> None:
    assert {id: words for id, words in _unknown(handouts).items() if words} == {}


def _unknown(handouts: Handouts) -> dict[str, set[str]]:
    for_the_clinician = {"teach_back"}
    return {id: unknown_words(words) for id, words in handouts.texts.items() if id not in for_the_clinician}


def unknown_words(text: str) -> set[str]:
    words = re.findall(r"[a-z0-9&’-]+", re.sub(r"\{\w+\}", "", text).lower())
    return {word for word in words if not is_everyday(word.removesuffix("’s"))}


def is_everyday(word: str) -> bool:
    if word in KNOWN or word in EASY or not word.strip("-"):
        return True
    return any(
        word.endswith(end) and {word[: -len(end)], word[: -len(end)] + "e"} & (EASY | KNOWN) for end in ENDINGS[1:]
    )


def test_the_results_are_those_of_these_words(handouts: Handouts, readings: Mapping[str, Reading]) -> None:
    """A changed word has to be measured again. How many variants there are may grow with the rules."""
    if os.environ.get("BACKSTOP_REWRITE"):
        RESULTS.write_text(report(handouts, readings, ".".join(map(str, textstat.__version__))), encoding="utf-8")
    told = RESULTS.read_text(encoding="utf-8")
    assert f"`{fingerprint(handouts)}`" in told, "measure again: BACKSTOP_REWRITE=1 python3 run.py test " + __name__
    assert "textstat 0.7.8" in told
