"""No box and no gap: what is printed has a glyph, and what has none is seen to be missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from desktop.paper import sentences
from desktop.paper.fonts import BOLD, FALLBACK, REGULAR, SEMIBOLD, has_glyph, printable, runs, width_of
from resources import FOLDER


def test_every_character_of_the_content_has_a_glyph() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in _content_files())
    for font in (REGULAR, SEMIBOLD, BOLD):
        assert sorted({char for char in text if char > " " and not has_glyph(char, font)}) == []


def test_nothing_in_the_content_is_replaced_on_paper() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in _content_files())
    assert "\N{REPLACEMENT CHARACTER}" not in printable(text.replace("\t", " "))


def test_our_own_sentences_have_glyphs() -> None:
    words = "".join(text for text in vars(sentences).values() if isinstance(text, str))
    assert [char for char in words if char > " " and not has_glyph(char, REGULAR)] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("24\N{NON-BREAKING HYPHEN}Nov", "24-Nov"),
        ("e\N{COMBINING ACUTE ACCENT}", "é"),
        ("a\N{RIGHT-TO-LEFT OVERRIDE}b", "a\N{REPLACEMENT CHARACTER}b"),
        ("\ud800", "\N{REPLACEMENT CHARACTER}"),
        ("\N{ARABIC LETTER MEEM}", "\N{ARABIC LETTER MEEM}"),
        ("\N{DEVANAGARI LETTER KA}", "\N{REPLACEMENT CHARACTER}"),
        ("\N{BRAIN}\ufe0f", "[brain]"),
        ("a\tb\r\nc", "a b\nc"),
    ],
)
def test_what_is_printed(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_a_glyph_that_is_missing_comes_from_the_other_font() -> None:
    assert runs("a\N{REPLACEMENT CHARACTER}b", SEMIBOLD) == [
        (SEMIBOLD, "a"),
        (FALLBACK[SEMIBOLD], "\N{REPLACEMENT CHARACTER}"),
        (SEMIBOLD, "b"),
    ]


def test_the_width_is_that_of_reportlab() -> None:
    assert width_of("Weakness, 3/5", SEMIBOLD) * 9 == pytest.approx(stringWidth("Weakness, 3/5", SEMIBOLD, 9))


def test_each_font_ships_with_its_licence() -> None:
    names = {path.name for path in (FOLDER / "fonts").iterdir()}
    assert {"SourceSans3-LICENSE.md", "DejaVuSans-LICENSE"} <= names


def _content_files() -> Iterator[Path]:
    return FOLDER.rglob("*.toml")
