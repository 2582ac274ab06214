"""Letters, requests and the note: whom, who, what and by when, everything that was asked, nothing cut."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from itertools import islice

import page
import pytest
from docx import Document as read_word
from msgspec import structs
from pikepdf import Pdf

from desktop.clinical.assessment import Assessment, assess
from desktop.clinical.checklist import Answer, Person
from desktop.clinical.content import Content
from desktop.clinical.dates import due_words
from desktop.clinical.export import assessment_json
from desktop.clinical.handouts import load_handouts
from desktop.clinical.letters import Letters, load_letters
from desktop.paper.answers import Kind, answer_groups
from desktop.paper.basis import DRAFT, Basis, Heading, Signature
from desktop.paper.documents import Document, clinical_documents
from desktop.paper.fonts import printable
from desktop.paper.handout_documents import patient_documents
from desktop.paper.sentences import NO_NUMBER
from desktop.record.decisions import Decisions, FlagDecision, PlanLine
from desktop.record.encounter import Patient
from desktop.record.practice import Practice

from .conftest import AT, LONDON, WALKER, Paper, _plain

NAMES = ("negative", "emergency", "full", "contradiction")
HEADING = Heading("Elm Street Surgery", "Dr A. Rahman", "Encounter 2611-0047", "4 Elm Street", "01632 960 000")
SIGNED = Signature("Dr A. Rahman", datetime(2026, 11, 23, 10, 56, tzinfo=UTC))


@pytest.fixture(scope="module")
def letters(content: Content) -> Letters:
    return load_letters(content)


def basis_of(content: Content, assessment: Assessment, **more: object) -> Basis:
    return replace(Basis(content, assessment, LONDON, WALKER, HEADING, audit="1234·9f8e7d6c"), **more)


def made(basis: Basis, letters: Letters, start: str) -> tuple[Document, Paper]:
    document = next(one for one in clinical_documents(basis, letters) if one.id.startswith(start))
    return document, Paper(document.make())


def flat(words: str) -> str:
    return " ".join(printable(words).split())


def test_each_contact_of_the_pathway_has_its_letter(content: Content, letters: Letters) -> None:
    written = {contact for letter in letters.letters for contact in letter.to}
    assert {id for id, contact in content.contacts.items() if not contact.own} - written == {"radiology"}


def test_a_contact_of_the_practice_gets_the_general_letter(letters: Letters) -> None:
    assert letters.letter_to("somebody_new").id == "general"


@pytest.mark.parametrize("name", NAMES)
def test_a_letter_for_each_receiver_and_a_request_for_each_picture(
    content: Content, letters: Letters, encounters: Mapping[str, Assessment], name: str
) -> None:
    found = [one.id for one in clinical_documents(basis_of(content, encounters[name]), letters)]
    plan = encounters[name].plan
    receivers = [line.contact for line in plan.referral if not content.contacts[line.contact].own]
    pictures = [line for line in plan.imaging if not line.then]
    assert (found[0], found[-1], len(found)) == ("summary", "note", 2 + len(receivers) + len(pictures))
    assert [f"letter {contact}" for contact in receivers] == [id for id in found if id.startswith("letter ")]


@pytest.mark.parametrize(("name", "signed"), [("full", None), ("emergency", SIGNED)])
def test_every_page_of_every_document_says_who_what_for_and_whether_it_is_signed(
    content: Content, letters: Letters, encounters: Mapping[str, Assessment], name: str, signed: Signature | None
) -> None:
    for document in clinical_documents(basis_of(content, encounters[name], signed=signed), letters):
        if document.kind == "pdf":
            data = document.make()
            assert page.validate_pdf_bytes(data, profile="ua1").failures == []
            for text in Paper(data).pages:
                said = [text.count(words) > 0 for words in ("WALKER, Susan", "999 214 7032", "audit 1234·9f8e7d6c")]
                assert said == [True, True, True]
                assert "does not replace clinical" in text
                assert (DRAFT in text, "Signed Mon 23-Nov-2026 10:56, Dr A. Rahman" in text) == (
                    not signed,
                    bool(signed),
                )


def test_what_the_receiver_needs_comes_first(
    content: Content, letters: Letters, encounters: Mapping[str, Assessment]
) -> None:
    filled = content.with_contacts({"mscc_coordinator": {"telephone": "01632 960 114", "hours": "24 hours"}})
    _, paper = made(basis_of(filled, encounters["emergency"]), letters, "letter mscc")
    order = [
        "MSCC coordinator 01632 960 114 · 24 hours",
        "WALKER, Susan (Ms) Born 14-Mar-1964 (62 y)",
        "Emergency: suspected metastatic cord compression",
        "MRI, whole spine: by Tue 24-Nov-2026 10:42",
        "I refer Ms Susan Walker, aged 62, female: suspected metastatic cord compression. Why: cancer history: yes",
        "Asked and examined",
        "Questions for you",
        "Done and planned",
        "Our number: 01632 960 000.",
        "Not yet ruled out",
    ]
    places = [paper.text.find(words) for words in order]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("name", NAMES)
def test_a_letter_keeps_to_two_pages(
    content: Content, letters: Letters, encounters: Mapping[str, Assessment], name: str
) -> None:
    for document in clinical_documents(basis_of(content, encounters[name]), letters):
        if document.id.startswith("letter"):
            paper = Paper(document.make())
            assert len(paper.pages) <= 2
            # Seen in print: “Telephone today, by sun 29-nov-2026”, “by start back risk”.
            assert not re.findall(r"\b(?:mon|tue|wed|thu|fri|sat|sun)\W\d\d|start back", paper.text)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_that_was_found_is_left_out_of_a_letter(
    content: Content, letters: Letters, encounters: Mapping[str, Assessment], name: str
) -> None:
    """Whatever the receiver asks for: a yes or a value in no row of theirs stands in the last one."""
    assessment = encounters[name]
    found = [id for id, answer in assessment.answers.items() if answer is True or isinstance(answer, float)]
    for document in clinical_documents(basis_of(content, assessment), letters):
        if document.id.startswith("letter"):
            text = Paper(document.make()).text
            families = [content.items[id].label.partition(", ")[0] for id in found]
            assert [label for label in families if flat(label) not in text] == []


def test_a_flag_that_was_set_aside_says_so_and_why(
    content: Content, letters: Letters, encounters: Mapping[str, Assessment]
) -> None:
    assessment = encounters["emergency"]
    flag = assessment.flags[0]
    set_aside = FlagDecision(
        flag.rule.id, flag.rule.flag, "emergency", AT, "none", True, "known", "Known and unchanged", "Scan of Monday."
    )
    dropped = PlanLine("x", "bloods", "Bloods: glucose", "", None, state="dropped", reason_words="Done by others")
    kept = PlanLine("y", "referral", "MSCC coordinator: telephone", "Dr A. Rahman", AT + timedelta(hours=1), "now")
    decisions = Decisions(flags=(set_aside,), plan=(kept, dropped))
    for start in ("summary", "letter", "note"):
        document, paper = made(basis_of(content, assessment, decisions=decisions), letters, start)
        text = paper.text if document.kind == "pdf" else " ".join(document.make().decode().split())
        assert "Set aside: Known and unchanged: Scan of Monday." in text
        assert "Done by others" in text


def test_a_changed_line_says_what_the_rules_proposed(
    content: Content, letters: Letters, encounters: Mapping[str, Assessment]
) -> None:
    proposed = PlanLine("y", "imaging", "MRI, whole spine", "MSCC service", AT + timedelta(hours=24), "24 hours")
    line = structs.replace(
        proposed, state="changed", who="Northfield MRI", due=AT + timedelta(hours=6), proposed=proposed
    )
    basis = basis_of(content, encounters["emergency"], decisions=Decisions(plan=(line,)))
    _, paper = made(basis, letters, "summary")
    assert "Northfield MRI R" in paper.text or "Northfield MRI Mon 23-Nov-2026 16:42" in paper.text
    assert "rules proposed: who MSCC service, by Tue 24-Nov-2026 10:42" in paper.text


def test_an_empty_contact_is_seen_before_it_is_printed(
    content: Content, letters: Letters, encounters: Mapping[str, Assessment]
) -> None:
    document, paper = made(basis_of(content, encounters["emergency"]), letters, "letter mscc")
    assert (document.contact, NO_NUMBER in paper.text) == ("mscc_coordinator", True)


def test_the_completeness_meter_counts_what_the_receiver_needs(content: Content, letters: Letters) -> None:
    letter = letters.letter_to("mscc_coordinator")
    answers: dict[str, Answer] = {"cancer_history": True, "limb_weakness": "new"}
    before = letters.completeness(content, assess(content, Person(62), answers, AT), letter)
    answers["power_hip_flexion_left"] = 3.0
    after = letters.completeness(content, assess(content, Person(62), answers, AT), letter)
    assert (before.of, after.asked - before.asked) == (after.of, 1)
    assert ("power_hip_flexion_left" in before.missing, "power_hip_flexion_left" in after.missing) == (True, False)


def test_the_request_has_each_safety_answer_or_that_nobody_asked(
    content: Content, letters: Letters, encounters: Mapping[str, Assessment]
) -> None:
    _, paper = made(basis_of(content, encounters["emergency"]), letters, "imaging")
    assert "Implanted device Not asked" in paper.text
    assert "eGFR Not recorded" in paper.text
    assert "Weight Not recorded" in paper.text
    _, paper = made(basis_of(content, encounters["full"]), letters, "imaging")
    assert "eGFR 80 mL/min/1.73 m²" in paper.text
    safety = paper.text.partition(" Safety ")[2].partition(" What to arrange")[0]
    assert ("Not asked" in safety, "Not recorded" in safety, "Weight 82 kg" in safety) == (False, False, True)


def test_what_a_hospital_cannot_look_up_is_no_source_for_it(
    content: Content, letters: Letters, encounters: Mapping[str, Assessment]
) -> None:
    for start in ("letter", "imaging"):
        _, paper = made(basis_of(content, encounters["emergency"]), letters, start)
        assert ("decision memo" in paper.text, "our rule set’s own judgement" in paper.text) == (False, True)
    assert "decision memo" in made(basis_of(content, encounters["emergency"]), letters, "summary")[1].text


def test_the_receiver_is_not_told_that_it_will_be_called(
    content: Content, letters: Letters, encounters: Mapping[str, Assessment]
) -> None:
    numbered = content.with_contacts({"mscc_coordinator": {"telephone": "01632 960 114"}})
    again = assess(numbered, encounters["emergency"].person, encounters["emergency"].answers, AT)
    _, paper = made(basis_of(numbered, again), letters, "letter")
    assert "01632 960 114" in paper.text
    assert "Planned: telephone" not in paper.text


def test_the_request_names_picture_limit_question_and_source(
    content: Content, letters: Letters, encounters: Mapping[str, Assessment]
) -> None:
    _, paper = made(basis_of(content, encounters["emergency"]), letters, "imaging MRI")
    line = encounters["emergency"].plan.imaging[0]
    assert line.within
    assert line.due
    for words in ("MRI, whole spine", due_words(line.within, line.due, LONDON), "Contrast: ", "Source: NICE NG234"):
        assert flat(words) in paper.text


@pytest.mark.parametrize("name", ["negative", "emergency"])
def test_the_word_file_says_what_the_letter_says(
    content: Content, letters: Letters, encounters: Mapping[str, Assessment], name: str
) -> None:
    basis = basis_of(content, encounters[name])
    for document in clinical_documents(basis, letters):
        if document.word is None:
            continue
        paper, data = Paper(document.make()), document.word()
        assert data == document.word()
        said = set(re.findall(r"[\w/-]{3,}", _word_text(data)))
        assert set(re.findall(r"[\w/-]{3,}", paper.body)) - said - {"continued"} <= set(
            re.findall(r"[\w/-]{3,}", f"{paper.pages[0]} page of")
        )


def test_the_note_is_plain_and_whole(content: Content, letters: Letters, encounters: Mapping[str, Assessment]) -> None:
    note = next(one for one in clinical_documents(basis_of(content, encounters["full"]), letters) if one.id == "note")
    text = note.make().decode()
    assert text.startswith("WALKER, Susan, born 14-Mar-1964, NHS No. 999 214 7032.")
    assert [flag.rule.id for flag in encounters["full"].flags if f"({flag.rule.id})" not in text] == []
    assert text.endswith("Draft, not signed. Encounter 2611-0047 Audit 1234·9f8e7d6c.")


@pytest.mark.parametrize(
    ("family", "given"),
    [
        ("X" * 200, "Y" * 200),
        ("O’Brien <b>&amp;</b>", "{braces} %s \\n"),
        ("Walker\u202eevil", "Susan\u2066"),
        ("כהן", "محمد"),
        ("\N{BRAIN}\N{GRINNING FACE}", "Zoë"),
        ("", "Only"),
    ],
)
def test_any_name_is_literal_and_laid_out(
    content: Content, letters: Letters, encounters: Mapping[str, Assessment], family: str, given: str
) -> None:
    patient = Patient("1", family, given, date(1964, 3, 14), None, None)
    basis = basis_of(content, encounters["emergency"], patient=patient, heading=Heading())
    for document in clinical_documents(basis, letters):
        data = document.make()
        if document.kind == "pdf":
            assert page.validate_pdf_bytes(data, profile="ua1").failures == []
            assert len(Paper(data).pages) <= 2
            if family.isascii():
                assert flat(family.upper()).replace(" ", "") in Paper(data).text.replace(" ", "")
        if document.word:
            assert "\u202e" not in _word_text(document.word())


def test_sixty_flags_on_two_pages_say_what_stands_elsewhere(
    content: Content, letters: Letters, encounters: Mapping[str, Assessment]
) -> None:
    """A plan that calls one receiver for sixty flags; nobody has so many, and nothing is cut silently."""
    assessment = encounters["full"]
    first = assessment.flags[0]
    rules = list(islice(content.rules, 60))
    flags = tuple(structs.replace(first, rule=rule, folded_into=()) for rule in rules)
    line = structs.replace(assessment.plan.referral[0], rules=tuple(rule.id for rule in rules))
    many = structs.replace(assessment, flags=flags, plan=structs.replace(assessment.plan, referral=(line,)))
    _, paper = made(basis_of(content, many), letters, "letter")
    assert len(paper.pages) <= 2
    assert [rule.flag for rule in rules if flat(rule.flag).casefold() not in paper.text.casefold()] == []
    assert "further flags, whose reasons stand in the clinical summary" in paper.text
    _, whole = made(basis_of(content, many), letters, "summary")
    assert [rule.id for rule in rules if rule.id not in whole.text] == []


def _word_text(data: bytes) -> str:
    document = read_word(BytesIO(data))
    section = document.sections[0]
    parts = [*section.header.paragraphs, *section.footer.paragraphs, *document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return _plain(" ".join([*(part.text for part in parts), *cells]))


def test_what_only_the_patient_says_stands_apart(content: Content, letters: Letters) -> None:
    """Neither yes nor no nor not asked: it raises its flag, and nobody has confirmed it."""
    says: dict[str, Answer] = {"saddle_numbness": "new", "mri_implant": True}
    assessment = assess(content, Person(62, "female"), {"cancer_history": True}, AT, patient_says=says)
    basis = basis_of(content, assessment)
    for start in ("summary", "letter", "note"):
        document, paper = made(basis, letters, start)
        text = paper.text if document.kind == "pdf" else " ".join(document.make().decode().split())
        label = f"{Kind.patient_says.value} (2)" if start != "letter" else f"{Kind.patient_says.value}: "
        found = text.partition(label)[2].partition("Not asked")[0]
        assert "Saddle numbness: new" in found
        assert "Implanted device: yes" in found or start == "letter"
        told = text.partition("Asked and examined")[2].partition("Questions for you")[0]
        assert told.count("Saddle numbness") == (start == "letter")
    left = [words for group in answer_groups(content, assessment)[Kind.not_asked] for words in group.words]
    assert ("Saddle numbness" in left, "Bladder change" in left) == (False, True)
    _, paper = made(basis, letters, "imaging")
    assert f"Implanted device {Kind.patient_says.value}: yes" in paper.text


def test_a_letter_names_what_was_overridden_though_it_is_about_something_else(
    content: Content, letters: Letters
) -> None:
    """The receiver must not believe that nothing else was raised."""
    answers: dict[str, Answer] = {"cancer_history": True, "limb_weakness": "new", "visible_haematuria": True}
    assessment = assess(content, Person(62, "female"), answers | {"haematuria_unexplained": True}, AT)
    other = next(flag for flag in assessment.open_flags if flag.rule.id != "R01")
    decision = FlagDecision(
        *(other.rule.id, other.rule.flag, other.urgency.word, AT, "none", True),
        *("done_by_others", "Done by others", "Oncology takes the bloods."),
    )
    basis = basis_of(content, assessment, decisions=Decisions(flags=(decision,)))
    document, paper = made(basis, letters, "letter mscc")
    said = f"Also raised: {other.rule.flag} ({other.rule.id}, "
    why = "Set aside: Done by others: Oncology takes the bloods."
    assert flat(said) in paper.text
    assert why in paper.text.partition(flat(said))[2]
    assert document.word is not None
    assert why in "\n".join(paragraph.text for paragraph in read_word(BytesIO(document.word())).paragraphs)


def test_what_was_done_says_when(content: Content, letters: Letters, encounters: Mapping[str, Assessment]) -> None:
    rung = PlanLine("ring", "own", "Ring her daughter", "Dr A. Rahman", AT + timedelta(hours=1))
    blood = PlanLine("blood", "bloods", "Bloods: glucose", "Dr A. Rahman", AT + timedelta(hours=1))
    done = {"ring": AT + timedelta(minutes=9)}
    basis = basis_of(
        content, encounters["emergency"], decisions=Decisions(plan=(rung, blood)), signed=SIGNED, done=done
    )
    assert "Ring her daughter Dr A. Rahman done Mon 23-Nov-2026 10:51" in made(basis, letters, "summary")[1].text
    text = made(basis, letters, "letter")[1].text
    assert "Done: ring her daughter (Dr A. Rahman), Mon 23-Nov-2026 10:51." in text
    assert "Planned: bloods: glucose (Dr A. Rahman), by Mon 23-Nov-2026 11:42." in text


def test_the_encounter_is_attached_only_where_it_is_switched_on(
    content: Content, letters: Letters, encounters: Mapping[str, Assessment]
) -> None:
    """Off by default; never inside what the patient takes home; the page stays valid and the same each time."""
    basis = basis_of(content, encounters["emergency"])
    assert (Practice().attach_encounter, basis.attach) == (False, False)
    on = replace(basis, attach=True)
    for document in clinical_documents(basis, letters):
        assert document.kind != "pdf" or not attached(document.make())
    for document in clinical_documents(on, letters):
        if document.kind == "pdf":
            data = document.make()
            told = json.loads(attached(data)["encounter.json"])
            assert told == json.loads(json.dumps(assessment_json(content, on.assessment)))
            assert page.validate_pdf_bytes(data, profile="ua1").failures == []
            assert data == document.make()
    for document in patient_documents(on, load_handouts(content)):
        assert attached(document.make()) == {}


def attached(data: bytes) -> dict[str, bytes]:
    with Pdf.open(BytesIO(data)) as pdf:
        return {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
