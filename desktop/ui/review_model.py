"""The review with the Qt signals round it: a decision is written, then everybody is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.record.consultation import Consultation
from desktop.record.decisions import Decisions
from desktop.record.errors import RecordError
from desktop.record.review import DecisionRefused, Review


class ReviewModel(QObject):
    """Signals: changed, refused (what it is about, why), not_saved (the error)."""

    changed = Signal()
    refused = Signal(str, str)
    not_saved = Signal(object)

    def __init__(self, review: Review) -> None:
        super().__init__()
        self.review = review

    @property
    def decisions(self) -> Decisions:
        return self.review.decisions

    @property
    def consultation(self) -> Consultation:
        return self.review.consultation

    def write_impression(self, text: str) -> bool:
        return self._write("impression", lambda: self.review.write_impression(text))

    def accept(self, rule: str) -> bool:
        return self._write(f"flag {rule}", lambda: self.review.accept(rule))

    def override(self, rule: str, treat_as: str, reason: str = "", text: str = "") -> bool:
        return self._write(f"flag {rule}", lambda: self.review.override(rule, treat_as, reason=reason, text=text))

    def take_back(self, rule: str) -> bool:
        return self._write(f"flag {rule}", lambda: self.review.take_back(rule))

    def change_line(self, id: str, **changes: Any) -> bool:
        return self._write(f"line {id}", lambda: self.review.change_line(id, **changes))

    def keep_line(self, id: str) -> bool:
        return self._write(f"line {id}", lambda: self.review.keep_line(id))

    def mark_done(self, ids: Sequence[str], *, done: bool = True) -> bool:
        return self._write("done", lambda: self.review.mark_done(ids, done=done))

    def drop_line(self, id: str, reason: str, text: str = "") -> bool:
        return self._write(f"line {id}", lambda: self.review.drop_line(id, reason=reason, text=text))

    def add_line(self, what: str) -> bool:
        return self._write("add", lambda: self.review.add_line(what))

    def _write(self, about: str, work: Callable[[], object]) -> bool:
        try:
            work()
        except DecisionRefused as refused:
            self.refused.emit(about, str(refused))
            return False
        except RecordError as error:
            self.not_saved.emit(error)
            return False
        self.refused.emit(about, "")
        self.changed.emit()
        return True
