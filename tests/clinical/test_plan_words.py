"""Who is asked, in one wording for screen, record and paper."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desktop.clinical.plan import Referral
from desktop.clinical.plan_words import asking_words, is_called

AT = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
ASKED = {
    ("MSCC coordinator", "telephone", False): "Phone the MSCC coordinator",
    ("Spinal on-call team", "telephone today", False): "Phone the spinal on-call team",
    ("Spinal on-call team", "telephone, then transfer", False): "Phone the spinal on-call team, then transfer",
    ("Emergency department", "999, pre-alert", False): "Call 999, pre-alert: emergency department",
    ("MSK service", "urgent referral", False): "Urgent referral to MSK service",
    ("MSK physiotherapy", "by STarT Back risk", False): "MSK physiotherapy, by STarT Back risk",
    ("MSK physiotherapy", "self-referral", False): "Self-referral: MSK physiotherapy",
    ("GP, this practice", "telephone the patient with the result", True): (
        "Telephone the patient with the result: GP, this practice"
    ),
}


@pytest.mark.parametrize(("asked", "words"), ASKED.items())
def test_who_is_asked_and_how(asked: tuple[str, str, bool], words: str) -> None:
    to, how, own = asked
    line = Referral("place", to, how, "24 hours", AT, "", "", (), own=own)
    assert asking_words(line) == words
    assert is_called(line, words)
    assert is_called(line, f"{to}: {how}"), "what is signed already keeps its words"
    assert not is_called(line, f"{words} now")


def test_how_soon_stands_beside_the_name() -> None:
    line = Referral("place", "MSCC coordinator", "telephone, then admit", "now", AT, "", "", ())
    assert asking_words(line, " now") == "Phone the MSCC coordinator now, then admit"
