"""What is shown instead of advice while the rules are not known to be right."""

from __future__ import annotations

from msgspec.structs import replace

from desktop.clinical.assessment import Assessment
from desktop.clinical.plan import Plan
from desktop.clinical.rules import Urgency
from desktop.ui.headline import Headline
from desktop.ui.rules_check import RulesCheck
from desktop.ui.translation import Words, translate


def checking() -> Headline:
    return Headline(
        Urgency.none,
        translate("Withheld", "Advice withheld"),
        translate("Withheld", "Checking the rules…"),
        translate("Withheld", "Answers can be given already, and are saved. Advice follows in a moment."),
        open=True,
    )


def failed() -> Headline:
    return Headline(
        Urgency.none,
        translate("Withheld", "Advice withheld"),
        translate("Withheld", "The rules failed their own test"),
        translate("Withheld", "Answers can be given, and are saved. Decide without Backstop."),
        open=True,
    )


def safe() -> str:
    return translate("Withheld", "No advice is shown or printed. Every answer is saved and stays as it was given.")


def todo() -> str:
    return translate(
        "Withheld",
        "Decide without Backstop today. Put the rule files back as they were installed, or have whoever maintains "
        "them mend the lines below; then open Backstop again.",
    )


def without_advice(assessment: Assessment) -> Assessment:
    """The answers and what was asked, and nothing that a rule says of them."""
    return replace(assessment, urgency=Urgency.none, flags=(), undecided=(), ruled_out=(), plan=Plan())


def what_failed(check: RulesCheck) -> str:
    return WithheldWords().failed(len(check.failures))


class WithheldWords(Words):
    def failed(self, n: int) -> str:
        return self.tr("The rules failed their own test: %n case(s) gave something else than expected.", "", n)
