"""Writes docs/safety-case.md from the hazard log and from what the tests said.

    python3 run.py test --junitxml=build/results.xml
    python -m desktop.shipping.safety_case build/results.xml

Without results the sheet says that none were given. Nothing in it is typed by hand: it can't say more than the log.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree

from desktop import __version__
from desktop.clinical.content import Content, load
from desktop.clinical.hazards import RISK_WORDS, UNDESIRABLE, Control, Hazard, load_hazards
from desktop.settings import INTENDED_USE
from desktop.shipping.build import ROOT

FILE = ROOT / "docs/safety-case.md"
Results = Mapping[str, str]
"""What became of each test, by file and name, in a word of `WORST`. The worst of its cases counts."""
NO_RESULTS = "no results of the tests were given"
WORST = ("passed", "skipped", "known to fail", "failed")


def main(files: Sequence[str]) -> None:
    content = load()
    sheet = safety_case(content, load_hazards(content), read_results(files), run_words(files))
    FILE.write_text(sheet, "utf-8")
    print(f"Written: {FILE.relative_to(ROOT)}")


def read_results(files: Sequence[str]) -> Results:
    """Of several files a later one says how a test ended that was run again."""
    found: dict[str, str] = {}
    for file in files:
        found |= _of_file(file)
    return found


def _of_file(file: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for case in ElementTree.parse(file).iter("testcase"):  # our own file
        name = f"{_place(case)}::{case.get('name', '').partition('[')[0]}"
        found[name] = max(found.get(name, "passed"), outcome(case), key=WORST.index)
    return found


def _place(case: ElementTree.Element) -> str:
    return f"{case.get('classname', '').replace('.', '/')}.py"


def run_words(files: Sequence[str]) -> str:
    """When they ran and how each of their cases ended at last."""
    ended: dict[str, str] = {}
    days = []
    for file in files:
        root = ElementTree.parse(file)
        days += [suite.get("timestamp", "")[:10] for suite in root.iter("testsuite")]
        ended |= {f"{_place(case)}::{case.get('name', '')}": outcome(case) for case in root.iter("testcase")}
    if not ended:
        return NO_RESULTS
    counted = Counter(ended.values())
    return f"those run on {max(days)}: " + ", ".join(f"{counted[what]:,} {what}" for what in WORST if counted[what])


def outcome(case: ElementTree.Element) -> str:
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    skipped = case.find("skipped")
    if skipped is None:
        return "passed"
    return "known to fail" if skipped.get("type") == "pytest.xfail" else "skipped"


def safety_case(content: Content, hazards: Sequence[Hazard], results: Results, run: str = NO_RESULTS) -> str:
    return "\n".join(_lines(content, hazards, results, run)) + "\n"


def _lines(content: Content, hazards: Sequence[Hazard], results: Results, run: str) -> Iterator[str]:
    yield from (f"# Safety case of Backstop {__version__}, {content.rule_set}", "")
    yield from ("By `python -m desktop.shipping.safety_case` from the hazard log; change the log, not this sheet.", "")
    yield from ("**No clinical safety officer has signed. Not UKCA-marked. Not for use with real patients.**", "")
    yield from ("## Intended use", "", INTENDED_USE, "")
    yield from ("## Claim", "")
    yield "Every hazard that was thought of is written down, with what holds against it and what is left. Whether"
    yield from ("that is enough, nobody who may decide it has said yet. The full log: [hazards.md](hazards.md).", "")
    yield from _summary(hazards, results, run)
    yield from ("## Hazards, controls and evidence", "")
    for hazard in hazards:
        yield from _of(hazard, results)
    yield from _open(hazards)


def _summary(hazards: Sequence[Hazard], results: Results, run: str) -> Iterator[str]:
    controls = [control for hazard in hazards for control in hazard.control]
    waiting = sum(1 for control in controls if control.awaits)
    yield from ("## In figures", "")
    yield f"- {len(hazards)} hazards, {len(controls)} controls, {waiting} of them not yet in place."
    for when, risks in (
        ("without controls", [hazard.risk for hazard in hazards]),
        ("with them", [hazard.residual_risk for hazard in hazards]),
    ):
        told = ", ".join(f"{count} at {risk} ({RISK_WORDS[risk]})" for risk, count in sorted(Counter(risks).items()))
        yield f"- Risk {when}: {told}."
    yield f"- Evidence: {_told({test for control in controls for test in control.tests}, results)}."
    yield from (f"- Tests, {run}.", "")


def _of(hazard: Hazard, results: Results) -> Iterator[str]:
    yield from (f"### {hazard.id} {hazard.hazard.rstrip('.')}", "")
    yield f"Risk {hazard.risk} ({RISK_WORDS[hazard.risk]}); with controls {hazard.residual_risk}" + (
        f" ({RISK_WORDS[hazard.residual_risk]})."
    )
    yield from (f"What is left: {hazard.residual}", "")
    for control in hazard.control:
        yield f"- {control.kind}: {control.text}"
        yield f"  - {_evidence(control, results)}"
    yield ""


def _evidence(control: Control, results: Results) -> str:
    if control.awaits:
        return f"Not in place: {control.awaits}"
    return f"Evidence: {_told(set(control.tests), results)}."


def _told(tests: set[str], results: Results) -> str:
    number = f"{len(tests)} tests" if len(tests) > 1 else "1 test"
    if not results:
        return f"{number}; {NO_RESULTS}"
    counted = Counter(results.get(test, "not run") for test in tests)
    return f"{number}: " + ", ".join(f"{count} {what}" for what, count in sorted(counted.items()))


def _open(hazards: Sequence[Hazard]) -> Iterator[str]:
    yield from ("## What is left, and not accepted by anybody", "")
    for hazard in sorted(hazards, key=lambda hazard: -hazard.residual_risk):
        if hazard.residual_risk >= UNDESIRABLE:
            yield f"- {hazard.id}, risk {hazard.residual_risk}: {hazard.residual} Accepted by {hazard.accepted}."
    yield from ("", "## Controls that are not yet in place", "")
    for hazard in hazards:
        yield from (f"- {hazard.id}: {one.text} ({one.awaits})" for one in hazard.control if one.awaits)


if __name__ == "__main__":
    main([str(Path(file)) for file in sys.argv[1:]])
