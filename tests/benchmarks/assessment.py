"""How long one assessment takes, with as many rules as shipped, twice and four times as many.

    python tests/benchmarks/assessment.py

CPU milliseconds at the median of 200 runs, for a full encounter (every item answered) and for a blank one. Each figure
stands beside its floor, measured in the same run: the bare evaluation of every condition, without flags, plan or words.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop.clinical.assessment import assess
from desktop.clinical.causes import load_causes
from desktop.clinical.checklist import Answer, Item, Person
from desktop.clinical.condition import verdict
from desktop.clinical.content import Content, load
from desktop.clinical.differential import differential
from desktop.clinical.knowledge import know
from desktop.clinical.question import next_question

PERSON = Person(age=63, sex="female")
AT = datetime(2026, 11, 23, 10, 40, tzinfo=UTC)
RUNS = 200


def usual_answer(item: Item) -> Answer:
    """What most patients say: nothing new, nothing found, a figure in the middle of health."""
    match item.kind:
        case "yes-no":
            return item.id in ("radicular_pain", "mechanical_pain", "straining_pain", "disabling")
        case "choice":
            return "no" if "no" in item.choices else next(iter(item.choices))
        case "multi":
            return frozenset()
        case "number":
            low, high = item.range or (0, 0)
            return high if item.id.startswith("power_") else (low + high) / 2
    return "as usual" if item.kind == "text" else AT.date()


def times_as_many(content: Content, times: int) -> Content:
    copies = [
        rule.but(id=f"{rule.id}{'' if copy == 0 else f'-{copy}'}") for copy in range(times) for rule in content.rules
    ]
    return replace(content, rules=tuple(copies))


def milliseconds(work: Callable[[], object]) -> float:
    def once() -> float:
        start = process_time()
        work()
        return (process_time() - start) * 1000

    return median(once() for _ in range(RUNS))


def rows() -> Iterator[str]:
    shipped = load()
    causes = load_causes(shipped)
    full = {item.id: usual_answer(item) for item in shipped.items.values()}
    heads = "".join(f"{head:>8}" for head in ("floor", "assess", "causes", "next", "whole"))
    yield f"{'encounter':10}{'rules':>6}{heads}{'/ floor':>9}   CPU ms"
    for name, answers in (("full", full), ("blank", {})):
        for times in (1, 2, 4):
            yield row(name, times_as_many(shipped, times), causes, answers)


def row(name: str, content: Content, causes: object, answers: dict[str, Answer]) -> str:
    assessment = assess(content, PERSON, answers, AT)
    floor = milliseconds(lambda: bare(content, answers))
    parts = [
        milliseconds(lambda: assess(content, PERSON, answers, AT)),
        milliseconds(lambda: differential(content, causes, PERSON, answers)),  # type: ignore[arg-type]
        milliseconds(lambda: next_question(content, assessment)),
    ]
    figures = "".join(f"{one:8.2f}" for one in [floor, *parts, sum(parts)])
    return f"{name:10}{len(content.rules):6}{figures}{sum(parts) / floor:9.1f}"


def bare(content: Content, answers: dict[str, Answer]) -> list[bool | None]:
    knowledge = know(content, PERSON, answers)
    return [verdict(content.condition(rule.when), knowledge) for rule in content.rules]


if __name__ == "__main__":
    for line in rows():
        print(line)
