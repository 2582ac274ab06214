"""How long a consultation takes by keyboard and by mouse: `python tests/benchmarks/keystrokes.py`.

The real window on a real store is driven key by key (`tests/consultations.py`), and what arrives at the window is
counted (`tests/hands.py`); papers are drawn and handed to a printer that keeps them. Speaking, listening, examining and
reading are not in it: it is what the program adds. The model errs by about a fifth for somebody skilled who makes no
mistake. Nothing fails for being slow; the limits stand beside the figures. `--cases 9` adds so many of the published
cases in `tests/cases`, each asked, signed and printed.

The same by the mouse alone (`tests/consultations_by_mouse.py`, counted by `tests/pointing.py`) stands beside the
keyboard of the same run; then what it takes from a new patient to the letter on the screen besides the answers.
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
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1])]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import consultations_by_mouse as by_mouse  # noqa: E402
from consultations import (  # noqa: E402
    EMERGENCY,
    SIMPLE,
    ask_screen,
    emergency,
    from_new_patient,
    open_patient,
    practice,
    simple,
    whole,
)
from hands import GROUP, HAND, KEY, THOUGHT, Counted, Hands  # noqa: E402
from pointing import BUTTON, POINT, Mouse, Pointed  # noqa: E402

from desktop.app import make_self_test  # noqa: E402
from desktop.clinical.content import Content, load  # noqa: E402
from desktop.settings import settings_for  # noqa: E402
from desktop.ui.application import make_application  # noqa: E402
from desktop.ui.self_test import SelfTest  # noqa: E402

HERE = Path(__file__).resolve().parent
ERROR, WORST = 0.21, 120
MOUSE_AT_MOST, BESIDES_AT_MOST = 1.8, 25
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


WITH_MOUSE = (
    SCENARIOS[0]._replace(prepare=by_mouse.open_patient, work=by_mouse.ask_screen),
    SCENARIOS[1]._replace(work=by_mouse.simple),
    SCENARIOS[2]._replace(work=by_mouse.emergency),
)
NEW_PATIENTS = (("nothing found", SIMPLE), ("two emergencies", EMERGENCY))


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


def measured(scenario: Scenario, content: Content, self_test: SelfTest, hand: type[Hands] = Hands) -> Counted:
    printed: list[bytes] = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        who = {"born": scenario.born, "sex": scenario.sex}
        window = stack.enter_context(practice(content, self_test, folder, printed, **who))
        hands = hand(window)
        scenario.prepare(hands)
        hands.begin()
        scenario.work(hands)
        hands.end()
    assert all(page.startswith(b"%PDF") for page in printed)
    return hands.counted


def everything(more: int = 0) -> dict[Scenario, Counted]:
    content, self_test = ready()
    return {scenario: measured(scenario, content, self_test) for scenario in (*SCENARIOS, *cases(more))}


@cache
def ready() -> tuple[Content, SelfTest]:
    make_application()
    sys.excepthook = sys.__excepthook__
    content = load()
    with tempfile.TemporaryDirectory() as folder:
        self_test = make_self_test(content, settings_for(Path(folder)), None)
        self_test.check.run()
    return content, self_test


def mouse_table(keyboard: dict[Scenario, Counted]) -> str:
    """The same work, and how many times as long as the keyboard of this run."""
    content, self_test = ready()
    lines = [
        "| by mouse | clicks | places pointed at | wheel | keys | seconds | times the keyboard |"
        f" at most {MOUSE_AT_MOST} |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for scenario, keyed in zip(WITH_MOUSE, keyboard.values(), strict=False):
        one = measured(scenario, content, self_test, Mouse)
        assert isinstance(one, Pointed)
        assert one.answered == keyed.answered, f"{scenario.name}: {sorted(one.answered ^ keyed.answered)}"
        ratio = one.seconds / keyed.seconds
        met = "met" if ratio <= MOUSE_AT_MOST else "**not met**"
        lines.append(
            f"| {scenario.name} | {one.buttons // 2} | {one.points} | {one.notches} | {one.keys} |"
            f" **{one.seconds:.0f}** | {ratio:.2f} | {met} |"
        )
    return "\n".join(lines)


def new_patient_table() -> str:
    content, self_test = ready()
    lines = [
        "| from *New patient* to the letter on the screen | questions | besides the answers |"
        f" at most {BESIDES_AT_MOST} | from question to question | windows that shut out others |",
        "|---|---|---|---|---|---|",
    ]
    for name, asked in NEW_PATIENTS:
        for hand, work in ((Hands, from_new_patient), (Mouse, by_mouse.from_new_patient)):
            with_it = "mouse" if hand is Mouse else "keyboard"
            scenario = Scenario(f"{name}, {with_it}", 0, lambda hands: None, partial(work, asked=asked))
            one = measured(scenario, content, self_test, hand)
            met = "met" if one.inputs <= BESIDES_AT_MOST else "**not met**"
            lines.append(
                f"| {scenario.name} | {len(one.answered)} | {one.inputs} | {met} | {one.moves} | {one.modals} |"
            )
    return "\n".join(lines)


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
    by_keyboard = everything(said.parse_args().cases)
    print(table(by_keyboard))
    print(f"\n{mouse_table(by_keyboard)}\n\n{new_patient_table()}")
    print(f"\nA key {KEY} s, a thought {THOUGHT} s, one for {GROUP} questions, the hand to the keyboard {HAND} s,")
    print(f"pointing {POINT} s, a button {BUTTON} s.")
