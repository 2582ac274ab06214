"""Encounters from nothing asked to everything answered, on the content that ships."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pypdfium2
import pytest

from desktop.clinical.assessment import Assessment, assess
from desktop.clinical.checklist import Answer, CouldNotExamine, Item, Person, Unsure
from desktop.clinical.content import Content
from desktop.paper.basis import Basis, Heading
from desktop.paper.summary import summary
from desktop.record.encounter import Patient

from ..prepared import shipped_content

AT = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")
WALKER = Patient("1", "Walker", "Susan", date(1964, 3, 14), "female", "9992147032", "Ms")
HEADING = Heading("Elm Street Surgery, 4 Elm Street, Newton NE1 4XX", "Dr A. Rahman", "Encounter 2611-0047")
USUAL = {
    "adjusted_calcium": 2.4,
    "body_weight": 82.0,
    "crp": 3.0,
    "egfr": 80.0,
    "esr": 5.0,
    "haemoglobin": 135.0,
    "heart_rate": 82.0,
    "pain_duration_weeks": 7.0,
    "plasma_viscosity": 1.5,
    "respiratory_rate": 16.0,
    "systolic_bp": 130.0,
    "temperature": 36.8,
    "white_cells": 7.0,
}
MUCH_FOUND: dict[str, Answer] = {
    "cancer_history": True,
    "chest_pain": True,
    "crp": 40.0,
    "disabling": True,
    "esr": 60.0,
    "fever_or_unwell": True,
    "haemoglobin": 105.0,
    "injury": True,
    "iv_drug_use": True,
    "osteoporosis": True,
    "pain_course": "new",
    "radicular_pain": True,
    "urinary_symptoms": True,
    "weight_loss": True,
}


@dataclass(frozen=True)
class Paper:
    """A written summary, read back as another program reads it. `text` has single spaces throughout."""

    data: bytes

    @cached_property
    def pages(self) -> list[str]:
        document = pypdfium2.PdfDocument(self.data)
        return [_plain(page.get_textpage().get_text_bounded()) for page in document]

    @cached_property
    def text(self) -> str:
        return " ".join(self.pages)

    @cached_property
    def body(self) -> str:
        """Without what every page carries and what a page break makes necessary."""
        first, *later = (
            re.sub(r" (Draft, not signed|Signed [^.]*)\. For a clinician’s use\..*", "", page) for page in self.pages
        )
        again = r"\S[^.]{,30}, continued |What Who Rule By |Flag Because Rule and source "
        furniture = rf"^.*?NHS No\. [\d ]+({again})?"
        return " ".join([first, *(re.sub(furniture, "", page) for page in later)])


def _plain(text: str) -> str:
    """pdfium marks a hyphen at the end of a line as a break; the paper has a plain one."""
    return " ".join(text.replace("\x02", "-").replace("\ufffe", "-").split())


@pytest.fixture
def poppler(tmp_path: Path) -> Callable[..., str]:
    """A program of poppler-utils run over a PDF: what it prints. It is no part of Backstop, so it may be missing."""

    def run(program: str, *options: str, data: bytes) -> str:
        if not shutil.which(program):
            pytest.skip(f"{program} is not installed")
        (tmp_path / "paper.pdf").write_bytes(data)
        found = subprocess.run([program, *options, str(tmp_path / "paper.pdf")], capture_output=True, check=True)
        assert found.stderr == b""
        return found.stdout.decode()

    return run


@pytest.fixture(scope="session")
def content() -> Content:
    return shipped_content()


@pytest.fixture(scope="session")
def encounters(content: Content) -> Mapping[str, Assessment]:
    """One of each kind, by name."""
    screen: dict[str, Answer] = {item.id: _least(item) for item in content.safety_screen.items}
    emergency = screen | {
        "cancer_history": True,
        "limb_weakness": "new",
        "weight_loss": Unsure(),
        "perianal_sensation_reduced": CouldNotExamine("no chaperone at the time"),
        "clinical_impression": "Cord compression until shown otherwise.",
    }
    full = {item.id: USUAL.get(item.id, _least(item)) for item in content.items.values()}
    answers: dict[str, dict[str, Answer]] = {
        "empty": {},
        "twelve": {id: answer for id, answer in screen.items() if id != "sexual_change"},
        "negative": screen | {"radicular_pain": False, "pain_duration_weeks": 5.0},
        "emergency": emergency,
        "full": full | MUCH_FOUND,
        "contradiction": screen | {"foot_drop": True},
    }
    person = Person(62, "female")
    return {name: assess(content, person, given, AT) for name, given in answers.items()}


@pytest.fixture(scope="session")
def printed(content: Content) -> Callable[..., Paper]:
    def write(assessment: Assessment, **options: Any) -> Paper:
        given = {"patient": WALKER, "heading": HEADING} | options
        return Paper(summary(Basis(content, assessment, LONDON, **given)))

    return write


@pytest.fixture(scope="session")
def papers(encounters: Mapping[str, Assessment], printed: Callable[..., Paper]) -> Mapping[str, Paper]:
    return {name: printed(assessment) for name, assessment in encounters.items()}


def _least(item: Item) -> Answer:
    """No, or what is nearest to it."""
    match item.kind:
        case "yes-no":
            return False
        case "choice":
            return "no" if "no" in item.choices else next(iter(item.choices))
        case "multi":
            return frozenset()
        case "number":
            assert item.range is not None
            return 5.0 if item.id.startswith("power") else item.range[0]
        case "date":
            return date(2026, 1, 5)
        case "text":
            return "A few words of the clinician’s own."
