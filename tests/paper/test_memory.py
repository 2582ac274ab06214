"""A practice that prints all day does not run out of memory."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import cycle, islice

import psutil
import pytest
from msgspec.structs import replace

from desktop.clinical.assessment import Assessment
from desktop.clinical.content import Content
from desktop.clinical.handouts import load_handouts
from desktop.clinical.letters import load_letters
from desktop.paper.basis import Basis
from desktop.paper.documents import clinical_documents
from desktop.paper.handout_documents import patient_documents

from .conftest import HEADING, LONDON, WALKER

MIB = 2**20
MOST = 4


@pytest.fixture
def made(content: Content, encounters: dict[str, Assessment]) -> Iterator[bytes]:
    """Document after document, all kinds in turn, each for somebody else: what is kept by name would pile up."""
    letters, handouts = load_letters(content), load_handouts(content)

    def documents() -> Iterator[bytes]:
        for number, assessment in enumerate(cycle([encounters["emergency"], encounters["full"]])):
            patient = replace(WALKER, family=f"Walker-{number}", given=f"Susan {number}")
            basis = Basis(content, assessment, LONDON, patient, HEADING)
            for document in clinical_documents(basis, letters) + patient_documents(basis, handouts):
                yield document.make()

    return documents()


def growth(step: Callable[[int], object], first: int, further: int) -> float:
    """MiB that `further` documents add, after as many as fill the caches."""
    step(first)
    before = in_use()
    step(further)
    return (in_use() - before) / MIB


def in_use() -> int:
    """Bytes of memory of its own. What was left free by whatever ran before is given back first: it would be filled
    again unseen. Pages of files come and go with what else the machine does."""
    gc.collect()
    with suppress(OSError, AttributeError):  # only there with the C library of Linux
        ctypes.CDLL(None).malloc_trim(0)
    memory = psutil.Process().memory_info()
    return int(memory.rss - getattr(memory, "shared", 0))


@pytest.mark.heavy
@pytest.mark.timeout(1200)
def test_a_thousand_documents_leave_nothing_behind(made: Iterator[bytes]) -> None:
    def step(many: int) -> None:
        assert all(islice(made, many))

    grown = growth(step, 400, 1000)
    print(f"{grown:.1f} MiB")
    assert grown < MOST


def test_documents_that_are_kept_are_noticed(made: Iterator[bytes]) -> None:
    """The twin: with every document held on to, the measure would speak."""
    kept: list[bytes] = []
    assert growth(lambda many: kept.extend(data * 20 for data in islice(made, many)), 2, 12) > MOST
