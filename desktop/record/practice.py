"""What the practice says about itself: name, address, whom its plans call, and how long a screen stays open."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field
from msgspec.structs import asdict, replace

from db.store import Store
from desktop.clinical.content import Content
from desktop.clinical.working_days import nations
from desktop.record.consultation import Clock
from desktop.record.refused import FieldsRefused
from desktop.record.roles import Act, Rights
from desktop.record.words import say

CONTACT = "contact "
SHORTEST_LOCK, LONGEST_LOCK = 1, 30
NAME, ADDRESS, HOURS, HOW = 120, 400, 80, 300
TELEPHONE = re.compile(r"[+(]?[0-9][0-9 ()/-]{1,30}(?: ?(?:ext\.?|x) ?[0-9]{1,6})?", re.IGNORECASE)


class ContactEntry(Struct, frozen=True):
    """One service of the directory. `name` is given where no plan names it; `checked` is when somebody last made sure,
    as a date in ISO form; `gone`: taken out again."""

    telephone: str = ""
    hours: str = ""
    how: str = ""
    checked: str = ""
    name: str = ""
    gone: bool = False


class Practice(Struct, frozen=True):
    """`hours` is when patients reach it; `contacts` by the id a plan names them with; `nurses_sign` lets nurses and
    physiotherapists sign; an entry of the directory is stale `stale_months` after it was last checked; `nation` is
    whose bank holidays count; `attach_encounter` puts the encounter as data into clinical PDFs."""

    name: str = ""
    address: str = ""
    telephone: str = ""
    hours: str = ""
    lock_minutes: int = 10
    nurses_sign: bool = False
    stale_months: int = 6
    nation: str = "england"
    attach_encounter: bool = False
    contacts: Mapping[str, ContactEntry] = field(default_factory=dict)


class PracticeRecord:
    """The practice as the store has it. A change is written, and told to the trail, before it is seen."""

    def __init__(self, store: Store, *, who: str, clock: Clock, rights: Rights | None = None) -> None:
        """With `rights`: who may sign, when a screen locks, what files carry is for whoever looks after accounts."""
        self._store, self._who, self._clock, self._rights = store, who, clock, rights
        self.read_again()

    def read_again(self) -> None:
        self.now = read_practice(self._store)

    def change(self, **values: Any) -> None:
        """Raises PracticeRefused with a sentence per field, or RecordError; then nothing has changed."""
        if self._rights and values.keys() & {"nurses_sign", "lock_minutes", "attach_encounter"}:
            self._rights.need(Act.ACCOUNTS)
        told = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
        refuse(mistakes(told))
        self._write(told)

    def change_contact(self, id: str, entry: ContactEntry) -> None:
        """Raises PracticeRefused, with the name of the field, or RecordError."""
        self.change_contacts({id: entry})

    def change_contacts(self, entries: Mapping[str, ContactEntry]) -> None:
        """All of them or none."""
        tidy = {id: tidied(entry) for id, entry in entries.items()}
        for entry in tidy.values():
            refuse(contact_mistakes(entry))
        self._write({CONTACT + id: _told(entry) for id, entry in tidy.items()})

    def _write(self, told: dict[str, Any]) -> None:
        with self._store.all_or_nothing():
            self._store.practice.change(told, who=self._who, at=self._clock())
        self.read_again()


class PracticeRefused(FieldsRefused):
    """What the practice can't say of itself like this."""


def read_practice(store: Store) -> Practice:
    told = store.practice.all()
    contacts = {
        name.removeprefix(CONTACT): ContactEntry(**_known(ContactEntry, value))
        for name, value in told.items()
        if name.startswith(CONTACT)
    }
    return Practice(**_known(Practice, told) | {"contacts": contacts})


def _known(model: type[Struct], told: Mapping[str, Any]) -> dict[str, Any]:
    """What a later Backstop wrote beside it is passed over."""
    return {name: value for name, value in told.items() if name in model.__struct_fields__}


def refuse(found: dict[str, str]) -> None:
    if found:
        raise PracticeRefused(found)


def tidied(entry: ContactEntry) -> ContactEntry:
    """Without stray blanks and line ends."""
    telephone, hours, how = (" ".join(text.split()) for text in (entry.telephone, entry.hours, entry.how))
    return replace(entry, telephone=telephone, hours=hours, how=how, name=" ".join(entry.name.split()))


def contact_mistakes(entry: ContactEntry) -> dict[str, str]:
    """By field; empty when it can be written."""
    words = {"name": (entry.name, NAME), "hours": (entry.hours, HOURS), "how": (entry.how, HOW)}
    found = {name: _too_long(text, most) or _unseen(text) for name, (text, most) in words.items()}
    return _found({"telephone": telephone_mistake(entry.telephone), **found})


def _told(entry: ContactEntry) -> dict[str, Any]:
    """What is empty isn't written."""
    return {name: value for name, value in asdict(entry).items() if value or name in ("telephone", "hours")}


def _unseen(text: str) -> str:
    """Characters that turn or hide others have no place in a directory."""
    hidden = any(unicodedata.category(one) in ("Cc", "Cf") for one in text)
    return say("This has characters that can’t be seen. Type it instead of pasting it.") if hidden else ""


def mistakes(told: Mapping[str, Any]) -> dict[str, str]:
    found = {
        "name": _too_long(told.get("name", ""), NAME),
        "address": _too_long(told.get("address", ""), ADDRESS),
        "telephone": telephone_mistake(told.get("telephone", "")),
        "hours": _too_long(told.get("hours", ""), HOURS) or _unseen(told.get("hours", "")),
        "lock_minutes": _lock_mistake(told.get("lock_minutes", SHORTEST_LOCK)),
        "stale_months": _stale_mistake(told.get("stale_months", 1)),
        "nation": "" if told.get("nation", "england") in nations() else say("Not a nation whose holidays are known."),
    }
    return _found(found)


def _found(whys: Mapping[str, str]) -> dict[str, str]:
    return {name: why for name, why in whys.items() if why}


def telephone_mistake(text: str) -> str:
    """Empty is no mistake: a plan says that the number is missing."""
    text = text.strip()
    if not text or TELEPHONE.fullmatch(text):
        return ""
    return say("A telephone number has digits and spaces, such as 01632 960 114, or 999. Notes belong under hours.")


def _too_long(text: str, most: int) -> str:
    return say("At most {most} characters; this has {count}.", most=most, count=len(text)) if len(text) > most else ""


def _lock_mistake(minutes: object) -> str:
    if isinstance(minutes, int) and SHORTEST_LOCK <= minutes <= LONGEST_LOCK:
        return ""
    return say("From {least} to {most} minutes, as a whole number.", least=SHORTEST_LOCK, most=LONGEST_LOCK)


def _stale_mistake(months: object) -> str:
    return "" if type(months) is int and 1 <= months <= 24 else say("From 1 to 24 months, as a whole number.")


def with_contacts(content: Content, practice: Practice) -> Content:
    """The content with the practice's own numbers in the place of what an overlay says."""
    filled = {
        id: {"telephone": entry.telephone, "hours": entry.hours, "how": entry.how}
        for id, entry in practice.contacts.items()
        if not entry.gone
    }
    return content.with_contacts(filled)
