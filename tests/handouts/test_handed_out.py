"""The papers of an encounter for the patient follow what was decided of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner
from msgspec import structs

from desktop.cli import main
from desktop.clinical.assessment import Assessment, assess
from desktop.clinical.checklist import Answer, Person
from desktop.clinical.content import Content
from desktop.clinical.handouts import Handouts
from desktop.paper.basis import Basis, Heading, Signature
from desktop.paper.documents import PRACTICE
from desktop.paper.handout_documents import patient_documents, sheet_of
from desktop.record.decisions import Decisions, FlagDecision, PlanLine
from desktop.record.encounter import Patient
from desktop.record.proposals import proposed_lines

from .conftest import AT, LONDON, screen_with

WALKER = Patient("1", "Walker", "Susan", date(1964, 3, 14), "female", "9992147032", "Ms")
SIGNED = Signature("Dr A. Rahman", datetime(2026, 11, 23, 10, 56, tzinfo=UTC))
HEADING = Heading("Elm Street Surgery", "Dr A. Rahman", "Encounter 2611-0047", "4 Elm Street", "01632 960 000")
CANCER: dict[str, Answer] = {"cancer_history": True, "progressive": True, "pain_course": "new"}


@pytest.fixture
def basis(content: Content) -> Callable[..., Basis]:
    def make(answers: dict[str, Answer], **more: object) -> Basis:
        assessment = assess(content, Person(62, "female"), screen_with(content) | answers, AT)
        return replace(Basis(content, assessment, LONDON, WALKER, HEADING, signed=SIGNED), **more)

    return make


def lines_of(basis: Basis, handouts: Handouts) -> dict[str, str]:
    return {line.id: line.words.replace("\N{NO-BREAK SPACE}", " ") for line in sheet_of(basis, handouts).lines}


def decided(assessment: Assessment, **levels: str) -> Decisions:
    flags = [
        FlagDecision(flag.rule.id, flag.rule.flag, flag.urgency.word, AT, levels[flag.rule.id], decided=True)
        for flag in assessment.flags
        if flag.rule.id in levels
    ]
    return Decisions(flags=tuple(flags), plan=proposed_lines(assessment, "Dr A. Rahman"))


def with_line(decisions: Decisions, kind: str, **changes: object) -> Decisions:
    changed = [
        structs.replace(line, **changes, proposed=line) if line.kind == kind and "MRI" in line.what + line.id else line
        for line in decisions.plan
    ]
    return structs.replace(decisions, plan=tuple(changed))


def test_as_proposed_it_says_the_same_as_undecided(basis: Callable[..., Basis], handouts: Handouts) -> None:
    undecided = basis(CANCER)
    signed = basis(CANCER, decisions=decided(undecided.assessment))
    assert lines_of(signed, handouts) == lines_of(undecided, handouts)


def test_a_scan_that_was_dropped_is_not_promised(basis: Callable[..., Basis], handouts: Handouts) -> None:
    before = basis(CANCER)
    after = basis(CANCER, decisions=with_line(decided(before.assessment), "imaging", state="dropped"))
    assert "scan_theirs" in lines_of(before, handouts)
    assert "scan_theirs" not in lines_of(after, handouts)


def test_a_date_that_was_set_is_the_date_on_the_sheet(basis: Callable[..., Basis], handouts: Handouts) -> None:
    sooner = datetime(2026, 11, 25, 9, tzinfo=UTC)
    after = basis(CANCER, decisions=with_line(decided(basis(CANCER).assessment), "imaging", due=sooner))
    assert "Wed 25 Nov" in lines_of(after, handouts)["scan_theirs"]


def test_what_the_clinician_added_is_named_to_be_told(basis: Callable[..., Basis], handouts: Handouts) -> None:
    decisions = decided(basis(CANCER).assessment)
    own = PlanLine("own-1", "referral", "Dietitian", "Dr A. Rahman", None, state="added")
    after = basis(CANCER, decisions=structs.replace(decisions, plan=(*decisions.plan, own)))
    assert all("tell the patient yourself: Dietitian" in one.tell[0] for one in patient_documents(after, handouts))


def test_an_emergency_that_was_set_aside_sends_nobody_and_keeps_every_warning(
    basis: Callable[..., Basis], handouts: Handouts
) -> None:
    before = basis({"saddle_numbness": "new"})
    levels = {flag.rule.id: "none" for flag in before.assessment.flags}
    after = lines_of(basis({"saddle_numbness": "new"}, decisions=decided(before.assessment, **levels)), handouts)
    assert "go_ae" in lines_of(before, handouts)
    assert not {"go_ae", "go_now", "moving", "back_eases"} & after.keys()
    assert {"ces_saddle", "ces_pee", "ces_leak", "ces_poo", "ces_sex"} <= after.keys()


def test_a_flag_that_was_raised_to_an_emergency_sends_now(basis: Callable[..., Basis], handouts: Handouts) -> None:
    decisions = decided(basis(CANCER).assessment, R03="emergency")
    assert "go_now" in lines_of(basis(CANCER, decisions=decisions), handouts)


def test_first_name_practice_and_day(basis: Callable[..., Basis], handouts: Handouts) -> None:
    sheet, large, card = (text_of(one.make()) for one in patient_documents(basis(CANCER), handouts))
    for text in (sheet, large):
        assert "Susan · 23-Nov-2026" in text
    for text in (sheet, large, card):
        assert "01632 960 000" in text.replace("\N{NO-BREAK SPACE}", " ")
        assert not any(words in text for words in ("Walker", "WALKER", "999 214", "1964", "2611-0047", "Draft"))


def test_an_unsigned_encounter_gives_drafts(basis: Callable[..., Basis], handouts: Handouts) -> None:
    for one in patient_documents(basis(CANCER, signed=None), handouts):
        assert "Draft: your doctor has not signed this yet." in text_of(one.make())


def test_the_practice_is_whom_the_patient_calls_and_says_when(basis: Callable[..., Basis], handouts: Handouts) -> None:
    heading = Heading("Elm Street Surgery", telephone="01632 960 000", hours="Monday to Friday, 8 to 6:30")
    sheet, large, _ = patient_documents(basis(CANCER, heading=heading), handouts)
    for one in (sheet, large):
        assert "Monday to Friday, 8 to 6:30 At other times call 111." in text_of(one.make())
        assert one.contact == PRACTICE


def test_a_question_to_check_what_was_understood_is_for_the_clinician_alone(
    basis: Callable[..., Basis], handouts: Handouts
) -> None:
    documents = patient_documents(basis(CANCER), handouts)
    assert "what would make you go to A&E, and whom would you ring" in documents[0].tell[-1]
    assert not any("Just to check" in text_of(one.make()) for one in documents)


@pytest.mark.parametrize("kind", [[], ["--large"], ["--card"], ["--language", "ar"]])
def test_from_the_command_line(tmp_path: Path, kind: list[str]) -> None:
    case = tmp_path / "case.json"
    case.write_text(json.dumps({"patient": {"age": 62}, "answers": {"cancer_history": True}, "at": AT.isoformat()}))
    made = CliRunner().invoke(main, ["sheet", str(case), str(tmp_path / "sheet.pdf"), *kind])
    assert (made.exit_code, made.output) == (0, "")
    text = text_of((tmp_path / "sheet.pdf").read_bytes())
    assert ("DRAFT in Arabic" in text) == ("ar" in kind)


@pytest.mark.parametrize(
    ("more", "said"),
    [(["--language", "xx"], "there is no sheet in “xx”"), ([], "was not written: Is a directory")],
)
def test_the_command_refuses_in_one_line(tmp_path: Path, more: list[str], said: str) -> None:
    case = tmp_path / "case.json"
    case.write_text(json.dumps({"patient": {}, "answers": {}, "at": AT.isoformat()}))
    refused = CliRunner().invoke(main, ["sheet", str(case), str(tmp_path), *more])
    assert refused.exit_code == 2
    assert refused.output.startswith("backstop: ")
    assert "it is a folder" in refused.output or said in refused.output
    assert refused.output.count("\n") == 1


def text_of(data: bytes) -> str:
    pages = (drawn.get_textpage().get_text_bounded() for drawn in pypdfium2.PdfDocument(data))
    return " ".join(" ".join(pages).replace("\x02", "-").replace("\ufffe", "-").split())
