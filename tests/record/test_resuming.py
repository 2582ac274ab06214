"""A draft is opened again under the rules of now, and says what that changed since it was begun."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.store import Store
from desktop.clinical.content import Content, load
from desktop.record.clinic import Clinic
from desktop.record.encounter import LONDON, Patient
from desktop.record.rule_files import RuleFiles, unpack
from resources import FOLDER

PARTS = ("checklist", "rules", "pathways", "citations")


def other_rules(folder: Path, file: str, old: str, new: str) -> Path:
    for part in PARTS:
        shutil.copytree(FOLDER / part, folder / part, dirs_exist_ok=True)
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), "utf-8")
    return folder


@pytest.fixture
def open_with(
    store: Store, hand_clock: Callable[[], datetime], monkeypatch: pytest.MonkeyPatch
) -> Callable[[Path], Clinic]:
    """A clinic of a later Backstop, which has other rules."""

    def opened(folder: Path) -> Clinic:
        return Clinic(load(folder), store, who="Dr Rahman", clock=hand_clock, zone=LONDON)

    return opened


@pytest.fixture
def draft(practice_clinic: Clinic, walker: Patient) -> str:
    consultation = practice_clinic.begin(walker.uid)
    consultation.answer("cancer_history", True)
    consultation.answer("visible_haematuria", True)
    consultation.answer("limb_weakness", "new")
    return consultation.encounter.uid


def test_packed_rules_are_the_same_rules_again(shipped: Content) -> None:
    files = RuleFiles()
    packed = files.packed()
    assert packed is not None
    assert unpack(packed) == shipped
    assert RuleFiles().mark == files.mark


def test_files_that_changed_since_are_not_packed_as_the_rules_of_before(tmp_path: Path) -> None:
    folder = other_rules(tmp_path, "rules/cord-compression.toml", 'id = "R01"', 'id = "R98"')
    files = RuleFiles(folder)
    assert files.packed() is not None
    other_rules(tmp_path, "rules/cord-compression.toml", 'id = "R01"', 'id = "R99"')
    assert files.packed() is None


def test_nothing_is_said_where_nothing_changed(draft: str, practice_clinic: Clinic) -> None:
    resumed = practice_clinic.resume(draft).resumed
    assert resumed is not None
    assert (resumed.has_news, resumed.item) == (False, "limb_weakness")


def test_flags_that_go_and_appear_with_the_rules_are_named(
    draft: str, practice_clinic: Clinic, open_with: Callable[[Path], Clinic], tmp_path: Path, store: Store
) -> None:
    stood = {flag.rule.id for flag in practice_clinic.resume(draft).assessment.flags}
    assert "R01" in stood
    folder = other_rules(tmp_path, "rules/cord-compression.toml", 'id = "R01"', 'id = "R99"')
    consultation = open_with(folder).resume(draft)
    assert consultation.resumed is not None
    title = "Suspected metastatic cord compression"
    assert (consultation.resumed.appeared, consultation.resumed.gone) == ((title,), (title,))
    assert consultation.resumed.rules_changed
    told = [(flag.rule, flag.stands) for flag in store.reviews.flags_of(draft)]
    assert told[-2:] == [("R01", False), ("R99", True)]
    # Said once: from now on these are the flags that stand.
    again = open_with(folder).resume(draft).resumed
    assert again is not None
    assert (again.appeared, again.gone) == ((), ())


def test_a_question_that_is_no_more_keeps_its_answer_and_one_that_changed_is_named(
    draft: str, open_with: Callable[[Path], Clinic], tmp_path: Path, store: Store
) -> None:
    file = "checklist/01-safety-screen.toml"
    folder = other_rules(tmp_path, file, "Cancer ever, or being looked for now?", "Any cancer, ever?")
    store.save_answer(
        draft, "gone_item", ["lumbar", "left"], who="Dr Rahman", at=datetime(2026, 11, 27, 16, tzinfo=UTC)
    )
    consultation = open_with(folder).resume(draft)
    assert consultation.resumed is not None
    assert consultation.resumed.changed == ("Cancer history",)
    assert consultation.resumed.unreadable == (("gone_item", "lumbar, left"),)
    assert consultation.encounter.answers["gone_item"] == ["lumbar", "left"]


def test_a_version_is_drawn_by_its_own_rules_when_they_have_changed(
    draft: str, practice_clinic: Clinic, open_with: Callable[[Path], Clinic], tmp_path: Path
) -> None:
    review = practice_clinic.review(practice_clinic.resume(draft))
    review.write_impression("")
    for flag in review.decisions.flags:
        review.accept(flag.rule)
    practice_clinic.sign(review)
    (before,) = practice_clinic.versions(draft)
    later = open_with(other_rules(tmp_path, "rules/cord-compression.toml", 'id = "R01"', 'id = "R99"'))
    (after,) = later.versions(draft)
    assert after == before
    assert after.assessment is not None
    assert "R01" in {flag.rule.id for flag in after.assessment.flags}


def test_a_version_whose_rules_cannot_be_read_any_more_still_tells_what_was_given(
    draft: str,
    practice_clinic: Clinic,
    open_with: Callable[[Path], Clinic],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    review = practice_clinic.review(practice_clinic.resume(draft))
    review.write_impression("")
    for flag in review.decisions.flags:
        review.accept(flag.rule)
    practice_clinic.sign(review)
    later = open_with(other_rules(tmp_path, "rules/cord-compression.toml", 'id = "R01"', 'id = "R99"'))
    monkeypatch.setattr(later, "_content_of", lambda mark: None)
    (version,) = later.versions(draft)
    assert version.assessment is None
    assert version.told["urgency"] == "emergency"
    assert version.decisions.flags[0].title == "Suspected metastatic cord compression"


def test_the_place_is_where_the_focus_was_or_the_answer_that_came_after(
    draft: str, practice_clinic: Clinic, hand_clock: Callable[[], datetime]
) -> None:
    hand_clock.move(seconds=5)  # type: ignore[attr-defined]
    practice_clinic.resume(draft).remember_place("gait_unsteady")
    consultation = practice_clinic.resume(draft)
    assert consultation.resumed is not None
    assert consultation.resumed.item == "gait_unsteady"
    hand_clock.move(seconds=5)  # type: ignore[attr-defined]
    consultation.answer("injury", False)
    assert [one.item for one in practice_clinic.drafts()] == ["injury"]


def test_re_dating_counts_the_age_to_now_and_moves_no_deadline(
    draft: str, practice_clinic: Clinic, hand_clock: Callable[[], datetime], store: Store
) -> None:
    now = hand_clock.move(days=400)  # type: ignore[attr-defined]
    consultation = practice_clinic.resume(draft)
    assert consultation.resumed is not None
    assert consultation.resumed.another_day
    before = consultation.assessment.plan.imaging[0].due
    consultation.re_date()
    assert (consultation.assessment.at, consultation.person.age) == (now, 63)
    assert consultation.assessment.plan.imaging[0].due == before
    again = practice_clinic.resume(draft)
    assert (again.began_at, again.assessment) == (now, consultation.assessment)
    (change,) = store.identities.changes_of(draft, kind="encounter")
    assert change.before == {"began_at": "2026-11-27T16:00:00.000000+00:00"}
    assert store.verify() is None
