"""How long a consultation takes by keyboard, by the keystroke-level model: `python tests/benchmarks/keystrokes.py`.

The real window on a real store is driven key by key (`tests/consultations.py`), and what arrives at the window is
counted (`tests/hands.py`); papers are drawn and handed to a printer that keeps them. Speaking, listening, examining and
reading are not in it: it is what the program adds. The model errs by about a fifth for somebody skilled who makes no
mistake. Nothing fails for being slow; the limits stand beside the figures. `--cases 9` adds so many of the published
cases in `tests/cases`, each asked, signed and printed.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1])]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from consultations import ask_screen, emergency, open_patient, practice, simple, whole  # noqa: E402
from hands import GROUP, HAND, KEY, THOUGHT, Counted, Hands  # noqa: E402

from desktop.app import make_self_test  # noqa: E402
from desktop.clinical.content import Content, load  # noqa: E402
from desktop.settings import settings_for  # noqa: E402
from desktop.ui.application import make_application  # noqa: E402
from desktop.ui.self_test import SelfTest  # noqa: E402

HERE = Path(__file__).resolve().parent
ERROR, WORST = 0.21, 120
UNASKED = {"vector-04"}
"""With an answer that the window doesn't ask for: what is left in a bladder that has not changed."""


class Scenario(NamedTuple):
    """`prepare` is done before it counts."""

    name: str
    limit: float
    prepare: Callable[[Hands], None]
    work: Callable[[Hands], None]
    born: date = date(1964, 3, 14)
    sex: str = "female"


SCENARIOS = (
    Scenario("the safety screen, thirteen times no", 15, open_patient, ask_screen),
    Scenario("simple, nothing found, signed, papers printed", 55, lambda hands: None, simple),
    Scenario("worst branch, two emergencies, signed, letter printed", WORST, lambda hands: None, emergency),
)


def cases(most: int) -> list[Scenario]:
    """The first ones of the published, by their number."""
    found = []
    files = sorted(file for file in (HERE.parent / "cases").glob("vector-*.json") if file.stem not in UNASKED)
    for file in files[:most]:
        told = json.loads(file.read_text("utf-8"))
        who = {"born": date(2026 - told["patient"]["age"], 1, 1), "sex": told["patient"]["sex"]}
        name, work = file.stem.replace("-", " "), partial(whole, asked=told["answers"])
        found.append(Scenario(name, WORST, lambda hands: None, work, **who))
    return found


def measured(scenario: Scenario, content: Content, self_test: SelfTest) -> Counted:
    printed: list[bytes] = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        who = {"born": scenario.born, "sex": scenario.sex}
        window = stack.enter_context(practice(content, self_test, folder, printed, **who))
        hands = Hands(window)
        scenario.prepare(hands)
        hands.begin()
        scenario.work(hands)
        hands.end()
    assert all(page.startswith(b"%PDF") for page in printed)
    return hands.counted


def everything(more: int = 0) -> dict[Scenario, Counted]:
    application = make_application()
    sys.excepthook = sys.__excepthook__
    content = load()
    with tempfile.TemporaryDirectory() as folder:
        self_test = make_self_test(content, settings_for(Path(folder)), None)
        self_test.check.run()
    found = {scenario: measured(scenario, content, self_test) for scenario in (*SCENARIOS, *cases(more))}
    application.processEvents()
    return found


def table(found: dict[Scenario, Counted]) -> str:
    """For docs/performance.md."""
    lines = [
        "| by keyboard | questions | keys | thoughts (fours, texts, commands, decisions) | program | seconds | limit |",
        "|---|---|---|---|---|---|---|",
    ]
    for scenario, one in found.items():
        thoughts = f"{one.thoughts} ({one.groups}, {one.texts}, {one.commands}, {one.decisions})"
        within = f"{one.seconds:.0f} ± {one.seconds * ERROR:.0f}"
        lines.append(
            f"| {scenario.name} | {len(one.answered)} | {one.keys} | {thoughts} | {one.spent:.1f} s | **{within}** |"
            f" {scenario.limit:.0f} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    said = ArgumentParser(description=__doc__.partition("\n")[0])
    said.add_argument("--cases", type=int, default=0)
    print(table(everything(said.parse_args().cases)))
    print(f"\nA key {KEY} s, a thought {THOUGHT} s, one for {GROUP} questions, the hand to the keyboard {HAND} s.")
