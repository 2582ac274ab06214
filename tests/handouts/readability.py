"""How easy a sheet is to read, by textstat's formulas, with a full stop behind every line."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

import textstat

from desktop.clinical.dates import date_words
from desktop.clinical.handouts import Handouts
from desktop.clinical.patient_sheet import PatientSheet, Said

LIMITS = {"grade": 5.0, "smog": 8.0, "ease": 75.0, "longest": 20.0, "mean": 12.0}
NAMES = {
    "grade": "Flesch–Kincaid grade, at most",
    "smog": "SMOG, at most",
    "ease": "Flesch reading ease, at least",
    "longest": "words in the longest sentence, at most",
    "mean": "words in a sentence on average, at most",
}


@dataclass(frozen=True)
class Reading:
    grade: float
    smog: float
    ease: float
    longest: float
    mean: float

    def beyond(self) -> list[str]:
        """Which limits it breaks."""
        return [name for name, limit in LIMITS.items() if _is_worse(name, getattr(self, name), limit)]


def _is_worse(name: str, value: float, limit: float) -> bool:
    return value < limit if name == "ease" else value > limit


def sentences(lines: Iterable[Said]) -> list[str]:
    """A line is at least one sentence; what a heading opens ends where the heading ends."""
    found = []
    for line in lines:
        words = line.words.replace("\N{NO-BREAK SPACE}", " ").rstrip(":")
        found += [part for part in re.split(r"(?<=[.?!])\s+", words) if part]
    return [part if part[-1] in ".?!" else f"{part}." for part in found]


def read(sheet: PatientSheet) -> Reading:
    found = sentences(sheet.lines)
    text = " ".join(found)
    lengths = [len(sentence.split()) for sentence in found]
    return Reading(
        grade=textstat.flesch_kincaid_grade(text),
        smog=textstat.smog_index(text),
        ease=textstat.flesch_reading_ease(text),
        longest=max(lengths),
        mean=statistics.mean(lengths),
    )


def fingerprint(handouts: Handouts) -> str:
    """Changes with the words, not with the rules that bring them."""
    return sha256("\n".join(sorted(handouts.texts.values())).encode()).hexdigest()[:12]


def report(handouts: Handouts, readings: Mapping[str, Reading], version: str) -> str:
    edition = handouts.edition
    lines = [
        "# How easy the patients’ sheets are to read",
        "",
        "Written by `BACKSTOP_REWRITE=1 python3 run.py test tests/handouts/test_readability.py`; the words of the",
        "sheets are in `resources/handouts/`.",
        "",
        f"- Words: edition {edition.version} of {date_words(edition.written)}, fingerprint `{fingerprint(handouts)}`",
        f"- Measured with textstat {version}, offline, a full stop behind every line",
        f"- {len(readings)} variants: different combinations of lines, from the cases of every rule and random answers",
        "",
        "| measure and limit | easiest | middle | hardest |",
        "|---|---|---|---|",
    ]
    for name, limit in LIMITS.items():
        values = sorted((getattr(reading, name) for reading in readings.values()), reverse=name == "ease")
        shown = " | ".join(f"{value:.1f}" for value in (values[0], statistics.median(values), values[-1]))
        lines.append(f"| {NAMES[name]} {limit:g} | {shown} |")
    lines += [
        "",
        "The formulas count syllables and words. They are a floor, not a proof: no patient has read a sheet yet, and",
        "SMOG was made for texts of thirty sentences or more, which the shorter sheets are not.",
        "",
    ]
    return "\n".join(lines).replace("\N{NON-BREAKING HYPHEN}", "-")
