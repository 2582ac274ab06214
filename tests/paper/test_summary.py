"""The summary says what the assessment says, all of it, on two sides."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from desktop.clinical.assessment import Assessment, assess
from desktop.clinical.checklist import Answer, Person
from desktop.clinical.content import Content
from desktop.clinical.dates import date_words, due_words
from desktop.clinical.rules import Urgency
from desktop.paper import sentences
from desktop.paper.answers import answer_groups, reasons
from desktop.paper.basis import Basis
from desktop.paper.fonts import printable
from desktop.paper.look import SMALLEST
from desktop.paper.text import checklist_text, summary_text
from desktop.record.encounter import Patient
from desktop.ui.headline import headline as on_screen

from ..prepared import shipped_cases
from .conftest import AT, LONDON, Paper

NAMES = ("empty", "twelve", "negative", "emergency", "full", "contradiction")
IDENTITY = "WALKER, Susan (Ms) Born 14-Mar-1964 (62 y) Sex Female NHS No. 999 214 7032"


def flat(words: str) -> str:
    return " ".join(printable(words).split())


@pytest.mark.parametrize("name", NAMES)
def test_two_pages_at_most(papers: Mapping[str, Paper], name: str) -> None:
    assert len(papers[name].pages) <= 2


def test_the_fullest_encounter_is_full(encounters: Mapping[str, Assessment], content: Content) -> None:
    full = encounters["full"]
    assert (len(full.answers), len(full.flags) >= 12) == (len(content.items), True)


def test_whoever_is_reached_first_on_the_screen_is_first_on_paper(content: Content) -> None:
    """With severe high calcium and collapse the screen said 999, the summary the medical on-call team."""
    rows = [row for row in shipped_cases() if row.file == "cases/calcium.toml"]
    raised = [found for row in rows if (found := assess(content, row.person, row.answers, AT)).flags]
    assert any(one.first_contact and one.first_contact.how.startswith("999") for one in raised)
    for one in raised:
        assert one.first_contact is not None
        action = on_screen(content, one, LONDON).action
        assert ("999" in action) == ("call 999" in sentences.headline(one, LONDON)), action


@pytest.mark.parametrize("name", NAMES)
def test_each_page_says_who_and_which_page(papers: Mapping[str, Paper], name: str) -> None:
    pages = papers[name].pages
    for number, page in enumerate(pages, 1):
        assert IDENTITY in page
        assert f"WALKER, Susan · page {number} of {len(pages)}" in page


@pytest.mark.parametrize("name", NAMES)
def test_flags_with_reasons_and_sources(
    papers: Mapping[str, Paper], encounters: Mapping[str, Assessment], content: Content, name: str
) -> None:
    for flag in encounters[name].flags:
        expected = [flag.rule.flag, *reasons(flag), flag.rule.id]
        for cite in flag.rule.cites:
            source = content.citations[cite.partition(" ")[0]]
            expected += [source.short, source.version, date_words(source.checked), cite.partition(" ")[2]]
        assert [words for words in expected if flat(words) not in papers[name].body] == []


@pytest.mark.parametrize("name", NAMES)
def test_sign_off_is_named_for_each_rule_that_needs_it(
    papers: Mapping[str, Paper], encounters: Mapping[str, Assessment], name: str
) -> None:
    needed = sum(flag.rule.needs_sign_off for flag in encounters[name].flags)
    assert papers[name].text.count("needs clinical sign-off") == needed


@pytest.mark.parametrize("name", NAMES)
def test_the_plan_is_whole(papers: Mapping[str, Paper], encounters: Mapping[str, Assessment], name: str) -> None:
    plan = encounters[name].plan
    expected = [line.text for line in (*plan.immediate, *plan.safety_net, *plan.nothing)]
    expected += [f"{line.modality}, {line.region}" for line in plan.imaging]
    expected += [words for line in plan.imaging for words in (line.arranged_by, *line.safety, *line.alternatives)]
    expected += [test for line in plan.bloods for test in line.tests]
    expected += [
        words for line in plan.referral for words in (line.to, line.note, due_words(line.within, line.due, LONDON))
    ]
    expected += [words for line in plan.withheld for words in (f"{line.modality}, {line.region}", line.reason)]
    expected += plan.notes
    text = papers[name].body.casefold()
    assert [words for words in expected if flat(words).casefold() not in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_open_emergencies_come_with_what_would_decide_them(
    papers: Mapping[str, Paper], encounters: Mapping[str, Assessment], content: Content, name: str
) -> None:
    for one in encounters[name].undecided:
        if one.urgency is Urgency.emergency:
            assert f"{flat(one.rule.flag)} ({one.rule.id}): " in papers[name].text
            for id in one.needs:
                label = content.items[id].label
                family = label.partition(", ")[0]
                assert re.search(rf"{re.escape(flat(label))}|{re.escape(family)} \(\d+ items\)", papers[name].text)


@pytest.mark.parametrize("name", NAMES)
def test_answers_stand_under_what_they_are(
    papers: Mapping[str, Paper], encounters: Mapping[str, Assessment], content: Content, name: str
) -> None:
    text = papers[name].text.partition(" Answers ")[2]
    for kind, groups in answer_groups(content, encounters[name]).items():
        assert f"{kind.value} ({sum(group.count for group in groups)})" in text


def test_every_answer_and_every_gap_is_counted_once(encounters: Mapping[str, Assessment], content: Content) -> None:
    for assessment in encounters.values():
        counted = sum(group.count for groups in answer_groups(content, assessment).values() for group in groups)
        written = sum(content.items[id].kind == "text" for id in assessment.answers)
        assert counted + written == len(assessment.answers) + len(assessment.not_asked)


@pytest.mark.parametrize("name", NAMES)
def test_no_question_is_parted_by_a_page(
    papers: Mapping[str, Paper], encounters: Mapping[str, Assessment], content: Content, name: str
) -> None:
    groups = [group for found in answer_groups(content, encounters[name]).values() for group in found]
    asked = [word for group in groups for words in group.words for word in re.split(r", |: ", words)]
    assert [word for word in asked if not any(flat(word) in page for page in papers[name].pages)] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_safety_question_that_was_not_asked_is_named(
    papers: Mapping[str, Paper], encounters: Mapping[str, Assessment], content: Content, name: str
) -> None:
    screen = encounters[name].safety_screen
    assert f"Safety screen: {screen.asked} of {screen.of} asked" in papers[name].text
    not_asked = papers[name].text.rpartition("Not asked (")[2]
    assert [id for id in screen.missing if content.items[id].label not in not_asked] == []


@pytest.mark.parametrize("name", ["empty", "twelve"])
def test_silence_is_not_clearance(papers: Mapping[str, Paper], name: str) -> None:
    assert "No flag raised by what was asked Safety screen: " in papers[name].text


@pytest.mark.parametrize("name", NAMES)
def test_nothing_reassures(
    papers: Mapping[str, Paper], encounters: Mapping[str, Assessment], content: Content, name: str
) -> None:
    text = papers[name].text + summary_text(Basis(content, encounters[name], LONDON))
    assert not re.search(r"no red flag|low risk(?!:)|all clear", text, re.IGNORECASE)


def test_could_not_examine_and_unsure_stay_apart(papers: Mapping[str, Paper]) -> None:
    text = papers["emergency"].text
    assert "Unsure (1) Cancer history: Weight loss." in text
    assert "Reduced perianal feeling (no chaperone at the time)." in text


def test_a_contradiction_is_shown(papers: Mapping[str, Paper]) -> None:
    assert "Contradictions (1) Foot drop: yes. But Limb weakness: no." in papers["contradiction"].text


def test_the_order_of_the_page(papers: Mapping[str, Paper]) -> None:
    text = papers["emergency"].text
    order = [
        "Clinical summary",
        IDENTITY,
        "Emergency: ",
        " Flags ",
        " Plan ",
        "Not yet ruled out",
        " Answers ",
        "Sources",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_intended_use_and_rule_set(papers: Mapping[str, Paper], content: Content) -> None:
    for page in papers["full"].pages:
        assert "does not replace clinical judgement" in page
        assert f"Rules {content.rule_set}, dated {flat(date_words(content.pathway.dated))}" in page


def test_many_findings_of_one_kind_are_one_reason(content: Content) -> None:
    powers = {id: 2.0 for id in content.items if id.startswith("power_") and id.endswith(("_left", "_right"))}
    flag = assess(content, Person(62), powers, AT).flags[0]
    assert any(flat(reason).startswith("Power 2 out of 5: left hip flexion (L2), ") for reason in reasons(flag))


def test_no_name_without_a_patient(encounters: Mapping[str, Assessment], printed: Callable[..., Paper]) -> None:
    text = printed(encounters["emergency"], patient=None).text
    assert "No identifiers given Age 62 y Sex Female" in text


def test_only_a_demonstration_is_marked(encounters: Mapping[str, Assessment], printed: Callable[..., Paper]) -> None:
    counts = [printed(encounters["twelve"], demo=demo).text.count("DEMO") > 0 for demo in (True, False)]
    assert counts == [True, False]


def test_no_type_below_the_smallest(papers: Mapping[str, Paper]) -> None:
    sizes = set()
    for page in pypdfium2.PdfDocument(papers["full"].data):
        for found in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
            sizes.add(round(found.get_font_size() if hasattr(found, "get_font_size") else SMALLEST, 2))
    assert min(sizes) >= SMALLEST


@pytest.mark.parametrize(
    "name",
    [
        "A" * 200,
        "<b>bold</b> & <font size=99>",
        "</para><br/>",
        "\N{GRINNING FACE}\N{BRAIN}",
        "\N{RIGHT-TO-LEFT OVERRIDE}elbuort",
        "\x00\x1b[31m\ud800",
        "Zoë Ní Dhálaigh Łukasz Šćepanović",
        "王小明 محمد",
        "",
    ],
)
def test_hostile_names(encounters: Mapping[str, Assessment], printed: Callable[..., Paper], name: str) -> None:
    paper = printed(encounters["twelve"], patient=Patient("2", name, name, date(1964, 3, 14)))
    shown = flat(name.upper()) or "Born"
    assert shown.replace(" ", "") in paper.pages[0].replace(" ", "")


def test_a_very_long_text_runs_on_and_is_whole(content: Content, printed: Callable[..., Paper]) -> None:
    words = " ".join(f"word{number}" for number in range(4000))
    text = printed(assess(content, Person(), {"clinical_impression": words}, AT)).text
    assert [word for word in words.split() if word not in text] == []


def test_the_worst_answer_to_everything_is_printed_whole(content: Content, printed: Callable[..., Paper]) -> None:
    answers = {item.id: True for item in content.items.values() if item.kind == "yes-no"}
    answers |= {item.id: item.yes_means for item in content.items.values() if item.yes_means}
    assessment = assess(content, Person(15, "male"), answers, AT)
    text = printed(assessment).text
    assert [flag.rule.id for flag in assessment.flags if flat(flag.rule.flag) not in text] == []


WRITING = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from datetime import UTC, datetime
from zoneinfo import ZoneInfo
from desktop.clinical.assessment import assess
from desktop.clinical.checklist import Answer, Person
from desktop.clinical.content import load
from desktop.paper.basis import Basis
from desktop.paper.summary import summary
content = load()
answers = {"cancer_history": True, "limb_weakness": "new", "pain_site": frozenset({"lumbar", "thoracic", "cervical"})}
assessment = assess(content, Person(62, "female"), answers, datetime(2026, 11, 23, 10, 42, tzinfo=UTC))
made = summary(Basis(content, assessment, ZoneInfo("Europe/London"), demo=True))
print(hashlib.sha256(made).hexdigest())
"""


