"""Every paper that is made while a record is open carries the head of its audit trail, on each page, for eyes only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import page as validator
import pytest

from desktop.clinical.assessment import Assessment
from desktop.clinical.checklist import Person
from desktop.clinical.content import Content
from desktop.clinical.handouts import load_handouts
from desktop.clinical.patient_sheet import PatientSheet, patient_sheet
from desktop.clinical.waiting_room import load_waiting_room
from desktop.paper.handed import Handed
from desktop.paper.handout import handout_pdf
from desktop.paper.library_page import library_pdf
from desktop.paper.recovery_kit import FIRST, recovery_kit
from desktop.paper.waiting_paper import FormHead, waiting_pdf
from desktop.paper.wallet_card import card_pdf

from ..prepared import shipped_library
from .conftest import AT, LONDON, Paper

HEAD = "1234567·9f8e7d6c"
MARK = f"Record {HEAD}"


@pytest.fixture(scope="module")
def sheet(content: Content, encounters: Mapping[str, Assessment]) -> PatientSheet:
    return patient_sheet(load_handouts(content), content, encounters["full"], LONDON)


@pytest.fixture(scope="module", params=[HEAD, ""])
def papers(request: pytest.FixtureRequest, content: Content, sheet: PatientSheet) -> tuple[str, Mapping[str, bytes]]:
    """For the patient, of the library, for the waiting room, and the kit: with a head, and without an open record."""
    audit, library = request.param, shipped_library()
    handed = Handed(date(2026, 11, 23), "Gareth", audit=audit)
    form = FormHead(AT, LONDON, audit=audit)
    return audit, {
        "sheet": handout_pdf(sheet, handed),
        "large": handout_pdf(sheet, handed, large=True),
        "card": card_pdf(sheet, handed),
        "page": library_pdf(library.pages["cauda-equina"], content, demo=False, audit=audit),
        "for patients": library_pdf(next(iter(library.for_patients.values())), content, demo=False, audit=audit),
        "form": waiting_pdf(load_waiting_room(content), content, Person(), form, demo=False),
        "kit": recovery_kit("A" * 33, practice="Elm", at=AT, zone=LONDON, audit=audit),
    }


def test_the_head_stands_on_every_page(papers: tuple[str, Mapping[str, bytes]]) -> None:
    audit, made = papers
    for name, data in made.items():
        assert [MARK in text for text in Paper(data).pages] == [bool(audit)] * len(Paper(data).pages), name


def test_the_first_kit_says_that_it_is_older_than_the_record(papers: tuple[str, Mapping[str, bytes]]) -> None:
    audit, made = papers
    assert (FIRST in Paper(made["kit"]).text) == (not audit)


def test_it_is_not_read_out(papers: tuple[str, Mapping[str, bytes]], poppler: Callable[..., str]) -> None:
    """Drawn as decoration, so that no screen reader says it and no reading level counts it."""
    for name, data in papers[1].items():
        read = poppler("pdfinfo", "-struct-text", data=data)
        assert len(read) > 100, name
        assert HEAD not in read, name
        assert validator.validate_pdf_bytes(data, profile="ua1").failures == [], name
        assert FIRST not in read, name
