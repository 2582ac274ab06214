"""`keys.json` beside the store: one slot per person and one for the recovery kit, each with the keys sealed to it.

While the store is being given another key there are two generations of keys, and whichever opens the store is
the right one; so a process may die at any moment of it.
"""

from __future__ import annotations

import hmac
import json
from contextlib import suppress
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any

from msgspec import Struct, ValidationError, convert
from msgspec.structs import asdict, replace

from db.errors import ChangedKeys, DamagedKeys, KeysOfAnotherStore, MissingKeys, NewerKeys
from db.files import put
from db.folder import told_of
from db.slots import Slot, seal, unseal

KEYS = "keys.json"
PREVIOUS = "keys.json.previous"
DAMAGED = "keys.json.damaged"
FORMAT = 1


class Keys(Struct, frozen=True):
    """`data` opens the store; `trail` makes its audit trail and stays when `data` is changed."""

    data: bytes
    trail: bytes

    @classmethod
    def of(cls, data: bytes) -> Keys:
        return cls(data, derived(data, b"trail"))

    @property
    def joined(self) -> bytes:
        return self.data + self.trail


class Generation(Struct, frozen=True):
    """The keys as sealed to each slot, and a mac of the whole list that only somebody who had them could make."""

    sealed: dict[str, str]
    mac: str


class KeyFile(Struct, frozen=True):
    store: str
    slots: tuple[Slot, ...]
    generations: tuple[Generation, ...] = ()

    def slot(self, name: str) -> Slot | None:
        return next((slot for slot in self.slots if slot.name == name), None)

    def with_slots(self, *slots: Slot) -> KeyFile:
        """In the place of those of the same names. The keys have to be sealed again."""
        names = {slot.name for slot in slots}
        kept = [slot for slot in self.slots if slot.name not in names]
        return replace(self, slots=tuple(sorted([*kept, *slots], key=lambda slot: slot.name)), generations=())

    def without_slot(self, name: str) -> KeyFile:
        return replace(self, slots=tuple(slot for slot in self.slots if slot.name != name), generations=())

    def sealed(self, *generations: Keys) -> KeyFile:
        return replace(self, generations=tuple(self._generation(keys) for keys in generations))

    def keys_for(self, slot: Slot, private: bytes, place: object) -> list[Keys]:
        """One, or two if the store was being given another key. Refuses a list that somebody else has changed."""
        if slot.store != self.store:
            raise KeysOfAnotherStore(place)
        if any(slot.name not in each.sealed for each in self.generations):
            raise DamagedKeys(place)
        opened = [unseal(each.sealed[slot.name], private, slot, place=place) for each in self.generations]
        found = [Keys(joined[:32], joined[32:]) for joined in opened]
        for keys, generation in zip(found, self.generations, strict=True):
            if not hmac.compare_digest(self._mac(keys, generation.sealed), generation.mac):
                raise ChangedKeys(place)
        return found

    def _generation(self, keys: Keys) -> Generation:
        sealed = {slot.name: seal(keys.joined, slot) for slot in self.slots}
        return Generation(sealed, self._mac(keys, sealed))

    def _mac(self, keys: Keys, sealed: dict[str, str]) -> str:
        told = [self.store, [asdict(slot) for slot in self.slots], sealed]
        text = json.dumps(told, sort_keys=True).encode()
        return blake2b(text, key=derived(keys.data, b"slots"), digest_size=32).hexdigest()


def derived(key: bytes, name: bytes) -> bytes:
    """HKDF-Expand (RFC 5869 §2.3) of a key that is random already; 32 bytes are its first block."""
    return hmac.digest(key, name + b"\x01", "sha256")


def read_keys(folder: Path, name: str = KEYS, *, exact: bool = True) -> KeyFile:
    """Every byte counts: a file that isn't exactly what was written is damaged. Not `exact`: to say what is wrong with
    it, if it can be read at all."""
    path = folder / name
    if not path.exists():
        raise MissingKeys(folder)
    with told_of(folder):
        data = path.read_bytes()
    try:
        file = _parsed(json.loads(data), path)
        sound = not exact or (bool(file.generations) and render(file) == data)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, ValidationError) as error:
        raise DamagedKeys(path) from error
    if not sound:
        raise DamagedKeys(path)
    return file


def write_keys(folder: Path, file: KeyFile) -> None:
    """The file is always there and always whole; what it was is kept as the previous one."""
    with told_of(folder):
        if (folder / KEYS).exists():
            put(folder / PREVIOUS, (folder / KEYS).read_bytes())
        put(folder / KEYS, render(file))


def forget_previous(folder: Path) -> None:
    """Once the present file has opened the store: the one before might open it with a password given up."""
    with told_of(folder), suppress(FileNotFoundError):
        if (folder / PREVIOUS).read_bytes() != (folder / KEYS).read_bytes():
            put(folder / PREVIOUS, (folder / KEYS).read_bytes())


def restore_previous(folder: Path) -> None:
    """Puts the previous file in the place of a damaged one, which is kept aside. The caller holds the lock."""
    previous = render(read_keys(folder, PREVIOUS))
    with told_of(folder):
        if (folder / KEYS).exists():
            put(folder / DAMAGED, (folder / KEYS).read_bytes())
        put(folder / KEYS, previous)


def render(file: KeyFile) -> bytes:
    told = {
        "format": FORMAT,
        "generations": [asdict(generation) for generation in file.generations],
        "slots": [asdict(slot) for slot in file.slots],
        "store": file.store,
    }
    told["sum"] = sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
    return json.dumps(told, indent=1, sort_keys=True).encode() + b"\n"


def _parsed(told: dict[str, Any], path: Path) -> KeyFile:
    if isinstance(told["format"], int) and told["format"] > FORMAT:
        raise NewerKeys(path)
    return convert({name: told[name] for name in KeyFile.__struct_fields__}, KeyFile)