def test_the_same_bytes_from_two_processes() -> None:
    root = str(Path(__file__).parents[2])
    digests = set()
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        call = [sys.executable, "-c", WRITING, root]
        digests.add(subprocess.run(call, env=environment, capture_output=True, text=True, check=True).stdout)
    assert len(digests) == 1


@pytest.mark.parametrize("name", NAMES)
def test_plain_text_says_the_same(encounters: Mapping[str, Assessment], content: Content, name: str) -> None:
    text = summary_text(Basis(content, encounters[name], LONDON))
    lines = " ".join(text.split())
    said = [flag.rule.flag for flag in encounters[name].flags]
    said += [line.text for line in encounters[name].plan.immediate]
    assert [words for words in said if flat(words) not in lines] == []
    assert max(map(len, text.splitlines())) <= 100


def test_the_checklist_as_text_names_every_item(content: Content) -> None:
    text = checklist_text(content)
    assert [id for id in content.items if f"  {id}: " not in text] == []


def test_a_rule_that_nobody_has_looked_at_for_two_years_says_so(
    content: Content, printed: Callable[..., Paper]
) -> None:
    answers: dict[str, Answer] = {"saddle_numbness": "new"}
    for year, said in ((2026, False), (2028, False), (2029, True)):
        text = printed(assess(content, Person(40), answers, AT.replace(year=year, month=1))).text
        assert ("over 24 months ago" in text) is said
