"""What holds of all kinds of content: nothing stands twice, leads back to itself, or is dated after the rule set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import date

from desktop.clinical.mistakes import ContentFile
from desktop.clinical.rules import Citation, Modifier, Rule


def check_once(named: Iterable[tuple[ContentFile, str]], what: str) -> None:
    """Told at the second place of each name that stands more than once in the `what`."""
    seen: Counter[str] = Counter()
    for file, id in named:
        seen[id] += 1
        if seen[id] == 2:
            file.wrong(id, "id", f"is used twice in the {what}")


def reached(start: str, before: Mapping[str, Set[str]]) -> set[str]:
    """All that `start` leads to, however many steps away; itself only where it leads back."""
    seen: set[str] = set()
    waiting = set(before.get(start, ()))
    while waiting:
        id = waiting.pop()
        seen.add(id)
        waiting |= set(before.get(id, ())) - seen
    return seen


def later(
    dated: date,
    rules: Iterable[tuple[ContentFile, Rule]],
    modifiers: Iterable[tuple[ContentFile, Modifier]],
    citations: Iterable[tuple[ContentFile, Citation]],
) -> Iterator[tuple[ContentFile, str, str, date]]:
    """A review that lies ahead would never grow old."""
    reviewed = [*((file, rule.id, rule.reviewed) for file, rule in rules)]
    reviewed += [(file, modifier.id, modifier.reviewed) for file, modifier in modifiers]
    yield from ((file, id, "reviewed", day) for file, id, day in reviewed if day > dated)
    yield from ((file, source.id, "checked", source.checked) for file, source in citations if source.checked > dated)
