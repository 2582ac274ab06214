"""How long the library takes: to read, to index, and to find; each held against an empty search in the same run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from desktop.clinical.content import load
from desktop.clinical.library import load_library
from desktop.record.library_search import LibrarySearch

TYPED = ("s", "sci", "sciatica", "bladder scan", "night pain cancer", "denosumab", "miloma", "qqqqxz")


def milliseconds(work: Callable[[], object], times: int = 20) -> float:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def main() -> None:
    content = load()
    start = time.perf_counter()
    library = load_library(content)
    print(f"read {len(library.pages) + len(library.for_patients)} pages: {(time.perf_counter() - start) * 1000:.0f} ms")
    search = LibrarySearch(library, "clinicians")
    start = time.perf_counter()
    search.find("first")
    print(f"index and first search: {(time.perf_counter() - start) * 1000:.0f} ms")
    floor = milliseconds(lambda: search.find(""))
    for typed in TYPED:
        taken = milliseconds(lambda typed=typed: search.find(typed))
        print(f"{typed!r}: {taken:.2f} ms, {taken / max(floor, 0.001):.0f} times an empty search")


if __name__ == "__main__":
    main()
