"""Phrases and templates of one's own: `;slr` becomes the sentence that it stands for."""

from __future__ import annotations

import re

from msgspec import Struct

from db.store import Store
from desktop.record.consultation import Clock
from desktop.record.notes import LONGEST
from desktop.record.refused import FieldsRefused
from desktop.record.roles import Act, Rights
from desktop.record.words import say

MARK = ";"
SHORT = re.compile(r"[a-z0-9]{1,20}")
UNWRITABLE = re.compile("[\0\ud800-\udfff]")
MOST = 500


class PhraseRefused(FieldsRefused):
    """A phrase that can't be kept like this."""


class Phrase(Struct, frozen=True):
    """`shared` ones are the practice's; one of a person's own goes before the practice's of the same name."""

    short: str
    text: str
    shared: bool = False

    @property
    def typed(self) -> str:
        return MARK + self.short


class Phrases:
    """Everybody who may write has their own; those of the practice are written by who may sign."""

    def __init__(self, store: Store, *, rights: Rights, clock: Clock) -> None:
        self._store, self._rights, self._clock = store, rights, clock

    @property
    def may_share(self) -> bool:
        return self._rights.may(Act.SIGN)

    def all(self) -> tuple[Phrase, ...]:
        """In the order of their abbreviations, a person's own first."""
        found = [Phrase(one.short, one.text, not one.owner) for one in self._store.notes.phrases(self._rights.user)]
        return tuple(sorted(found, key=lambda one: (one.short, one.shared)))

    def in_force(self) -> dict[str, str]:
        """What each abbreviation stands for, for this person."""
        return {one.short: one.text for one in reversed(self.all())}

    def save(self, phrase: Phrase, before: Phrase | None = None) -> None:
        """In the place of the one before. Raises PhraseRefused, NotAllowed or another RecordError."""
        self._need(phrase)
        short = phrase.short.strip().lower().removeprefix(MARK)
        tidy = Phrase(short, phrase.text.strip("\n"), phrase.shared)
        if found := self._mistakes(tidy, before):
            raise PhraseRefused(found)
        with self._store.all_or_nothing():
            if before is not None and (before.short, before.shared) != (short, phrase.shared):
                self._keep(before, "")
            self._keep(tidy, tidy.text)

    def remove(self, phrase: Phrase) -> None:
        self._need(phrase)
        with self._store.all_or_nothing():
            self._keep(phrase, "")

    def _keep(self, phrase: Phrase, text: str) -> None:
        user = self._rights.user
        owner = "" if phrase.shared else user
        self._store.notes.keep_phrase(owner, phrase.short, text, who=user, at=self._clock())

    def _need(self, phrase: Phrase) -> None:
        self._rights.need(Act.ANSWER)
        if phrase.shared:
            self._rights.need(Act.SIGN)

    def _mistakes(self, phrase: Phrase, before: Phrase | None) -> dict[str, str]:
        held = {(one.short, one.shared) for one in self.all()}
        same = before is not None and (before.short, before.shared) == (phrase.short, phrase.shared)
        found = {}
        if not SHORT.fullmatch(phrase.short):
            found["short"] = say("Letters and digits without a space, at most 20, such as slr.")
        elif not same and (phrase.short, phrase.shared) in held:
            found["short"] = say(
                "There is one of that name already: {name}. Choose another, or edit that one.", name=phrase.typed
            )
        elif before is None and len(held) >= MOST:
            found["short"] = say("At most {most} phrases: delete one that is not used.", most=MOST)
        if not phrase.text.strip():
            found["text"] = say("Write what it stands for.")
        elif len(phrase.text) > LONGEST:
            found["text"] = say(
                "At most {most} characters; this has {count}.", most=f"{LONGEST:,}", count=f"{len(phrase.text):,}"
            )
        elif UNWRITABLE.search(phrase.text):
            found["text"] = say("This has a character that can’t be kept. Type it instead of pasting it.")
        return found
