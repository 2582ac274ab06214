"""Whom the practice calls: every contact its plans can name, services of its own, and when each was last checked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from msgspec import Struct

from desktop.clinical.content import Content
from desktop.clinical.dates import date_words
from desktop.clinical.rules import Contact, ReferralLine, Urgency
from desktop.record.practice import ContactEntry, PracticeRecord, PracticeRefused
from desktop.record.words import say

OWN = "own_"
MOST = 400
Today = Callable[[], date]


class Service(Struct, frozen=True):
    """`level` is the most urgent plan that names it; `own`: the practice added it, so no plan does."""

    id: str
    name: str
    telephone: str
    hours: str
    how: str
    checked: date | None
    level: Urgency
    own: bool
    stale: bool

    @property
    def empty(self) -> bool:
        return not self.telephone


class Directory:
    """`content` is that of the files, overlay included: what the practice wrote itself comes before it."""

    def __init__(self, content: Content, practice: PracticeRecord, today: Today) -> None:
        self._content, self.practice, self._today = content, practice, today
        self._levels = _levels(content)

    def services(self) -> tuple[Service, ...]:
        """The most urgent first, then by name; the practice's own at the end."""
        named = [contact.id for contact in self._content.contacts.values() if not contact.own]
        own = [id for id, entry in self.practice.now.contacts.items() if id.startswith(OWN) and not entry.gone]
        found = (self.service(id) for id in (*named, *own))
        return tuple(sorted(found, key=lambda one: (one.own, -one.level, one.name.lower())))

    def service(self, id: str) -> Service:
        contact, entry = self._content.contacts.get(id), self.practice.now.contacts.get(id, ContactEntry())
        own_number = bool(entry.telephone) or contact is None
        checked = _date(entry.checked)
        return Service(
            id=id,
            name=contact.name if contact else entry.name,
            telephone=entry.telephone or (contact.telephone if contact else ""),
            hours=entry.hours if own_number or contact is None else contact.hours,
            how=entry.how or (contact.how if contact else ""),
            checked=checked,
            level=self._levels.get(id, Urgency.none),
            own=contact is None,
            stale=checked is None or _months(checked, self._today()) >= self.practice.now.stale_months,
        )

    def doubt(self, id: str) -> str:
        """`number last checked 12-Jan-2025`, of one that the practice entered and let grow old; else nothing."""
        if id not in self.practice.now.contacts or not self.practice.now.contacts[id].telephone:
            return ""
        service = self.service(id)
        if not service.stale:
            return ""
        return f"number last checked {date_words(service.checked)}" if service.checked else "number never checked"

    def save(self, id: str, entry: ContactEntry) -> None:
        """Raises PracticeRefused with a sentence per field, or RecordError."""
        self.practice.change_contact(id, entry)

    def save_all(self, entries: Mapping[str, ContactEntry]) -> None:
        """All of them or none."""
        self.practice.change_contacts(entries)

    def add(self, entry: ContactEntry) -> str:
        """A service of the practice's own; its id."""
        if not entry.name.strip():
            raise PracticeRefused({"name": say("A service needs a name.")})
        if self.named(entry.name) is not None:
            raise PracticeRefused({"name": say("There is a service of this name already.")})
        if len(self.practice.now.contacts) >= MOST:
            raise PracticeRefused({"name": say("At most {most} services.", most=MOST)})
        id = self.new_id(entry.name, self.practice.now.contacts)
        self.practice.change_contact(id, entry)
        return id

    def remove(self, id: str) -> None:
        """Only what the practice added: whom a plan names stays, with or without a number."""
        if id.startswith(OWN):
            self.practice.change_contact(id, ContactEntry(name=self.service(id).name, gone=True))

    def named(self, name: str) -> str | None:
        """The id of the service of that name, or whose id it is."""
        wanted = " ".join(name.split()).casefold()
        return next((one.id for one in self.services() if wanted in (one.name.casefold(), one.id)), None)

    def asked_in(self, words: str) -> str | None:
        """The id of the service that words such as `Phone the MSCC coordinator` name: the longest name in them."""
        said = words.casefold()
        found = [one for one in self.services() if one.name.casefold() in said]
        return max(found, key=lambda one: len(one.name)).id if found else None

    @staticmethod
    def new_id(name: str, taken: Iterable[str]) -> str:
        base = OWN + (re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:40] or "service")
        tried, number = base, 1
        while tried in set(taken):
            number += 1
            tried = f"{base}_{number}"
        return tried

    @property
    def today(self) -> date:
        return self._today()


def _levels(content: Content) -> dict[str, Urgency]:
    found: dict[str, Urgency] = {}
    for rule in content.rules:
        for line in rule.plan:
            if isinstance(line, ReferralLine):
                found[line.to] = max(found.get(line.to, Urgency.none), rule.level)
    return found


def emergency_contacts(content: Content, most: int = 7) -> tuple[Contact, ...]:
    """Those outside the practice whom the plans of emergencies name, the most often named first."""
    named = Counter(
        line.to
        for rule in content.rules
        if rule.level is Urgency.emergency
        for line in rule.plan
        if isinstance(line, ReferralLine) and not content.contacts[line.to].own
    )
    return tuple(content.contacts[id] for id, _ in named.most_common(most))


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _months(then: date, now: date) -> int:
    return (now.year - then.year) * 12 + now.month - then.month - (now.day < then.day)
