"""Whether the rules still say of every case what they must: no advice is shown before. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from desktop.clinical.content import Content
from desktop.clinical.mistakes import ContentError

if TYPE_CHECKING:
    from desktop.clinical.case_table import Row

Verdict = Literal["checking", "passed", "failed"]
AT_ONCE = 400


class RulesCheck:
    """`stamp` holds the fingerprint that passed last: while it is the same nothing is run again."""

    def __init__(
        self, content: Content, rows: Callable[[], tuple[Row, ...]], *, fingerprint: Callable[[], str], stamp: Path
    ) -> None:
        self.verdict: Verdict = "checking"
        self.failures: tuple[str, ...] = ()
        self._content, self._rows, self._fingerprint, self._stamp = content, rows, fingerprint, stamp

    def steps(self) -> Iterator[None]:
        """In pieces, so that keys are heard between them. A test that breaks is a test that failed."""
        try:
            yield from self._steps()
        except ContentError as error:
            self.failures = tuple(map(str, error.mistakes))
        except Exception as error:
            self.failures = (f"the test itself stopped: {type(error).__name__}: {error}",)
        self.verdict = "failed" if self.failures else "passed"

    def run(self) -> None:
        """All at once."""
        for _ in self.steps():
            pass

    def _steps(self) -> Iterator[None]:
        mark = self._fingerprint()
        if self._read_stamp() == mark:
            return
        yield
        from desktop.clinical.case_table import without_cases
        from desktop.clinical.selftest import failures

        rows = self._rows()
        self.failures = tuple(f"{id}: a case of some kind is missing" for id in without_cases(self._content, rows))
        for start in range(0, len(rows), AT_ONCE):
            yield
            self.failures += failures(self._content, rows[start : start + AT_ONCE])
        if not self.failures:
            self._write_stamp(mark)

    def _read_stamp(self) -> str:
        with suppress(OSError, UnicodeDecodeError):
            return self._stamp.read_text("ascii")
        return ""

    def _write_stamp(self, mark: str) -> None:
        """Where it cannot be written the test runs again next time."""
        with suppress(OSError):
            self._stamp.parent.mkdir(parents=True, exist_ok=True)
            self._stamp.write_text(mark, "ascii")
