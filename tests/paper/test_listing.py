"""What the practice prints for itself: tagged, the same again, dates and long names whole."""

from __future__ import annotations

from datetime import timedelta

import page as validator
import pytest

from desktop.paper.recovery_kit import recovery_kit
from desktop.paper.worklist import ToDo, worklist
from desktop.record.encounter import Patient

from .conftest import AT, LONDON, WALKER, Paper

LONG = Patient("2", "Featherstonehaugh" * 12, "<b>Anna</b> \N{BRAIN}", None, None)
FOUND = (
    ToDo("overdue", AT - timedelta(days=2), "", WALKER, "MRI, whole spine: report", "MSCC service", "same-day"),
    ToDo("today", AT, "", LONG, "Bloods: full blood count, U&E and eGFR", "Dr A. Rahman"),
    ToDo("waiting", None, "after the MRI", WALKER, "Call with the result", "Dr A. Rahman"),
)


def made(practice: str = "Elm Street Surgery") -> bytes:
    return worklist(FOUND, practice=practice, at=AT, zone=LONDON)


@pytest.mark.parametrize("data", [made(), made("P" * 120), recovery_kit("A" * 33, practice="Elm", at=AT, zone=LONDON)])
def test_an_independent_validator_finds_nothing(data: bytes) -> None:
    assert validator.validate_pdf_bytes(data, profile="ua1").failures == []


def test_the_worklist_is_whole() -> None:
    text = Paper(made()).text
    squeezed = text.replace(" ", "")
    assert "Sat 21-Nov-2026 10:42 same day WALKER, Susan, born 14-Mar-1964, NHS 999 214 7032" in text
    assert "FEATHERSTONEHAUGH" * 12 in squeezed.upper()
    assert "<b>Anna</b>[brain]" in squeezed
    assert all(f"{title}: 0 None." in text for title in ("Next 7 days", "Later"))
    assert made() == made()


def test_a_long_practice_leaves_the_page_number_free() -> None:
    assert Paper(made("The surgery at the elms " * 5)).text.count("page 1 of 1") == 1
