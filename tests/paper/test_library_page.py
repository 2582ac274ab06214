"""Pages of the library on paper: tagged, whole, with their sources, and about nobody."""

from __future__ import annotations

import page as validator
import pytest

from desktop.clinical.content import Content
from desktop.clinical.library import Library
from desktop.paper.library_page import library_pdf

from ..prepared import shipped_library
from .conftest import Paper


@pytest.fixture(scope="module")
def library(content: Content) -> Library:
    return shipped_library()


@pytest.mark.parametrize("id", ["telling-apart", "examination", "cauda-equina"])
def test_an_independent_validator_finds_nothing(content: Content, library: Library, id: str) -> None:
    data = library_pdf(library.pages[id], content, demo=True)
    assert validator.validate_pdf_bytes(data, profile="ua1").failures == []


def test_every_page_fits_on_paper_with_its_sources(content: Content, library: Library) -> None:
    for one in (*library.pages.values(), *library.for_patients.values()):
        paper = Paper(library_pdf(one, content, demo=False))
        assert 1 <= len(paper.pages) <= 3
        assert ("Sources" in paper.text) == bool(one.head.source)


def test_it_names_nobody_and_says_what_is_judgement(content: Content, library: Library) -> None:
    paper = Paper(library_pdf(library.pages["cauda-equina"], content, demo=False))
    assert "No identifiers" not in paper.text
    assert "[11 judgement]" in paper.text
    assert "page 1 of 2" in paper.text


def test_the_same_page_gives_the_same_bytes(content: Content, library: Library) -> None:
    first, second = (library_pdf(library.pages["myeloma"], content, demo=False) for _ in range(2))
    assert first == second
