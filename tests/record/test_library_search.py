"""Finding a page of the library."""

from __future__ import annotations

import pytest

from db.search import BEGIN, END, Text, TextIndex
from desktop.record.library_search import LibrarySearch

from ..prepared import shipped_library

LIBRARY = shipped_library()


@pytest.fixture(scope="module")
def search() -> LibrarySearch:
    return LibrarySearch(LIBRARY, "clinicians")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("sciatica", "disc-herniation"),
        ("MSCC", "cord-compression"),
        ("slipped disc", "disc-herniation"),
        ("aaa", "vascular-mimics"),
        ("bone mets", "bone-metastasis"),
        ("pacemak", "mri-safety"),
        ("hypercalc", "hypercalcaemia"),
        ("SINS", "sins-and-mirels"),
        ("denosumab", "bone-agents"),
        ("how long", "prognosis"),
        ("Mirels", "sins-and-mirels"),
        ("saddle", "cauda-equina"),
    ],
)
def test_the_page_one_means_comes_first(search: LibrarySearch, typed: str, first: str) -> None:
    assert search.find(typed).hits[0].id == first


@pytest.mark.parametrize("typed", ["scíätica", "SCIATICA", "sciat"])
def test_accents_capitals_and_beginnings_do_not_matter(search: LibrarySearch, typed: str) -> None:
    assert search.find(typed).hits[0].id == "disc-herniation"


def test_a_slip_of_the_pen_is_forgiven_and_said(search: LibrarySearch) -> None:
    found = search.find("miloma")
    assert found.instead == "myeloma"
    assert found.hits[0].id == "myeloma"


def test_no_page_with_all_words_gives_those_with_some(search: LibrarySearch) -> None:
    found = search.find("denosumab shellfish aneurysm")
    assert found.some
    assert found.hits


@pytest.mark.parametrize("typed", ["", "   ", '"', "AND", "NEAR(", "a*b", "title:x", "\0", "💊", "'; DROP", "\ud800"])
def test_nothing_typed_is_a_command(search: LibrarySearch, typed: str) -> None:
    search.find(typed)


def test_a_pasted_megabyte_is_cut(search: LibrarySearch) -> None:
    assert search.find("sciatica " * 100_000).hits[0].id == "disc-herniation"


def test_words_found_are_marked_and_the_rest_is_not() -> None:
    (hit,) = TextIndex([Text("a", "A page", "Pain that grows, with fever.")]).find("fever")
    assert f"{BEGIN}fever{END}" in hit.excerpt
    assert f"{BEGIN}Pain" not in hit.excerpt


def test_patients_pages_are_found_by_themselves() -> None:
    hits = LibrarySearch(LIBRARY, "patients").find("sciatica").hits
    assert {hit.id for hit in hits} <= LIBRARY.for_patients.keys()
