"""What is shown instead of advice while the rules are not known to be right. No Qt."""

from __future__ import annotations

from dataclasses import replace

from desktop.clinical.assessment import Assessment
from desktop.clinical.plan import Plan
from desktop.clinical.rules import Urgency
from desktop.ui.headline import Headline
from desktop.ui.rules_check import RulesCheck

CHECKING = Headline(
    Urgency.none,
    "Advice withheld",
    "Checking the rules…",
    "Answers can be given already, and are saved. Advice follows in a moment.",
    open=True,
)
FAILED = Headline(
    Urgency.none,
    "Advice withheld",
    "The rules failed their own test",
    "Answers can be given, and are saved. Decide without Backstop.",
    open=True,
)
SAFE = "No advice is shown or printed. Every answer is saved and stays as it was given."
TODO = (
    "Decide without Backstop today. Put the rule files back as they were installed, or have whoever maintains them "
    "mend the lines below; then open Backstop again."
)


def without_advice(assessment: Assessment) -> Assessment:
    """The answers and what was asked, and nothing that a rule says of them."""
    return replace(assessment, urgency=Urgency.none, flags=(), undecided=(), ruled_out=(), plan=Plan())


def what_failed(check: RulesCheck) -> str:
    count = len(check.failures)
    return f"The rules failed their own test: {count} case{'s' * (count != 1)} gave something else than expected."
