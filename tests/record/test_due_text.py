"""A moment as it is typed, in the two nights of the year on which the clock is changed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desktop.record.due_text import read_due
from desktop.record.encounter import LONDON


@pytest.mark.parametrize(
    ("now", "typed", "due"),
    [
        # 25-Oct-2026, 01:30 by the clock for the second time: the first 01:45 is over, and no past moment is a limit.
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "01:45", None),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "01:45", datetime(2026, 10, 25, 0, 45, tzinfo=UTC)),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "+ 2 h", datetime(2026, 10, 25, 2, 30, tzinfo=UTC)),
        (datetime(2026, 10, 24, 9, 30, tzinfo=UTC), "+ 1 day", datetime(2026, 10, 25, 10, 30, tzinfo=UTC)),
        (datetime(2027, 3, 27, 9, 30, tzinfo=UTC), "+ 1 day", datetime(2027, 3, 28, 8, 30, tzinfo=UTC)),
    ],
)
def test_elapsed_hours_count_and_no_limit_lies_in_the_past(now: datetime, typed: str, due: datetime | None) -> None:
    read, why = read_due(typed, now, LONDON)
    assert (read and read.astimezone(UTC), bool(why)) == (due, due is None)
