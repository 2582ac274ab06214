"""How well the reader reads the labelled sentences: `python tests/reading/score.py [NAME …] [-v]`.

A name is that of a file beside this one, or a path; without one it is development and every `held_out*.toml`.
`--check` says what is wrong with the labels and reads nothing, so that who writes them learns nothing of the rules.

*Wrong way round* is a proposal that says the opposite of the label, or one for words that the label calls denied,
another person's or unclear. Precision and recall are of proposals against labels that are answers.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1])]

from desktop.clinical.answer import AnswerError, read_answer  # noqa: E402
from desktop.clinical.checklist import Answer  # noqa: E402
from desktop.clinical.content import Content, load  # noqa: E402
from desktop.reading.lexicon import load_lexicon  # noqa: E402
from desktop.reading.reader import Reader  # noqa: E402
from resources import FOLDER  # noqa: E402

NO_ANSWER = ("denied", "other", "unclear")
DAY = date(2026, 11, 28)


@dataclass
class Score:
    sentences: int = 0
    right: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)
    wrong_way: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)

    @property
    def proposed(self) -> int:
        return self.right.total() + self.extra.total()

    @property
    def wrong_rate(self) -> float:
        return len(self.wrong_way) / max(1, self.proposed)

    @property
    def precision(self) -> float:
        return self.right.total() / max(1, self.proposed)

    @property
    def recall(self) -> float:
        return self.right.total() / max(1, self.right.total() + self.missed.total())


def sets() -> list[str]:
    """Development first, then every held-out set."""
    return ["development", *sorted(path.stem for path in HERE.glob("held_out*.toml"))]


def sentences(name: str) -> dict[str, dict[str, object]]:
    path = Path(name) if name.endswith(".toml") else HERE / f"{name}.toml"
    labelled: dict[str, dict[str, object]] = tomllib.loads(path.read_text(encoding="utf-8"))["sentences"]
    return labelled


def slips(name: str, content: Content) -> list[str]:
    """Labels that no item could have; told without looking at what the reader makes of them."""
    found = []
    for sentence, labels in sentences(name).items():
        for item, label in labels.items():
            if item not in content.items:
                found.append(f"{item} is not an item of the checklist: {sentence}")
            elif label not in NO_ANSWER:
                try:
                    read_answer(content.items[item], label, DAY)
                except AnswerError as error:
                    found.append(f"{item} = {label!r}: {error} {sentence}")
            elif label == "denied" and item not in {one.id for one in content.safety_screen.items}:
                found.append(f"{item} = 'denied' is for the safety screen; write false or \"no\": {sentence}")
    return found


def score(name: str, content: Content, folder: Path = FOLDER) -> Score:
    reader, result = Reader(load_lexicon(content, folder)), Score()
    labelled = sentences(name)
    result.sentences = len(labelled)
    for sentence, labels in labelled.items():
        got = {one.item: one.answer for one in reader.read(sentence, DAY).proposals}
        _compare(content, result, sentence, labels, got)
    return result


def _compare(
    content: Content, result: Score, sentence: str, labels: dict[str, object], got: dict[str, Answer | None]
) -> None:
    kinds = content.items
    for item, label in labels.items():
        if label in NO_ANSWER:
            continue
        if item in got and got[item] == read_answer(kinds[item], label, DAY):
            result.right[kinds[item].kind] += 1
        else:
            result.missed[kinds[item].kind] += 1
            result.differences.append(f"missed {item} = {label!r} (got {got.get(item)!r}): {sentence}")
    for item, answer in got.items():
        label = labels.get(item)
        right = item in labels and label not in NO_ANSWER and read_answer(kinds[item], label, DAY) == answer
        if right:
            continue
        result.extra[kinds[item].kind] += 1
        line = f"{item} = {answer!r} (label {label!r}): {sentence}"
        if item in labels and (label in NO_ANSWER or _polarity(label) != _polarity(answer)):
            result.wrong_way.append(line)
        result.differences.append(f"extra {line}")


def _polarity(answer: object) -> bool:
    return answer not in (False, "no", "normal", frozenset())


def report(name: str, result: Score) -> str:
    lines = [f"{name}: {result.sentences} sentences, {result.proposed} proposals"]
    for kind in sorted({*result.right, *result.missed, *result.extra}):
        right, missed, extra = result.right[kind], result.missed[kind], result.extra[kind]
        lines.append(
            f"  {kind:8} precision {right}/{right + extra} = {right / max(1, right + extra):.2f}"
            f"   recall {right}/{right + missed} = {right / max(1, right + missed):.2f}"
        )
    lines.append(f"  all      precision {result.precision:.3f}   recall {result.recall:.3f}")
    lines.append(f"  wrong way round {len(result.wrong_way)}/{result.proposed} = {result.wrong_rate:.1%}")
    return "\n".join(lines)


if __name__ == "__main__":
    shipped = load()
    for which in [one for one in sys.argv[1:] if not one.startswith("-")] or sets():
        if wrong := slips(which, shipped):
            raise SystemExit("\n".join(wrong))
        if "--check" in sys.argv:
            print(f"{which}: {len(sentences(which))} sentences, every label can be read")
            continue
        outcome = score(which, shipped)
        print(report(which, outcome))
        if "-v" in sys.argv:
            print("\n".join(outcome.differences))
