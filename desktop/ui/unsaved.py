"""What the disk refused in one consultation: it outlives the screen that it was given on."""

from __future__ import annotations

from msgspec import Struct, field


class Unsaved(Struct):
    """By the id of question or note: `words` for what was given there, `texts` what was written, to be tried again."""

    words: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def refuse(self, id: str, words: str, text: str = "") -> None:
        self.words[id] = words
        if text:
            self.texts[id] = text

    def forget(self, id: str) -> bool:
        """Whether there was anything: it is saved now, or not wanted any more."""
        self.texts.pop(id, None)
        return self.words.pop(id, None) is not None
