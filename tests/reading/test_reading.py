"""What the reader makes of notes: the labelled sentences, the rules that never give way, and what is no note."""

from __future__ import annotations

import itertools
import re
import shutil
import sys
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.clinical.content import Content
from desktop.clinical.mistakes import ContentError
from desktop.reading.lexicon import load_lexicon
from desktop.reading.reader import MOST, Reader
from resources import FOLDER

from .score import Score, report, score, sets, slips

DAY = date(2026, 11, 28)
RESULTS = Path(__file__).resolve().parents[2] / "docs" / "reading.md"
MISSED = {
    "held_out_2": "by somebody who had not seen the rules, scored a second time on 28 November 2026: wrong way round"
    " 0 of 162, precision 0.951, and recall 0.678 where 0.85 is asked"
}
"""The sets that miss the limits, with the figures: expected failures until the rules are better."""
NOTE = "Denies wt loss, prev breast ca 2012, ?foot drop L. O/E SLR 40 R, power 4/5 EHL L, PVR 250.\n"


@pytest.fixture(scope="module", params=sets())
def scored(request: pytest.FixtureRequest, content: Content) -> tuple[str, Score]:
    return request.param, score(request.param, content)


def test_there_are_three_hundred_sentences(content: Content) -> None:
    assert score("development", content).sentences + score("held_out", content).sentences >= 300


def test_wrong_way_round_is_rare(scored: tuple[str, Score], request: pytest.FixtureRequest) -> None:
    name, result = scored
    if name in MISSED:
        request.applymarker(pytest.mark.xfail(reason=MISSED[name], raises=AssertionError, strict=True))
    assert result.wrong_rate <= 0.02, report(name, result)
    assert result.precision >= 0.95, report(name, result)
    assert result.recall >= 0.85, report(name, result)


def test_the_document_tells_the_scores_of_these_rules(scored: tuple[str, Score]) -> None:
    """A change of the rules is scored again: `python tests/reading/score.py`, and its lines go into docs/reading.md."""
    assert report(*scored) in RESULTS.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sets())
def test_every_label_can_be_read(content: Content, name: str) -> None:
    assert slips(name, content) == []


def test_a_set_that_is_dropped_in_is_checked_and_scored(content: Content, tmp_path: Path) -> None:
    """By whoever has not seen the rules: the format is that of docs/reading.md."""
    file = tmp_path / "held_out_2.toml"
    file.write_text(
        '[sentences]\n"No fevers. Lost 6 kg, not dieting." = { fever_or_unwell = "denied", weight_loss = true }\n'
        '"Nothing to do with backs" = {}\n',
        encoding="utf-8",
    )
    assert slips(str(file), content) == []
    assert score(str(file), content).sentences == 2
    slip = '[sentences]\n"x" = { wait_loss = true, weight_loss = "perhaps", fatigue = "denied", pain_site = ["toe"] }\n'
    file.write_text(slip, encoding="utf-8")
    assert len(slips(str(file), content)) == 4


@pytest.mark.parametrize(("name", "digest"), [("held_out", "8bbc833a86f6"), ("held_out_2", "efe935a4eadd")])
def test_a_held_out_set_is_as_it_was(name: str, digest: str) -> None:
    """Not tuned on: whoever changes it says so here, and scores it again."""
    text = (Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8")
    assert sha256(text.encode()).hexdigest()[:12] == digest


def test_a_reader_without_denials_is_found_out(content: Content, tmp_path: Path) -> None:
    """The twin: the gate sees it when the cues of denial are gone."""
    shutil.copytree(FOLDER / "reading", tmp_path / "reading")
    cues = tmp_path / "reading" / "cues.toml"
    cues.write_text(cues.read_text(encoding="utf-8").replace('kind = "denial"', 'kind = "turn"'), encoding="utf-8")
    assert score("held_out", content, tmp_path).wrong_rate > 0.1


SCREEN_WORDS = (
    *("saddle anaesthesia", "bladder symptoms", "bowel incontinence", "both legs tingling", "leg weakness", "unsteady"),
    *("cancer", "fever", "trauma", "AAA", "collapse", "erectile dysfunction", "sudden severe pain"),
    *("sphincters intact", "gait normal", "looks well", "power normal"),
)
ROUND = (
    *("no", "nil", "denies", "not", "without", "no longer has", "neither", "?", "mother had", "if", "prev"),
    *("resolved", ",", "or", "and", "but", "", "."),
)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from([*SCREEN_WORDS, *ROUND]), max_size=12))
def test_the_safety_screen_is_never_answered_no(reader: Reader, content: Content, words: list[str]) -> None:
    screen = {item.id for item in content.safety_screen.items}
    read = reader.read(" ".join(words), DAY)
    assert [one for one in read.proposals if one.item in screen and one.answer in (False, "no")] == []


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(max_size=300))
def test_any_text_is_read_and_every_span_lies_in_it(reader: Reader, text: str) -> None:
    read = reader.read(text, DAY)
    for one in (*read.proposals, *read.left):
        assert all(0 <= span.start < span.end <= len(text) for span in one.spans)


