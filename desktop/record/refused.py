"""What was typed and can't be taken: told beside its field, with nothing written."""

from __future__ import annotations

from collections.abc import Mapping


class FieldsRefused(ValueError):
    """`mistakes` has one sentence for each field that needs another look."""

    def __init__(self, mistakes: Mapping[str, str]) -> None:
        self.mistakes = dict(mistakes)
        super().__init__(" ".join(mistakes.values()))
