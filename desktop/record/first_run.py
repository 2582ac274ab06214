"""Setting up a store: what is asked, step by step, and nothing on the disk before the last one.

The password and the code of the recovery kit are only held here, and let go of when the store is made.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from desktop.record.accounts import user_mistake
from desktop.record.backups import Backups
from desktop.record.errors import RecordError
from desktop.record.passwords import code_mistake, is_same_code, new_code, password_mistake
from desktop.record.practice import ContactEntry, PracticeRecord, mistakes, telephone_mistake
from desktop.record.roles import Rights
from desktop.record.session import Entrance, Session
from desktop.record.words import say

Step = Literal["practice", "pathway", "you", "recovery", "contacts", "backups", "ready"]
STEPS: tuple[Step, ...] = get_args(Step)


@dataclass
class FirstRun:
    """Filled in by the screens. `kit_out`: the kit was printed, saved or written down; `typed` is typed from it."""

    practice: str = ""
    address: str = ""
    telephone: str = ""
    hours: str = ""
    name: str = ""
    user: str = ""
    password: str = ""
    again: str = ""
    code: str = field(default_factory=new_code)
    kit_out: bool = False
    typed: str = ""
    nation: str = "england"
    contacts: dict[str, ContactEntry] = field(default_factory=dict)
    backup_folder: str = ""
    not_kept: RecordError | None = None

    def mistakes(self, step: Step) -> dict[str, str]:
        """One sentence for each field of the step that needs another look."""
        looks: dict[Step, Callable[[], dict[str, str]]] = {
            "practice": self._practice_mistakes,
            "pathway": dict,
            "you": self._your_mistakes,
            "recovery": self._kit_mistakes,
            "contacts": lambda: {id: telephone_mistake(entry.telephone) for id, entry in self.contacts.items()},
            "backups": lambda: {"backup_folder": folder_mistake(self.backup_folder)},
            "ready": dict,
        }
        return {name: why for name, why in looks[step]().items() if why}

    def first_open(self) -> Step:
        """The first step with something to mend; `ready` if there is none."""
        return next((step for step in STEPS if self.mistakes(step)), "ready")

    def finish(self, entrance: Entrance) -> Session:
        """Makes the store. What the practice said about itself is written then; if that fails, `not_kept` says why,
        and it can be typed again under Settings."""
        session = entrance.create(
            user=self.user.strip(), name=self.name.strip(), password=self.password, code=self.code
        )
        try:
            self._keep_practice(session, entrance)
        except RecordError as error:
            self.not_kept = error
        self.password = self.again = self.code = self.typed = ""
        return session

    def _keep_practice(self, session: Session, entrance: Entrance) -> None:
        record = PracticeRecord(session.store, who=session.user, clock=entrance.now)
        said = {"address": self.address, "telephone": self.telephone, "hours": self.hours, "nation": self.nation}
        record.change(name=self.practice, **said)
        record.change_contacts({id: entry for id, entry in self.contacts.items() if entry.telephone.strip()})
        if self.backup_folder.strip():
            rights = Rights(session.user, self.name, session.account.roles)
            backups = Backups(session.store, rights=rights, clock=entrance.now)
            backups.choose_place(Path(self.backup_folder.strip()))

    def _practice_mistakes(self) -> dict[str, str]:
        said = {"address": self.address, "telephone": self.telephone, "hours": self.hours}
        found = mistakes({"name": self.practice, **said})
        found["practice"] = found.pop("name", "")
        if not self.practice.strip():
            found["practice"] = say("Type the name of the practice: it stands on every letter.")
        return found

    def _your_mistakes(self) -> dict[str, str]:
        return {
            "name": ""
            if self.name.strip()
            else say("Type your name as it is to stand on letters, such as Dr Anna Ash."),
            "user": user_mistake(self.user.strip()),
            "password": password_mistake(self.password, self.user, self.name),
            "again": "" if self.again == self.password else say("The two passwords differ: type the same one twice."),
        }

    def _kit_mistakes(self) -> dict[str, str]:
        if not self.kit_out:
            return {"kit": say("Print the kit, or save it, first: without it a lost password means a lost store.")}
        why = code_mistake(self.typed)
        if not why and not is_same_code(self.typed, self.code):
            why = say("This is the code of another kit. Type the one that was just printed.")
        return {"typed": why}


def folder_mistake(text: str) -> str:
    """Empty is no mistake: then there is only the backup beside the store, which the screens say."""
    folder = Path(text.strip())
    if not text.strip():
        return ""
    if not folder.is_absolute() or not folder.is_dir():
        return say("There is no such folder. Choose one on another disk or on a stick that stays plugged in.")
    return "" if os.access(folder, os.W_OK) else say("Nothing can be written there. Choose another folder.")


def user_from(name: str, taken: Iterable[str] = ()) -> str:
    """A user name to offer: `Dr Anna Ash` becomes `anna.ash`."""
    words = [word for word in _plain(name).split() if word not in TITLES]
    offered = ".".join(words)[:32].strip(".-")
    return "" if offered in taken else offered


TITLES = {"dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "sister", "nurse"}


def _plain(name: str) -> str:
    from unicodedata import normalize

    bare = normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "".join(letter if letter.isalnum() or letter in " -" else " " for letter in bare)
