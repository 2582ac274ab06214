"""The reader of notes, loaded when first asked for, and its words. No widgets."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from desktop.clinical.content import Content
from desktop.clinical.mistakes import ContentError
from desktop.ui.translation import Words

if TYPE_CHECKING:
    from desktop.reading.reader import Proposal, Reader, Reading


class NoteReading:
    """`mistakes` are those of the word lists; with any of them nothing is read."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self.mistakes: tuple[str, ...] = ()

    @cached_property
    def reader(self) -> Reader | None:
        from desktop.reading.lexicon import load_lexicon
        from desktop.reading.reader import Reader

        try:
            return Reader(load_lexicon(self._content))
        except ContentError as error:
            self.mistakes = tuple(map(str, error.mistakes))
            return None


class ReadingWords(Words):
    def why_left(self, one: Proposal) -> str:
        reasons = {
            "screen": self.tr("the safety screen is never answered no from a note: ask it"),
            "other": self.tr("somebody else: “{cue}”"),
            "plan": self.tr("advice or a plan: “{cue}”"),
            "doubt": self.tr("a doubt: “{cue}”"),
            "over": self.tr("over, or looked for and not found: “{cue}”"),
            "old": self.tr("there for long: “{cue}”; ask whether it has changed"),
            "past": self.tr("of an earlier time: “{cue}”"),
            "both": self.tr("the note says both"),
        }
        return reasons.get(one.why, self.tr("not clear what it says")).format(cue=one.cue)

    def why(self, one: Proposal) -> str:
        return self.tr("because of “{cue}”").format(cue=one.cue) if one.cue else ""

    def trouble(self, read: Reading, length: int) -> str:
        """What it means, what is safe, what to do."""
        troubles = {
            "pdf": self.tr(
                "This is the inside of a PDF file, not its text. Open the PDF, copy the words, and paste those."
            ),
            "not text": self.tr("This is not text. Nothing was read; copy the words themselves and paste them."),
            "foreign": self.tr(
                "Backstop reads English notes only. Nothing of this was read; ask the questions instead."
            ),
            "nothing": self.tr("No words that Backstop knows. That says nothing about the patient: ask the questions."),
            "too long": self.tr(
                "Read as far as character {read} of {all}; the rest is unread. Cut away what was read to read on."
            ),
        }
        return troubles.get(read.trouble, "").format(read=f"{read.read_to:,}", all=f"{length:,}")
