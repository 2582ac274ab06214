"""The handout files: nothing hangs loose, nothing is said that must not be, and every mistake is named."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.clinical.content import Content
from desktop.clinical.handouts import Handouts, load_handouts
from desktop.clinical.mistakes import ContentError

EMERGENCY, NEXT, EDITION = "02-emergency.toml", "05-next.toml", "01-edition.toml"
# Guidelines §10: what the seed leaflets say and a patient must not read. And no disease that nobody has told.
NEVER = (
    "calcium|vitamin|diet|supplement|acupuncture|needle|exercise|massage|physiotherapy|manipulat|"
    "metasta|tumou?r|myeloma|fracture|broken|infection|abscess|sepsis|compression|cauda|aneurysm|arthritis|"
    "spondyl|stenosis|sciatica|disc|slipped|hernia|nothing serious|not serious|don.t worry|do not worry|all clear|safe"
)
SAYS_CANCER = {"say_cancer", "card_said_cancer"}


def test_every_rule_has_a_line_for_the_patient(content: Content, handouts: Handouts) -> None:
    named = {rule for line in handouts.lines for rule in line.rules}
    assert [rule.id for rule in content.rules if rule.id not in named] == []


def test_every_question_of_the_safety_screen_is_a_sign_in_plain_words(content: Content, handouts: Handouts) -> None:
    signs = {sign for line in handouts.lines for sign in line.signs}
    screen = {item.id for item in content.safety_screen.items}
    # Cancer in the past is no sign to watch for: it decides which signs stand there.
    assert screen - signs == {"cancer_history"}


def test_every_sign_is_in_an_emergency_or_a_same_day_line(handouts: Handouts) -> None:
    assert {line.part for line in handouts.lines if line.signs} == {"emergency", "same-day"}


def test_no_word_that_a_patient_must_not_read(handouts: Handouts) -> None:
    found = {id: re.findall(NEVER, words, re.IGNORECASE) for id, words in handouts.texts.items()}
    assert {id: words for id, words in found.items() if words} == {}


def test_cancer_is_named_only_to_be_told_to_the_doctor(handouts: Handouts) -> None:
    assert {id for id, words in handouts.texts.items() if "cancer" in words} == SAYS_CANCER


def test_the_reader_is_spoken_to(handouts: Handouts) -> None:
    """A warning says you or your; where it does not, it is the limb that it speaks of, or both legs."""
    others = {"ces_pee", "ces_legs", "cord_limb", "other_leg", "breathe", "cold_foot", "pain_grows", "cough"}
    lines = {line.id for line in handouts.lines if line.part in ("emergency", "same-day")}
    spoken = {id for id in lines if "you" in handouts.texts[id].lower()}
    assert lines - spoken <= others


def test_what_was_seen_in_a_source_names_it(handouts: Handouts) -> None:
    assert [line.id for line in handouts.lines if line.tag in ("seen", "seen-via") and not line.cites] == []


@pytest.mark.parametrize(
    ("file", "old", "new", "entry", "key", "said"),
    [
        (EMERGENCY, 'part = "emergency"', 'part = "emergancy"', "ces_saddle", "part", "should be one of"),
        (EMERGENCY, 'signs = ["saddle_numbness"]', 'signs = ["saddle"]', "ces_saddle", "signs", "no item is called"),
        (EMERGENCY, 'replaces = ["ces_legs"]', 'replaces = ["ces_leg"]', "ces_legs_worse", "replaces", "no line"),
        (EMERGENCY, 'rules = ["R37", "R38", "R38a"]', 'rules = ["R99"]', "other_leg", "rules", "there is no rule"),
        (EMERGENCY, '"ces-cards", "girft-ces", "nhs-back-pain"', '"leaflet"', "ces_saddle", "cites", "no citation"),
        (EMERGENCY, 'unless_no = "cancer_history"', 'unless_no = "cancer"', "cord_limb", "unless_no", "cancer"),
        (NEXT, 'id = "home_again"', 'id = "in_hospital"', "in_hospital", "id", "is used twice"),
        (NEXT, 'within = "1 week"\n', "", "see_1_week", "within", "is needed for a {day}"),
        (NEXT, "You need {what} by", "You need {thing} by", "scan_ours", "words", "nothing fills in “{thing}”"),
        (EDITION, "review_by = 2028-11-28", "review_by = 2031-11-28", "", "review_by", "more than 3 years"),
        ("06-whom.toml", '"eye_service"', '"no_such_service"', "", "contacts", "nothing says “eye_service”"),
        ("06-whom.toml", '"self-referral"', '"referral"', "", "hows", "“referral” has two plain words"),
    ],
)
def test_a_mistake_is_named_with_entry_and_key(
    content: Content, planted: Callable[[str, str, str], Path], file: str, old: str, new: str, entry: str, key: str,
    said: str,
) -> None:  # fmt: skip
    folder = planted(file, old, new)
    with pytest.raises(ContentError) as error:
        load_handouts(content, folder)
    assert any((one.entry, one.key) == (entry, key) and said in one.message for one in error.value.mistakes)


def test_all_mistakes_of_all_files_at_once(content: Content, planted: Callable[[str, str, str], Path]) -> None:
    planted(EMERGENCY, 'signs = ["saddle_numbness"]', 'signs = ["saddle"]')
    planted(NEXT, 'id = "home_again"', 'id = "in_hospital"')
    folder = planted(EDITION, "review_by = 2028-11-28", "review_by = 2031-11-28")
    with pytest.raises(ContentError) as error:
        load_handouts(content, folder)
    assert {one.file for one in error.value.mistakes} == {f"handouts/{name}" for name in (EDITION, EMERGENCY, NEXT)}
