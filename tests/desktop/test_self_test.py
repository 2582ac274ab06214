"""No advice before the rules have passed their own test, and none if they fail it."""

from dataclasses import replace

import pytest

from desktop.clinical.case_table import load_cases
from desktop.clinical.condition import parse
from desktop.clinical.mistakes import ContentError, Mistake
from desktop.ui.label import Label
from desktop.ui.mistakes_window import MistakesWindow
from desktop.ui.rules_check import RulesCheck
from desktop.ui.self_test import SelfTest
from desktop.ui.window import Window


def words_of(widget):
    return " ".join(label.text() for label in widget.findChildren(Label) if label.isVisibleTo(widget))


@pytest.fixture
def check(content, tmp_path):
    def made(checked=content, rows=None):
        rows = rows or (lambda: load_cases(content))
        return RulesCheck(checked, rows, fingerprint=lambda: "these rules", stamp=tmp_path / "stamp")

    return made


@pytest.fixture
def open_window(qtbot, qapp, clinic, patient):
    def opened(check):
        window = Window(clinic, self_test=SelfTest(check))
        qtbot.addWidget(window)
        window.begin(patient.uid)
        return window

    return opened


def test_advice_waits_for_the_test_and_answers_do_not(open_window, check, qtbot, store):
    window = open_window(check())
    window.model.answer("saddle_numbness", "new")
    assert "Checking the rules" in window.consultation.assessment.banner.headline.action
    assert window.model.shown.flags == ()
    assert store.answers_of(window.model.consultation.encounter.uid)["saddle_numbness"].value == "new"
    with qtbot.waitSignal(window.self_test.done, timeout=20_000):
        window.show()
    assert "R08" in [flag.rule.id for flag in window.model.shown.flags]


def test_a_bent_rule_withholds_advice_and_says_which_case(open_window, check, content, qtbot):
    rule = next(rule for rule in content.rules if rule.id == "R08")
    bent = replace(content, conditions=content.conditions | {rule.when: parse("cancer_history")})
    window = open_window(check(bent))
    with qtbot.waitSignal(window.self_test.done, timeout=20_000):
        window.show()
    window.model.answer("saddle_numbness", "new")
    assert window.model.shown.flags == ()
    assert "failed their own test" in window.consultation.assessment.banner.headline.action
    qtbot.waitUntil(lambda: "cauda-equina.toml: R08" in words_of(window.consultation.assessment))


def test_what_passed_is_not_run_again_and_what_changed_is(check, content, tmp_path):
    check().run()
    asked = []
    again = check(rows=lambda: asked.append(True) or ())
    again.run()
    assert (again.verdict, asked) == ("passed", [])
    changed = RulesCheck(
        content, lambda: asked.append(True) or (), fingerprint=lambda: "other rules", stamp=tmp_path / "stamp"
    )
    changed.run()
    assert (changed.verdict, asked) == ("failed", [True])


def test_a_test_that_breaks_is_a_test_that_failed(check):
    def broken():
        raise RuntimeError("gone")

    failed = check(rows=broken)
    failed.run()
    assert failed.verdict == "failed"
    assert "RuntimeError: gone" in failed.failures[0]


def test_content_with_mistakes_opens_a_window_that_says_which_line(qtbot, qapp):
    mistake = Mistake("rules/aorta.toml", 12, "R32", "when", "no item is called “age_of_aorta”")
    window = MistakesWindow(ContentError([mistake]))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    assert "rules/aorta.toml:12: R32, when" in words_of(window)