IMPOSSIBLE = (
    *("Lost 250 cm in height.", f"Height loss {'9' * 400} cm", "Back pain for 99999 weeks", "Back pain for 900 yrs"),
    *(f"Back pain for {'9' * 400} years", f"Back pain {'9' * 5000} weeks", f"CRP {'9' * 400}", "Breast cancer 2030"),
)


@pytest.mark.parametrize("text", IMPOSSIBLE)
def test_a_figure_that_can_not_be_is_no_proposal(reader: Reader, text: str) -> None:
    """Once accepted it stood on the screen, and was gone when the encounter was opened again."""
    read = reader.read(text, DAY)
    assert [one for one in read.proposals if isinstance(one.answer, float)] == []


@pytest.mark.parametrize(
    ("text", "item", "why", "words"),
    [
        ("No saddle anaesthesia", "saddle_numbness", "screen", "saddle anaesthesia"),
        ("Mother had osteoporosis", "osteoporosis", "other", "osteoporosis"),
        ("doubt osteoporosis", "osteoporosis", "over", "osteoporosis"),
        ("?foot drop L", "foot_drop", "doubt", "foot drop"),
        ("Night sweats resolved", "night_sweats", "over", "Night sweats"),
        ("safety netted re weight loss", "weight_loss", "plan", "weight loss"),
        ("long-standing leg weakness", "limb_weakness", "old", "leg weakness"),
        ("weight loss in 2019", "weight_loss", "past", "weight loss"),
        ("weight loss. No weight loss.", "weight_loss", "both", "weight loss"),
        ("PSA 34 in 2019", "psa", "past", "PSA 34"),
    ],
)
def test_what_is_unclear_is_left_with_its_reason(reader: Reader, text: str, item: str, why: str, words: str) -> None:
    read = reader.read(text, DAY)
    assert read.proposals == ()
    left = next(one for one in read.left if one.item == item)
    assert (left.why, text[left.spans[0].start : left.spans[0].end]) == (why, words)


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("%PDF-1.7\n%âãÏÓ\n1 0 obj", "pdf"),
        ("\x00\x01\x02\x03" * 50, "not text"),
        ("Keine Gewichtsabnahme, kein Fieber, Krebs 2012", "foreign"),
        ("الم في الظهر منذ اسبوع", "foreign"),
        ("The weather is fine.", "nothing"),
        (NOTE * 400, "too long"),
        ("", ""),
    ],
)
def test_what_is_no_note_is_said(reader: Reader, text: str, trouble: str) -> None:
    read = reader.read(text, DAY)
    assert read.trouble == trouble
    assert read.read_to <= MOST


@pytest.mark.parametrize("text", [NOTE * 10_000, "wt " * 350_000, "a" * 1_000_000, "(" * 100_000, "no " * 10_000])
def test_a_megabyte_is_read_as_far_as_it_is_read(reader: Reader, usual: int, text: str) -> None:
    """With an effort of the order of ten kilobytes of notes, whatever the words are."""
    assert effort(reader, text) < 5 * usual


@pytest.fixture(scope="module")
def usual(reader: Reader) -> int:
    return effort(reader, NOTE * 110)


def effort(reader: Reader, text: str) -> int:
    """In calls, which no other program on the machine makes more of."""
    calls = itertools.count()
    sys.setprofile(lambda *_: next(calls))
    try:
        reader.read(text, DAY)
    finally:
        sys.setprofile(None)
    return next(calls)


def test_an_entry_that_is_wrong_is_named(content: Content, tmp_path: Path) -> None:
    shutil.copytree(FOLDER / "reading", tmp_path / "reading")
    terms = tmp_path / "reading" / "terms.toml"
    terms.write_text('[[term]]\nmeans = { wait_loss = true }\nwords = ["wait loss"]\n', encoding="utf-8")
    with pytest.raises(ContentError, match="wait_loss is not an item of the checklist"):
        load_lexicon(content, tmp_path)


def test_no_sentence_of_the_held_out_half_stands_in_the_rules() -> None:
    rules = (FOLDER / "reading" / "terms.toml").read_text(encoding="utf-8").lower()
    held = (Path(__file__).parent / "held_out.toml").read_text(encoding="utf-8")
    long = [line for line in re.findall(r'^"([^"]+)"', held, re.MULTILINE) if len(line.split()) > 5]
    assert [line for line in long if line.lower().rstrip(".") in rules] == []
