"""One person's way into the store: a pair of keys whose private half only the password opens.

The key of the store is sealed to the public half (HPKE, RFC 9180), so that a session which has it can seal
another one to everybody who stays, without anybody's password, when one person's account is removed.
"""

from __future__ import annotations

import hmac
import json
import secrets
import threading
import unicodedata
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import asdict, replace

from db.errors import DamagedKeys, LoweredKeys, MovedKeys, WrongCode, WrongPassword

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.hpke import Suite


class Cost(Struct, frozen=True):
    """What one guess of a password costs (Argon2id): KiB of memory, passes over it, lanes side by side."""

    memory: int
    passes: int
    lanes: int


USER, KIT = "user", "recovery"
"""The kinds of slots: of an account, and of the recovery kit, which has no user."""
SALT, NONCE = 16, 12
"""Bytes."""
# OpenSSL stretches one password at a time: a second one beside it fails as if there were no memory.
_one_at_a_time = threading.Lock()

REAL = Cost(memory=64 * 1024, passes=3, lanes=4)  # RFC 9106 §4, second recommended option


class Slot(Struct, frozen=True):
    """Everything but `wrapped` lies open; all of it is bound to `wrapped` and can't be changed unnoticed."""

    store: str
    user: str
    kind: str
    memory: int
    passes: int
    lanes: int
    salt: str
    public: str
    check: str
    nonce: str
    wrapped: str

    @property
    def name(self) -> str:
        return f"{self.kind} {self.user}".strip()

    @property
    def is_of_user(self) -> bool:
        return self.kind == USER

    @property
    def cost(self) -> Cost:
        return Cost(self.memory, self.passes, self.lanes)

    @property
    def bound(self) -> bytes:
        told = {name: value for name, value in asdict(self).items() if name not in ("check", "nonce", "wrapped")}
        return json.dumps(told, sort_keys=True).encode()


def slot_of(user: str) -> str:
    """The name of an account's slot."""
    return f"{USER} {user}"


def make_slot(secret: str, *, store: str, user: str, kind: str, cost: Cost) -> Slot:
    """Always with a fresh pair of keys: an old copy of the file and an old password must not open later keys."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    private, public = _pair()
    salt, nonce = secrets.token_bytes(SALT), secrets.token_bytes(NONCE)
    key = _wrapping_key(secret, salt, cost)
    slot = Slot(
        store=store,
        user=user,
        kind=kind,
        memory=cost.memory,
        passes=cost.passes,
        lanes=cost.lanes,
        salt=salt.hex(),
        public=public.hex(),
        check=_check(key),
        nonce=nonce.hex(),
        wrapped="",
    )
    return replace(slot, wrapped=AESGCM(key).encrypt(nonce, private, slot.bound).hex())


def open_slot(slot: Slot, secret: str, *, cost: Cost, place: object) -> bytes:
    """The private half. A wrong password and a changed slot are told apart by `check`."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if slot.cost != cost:
        raise LoweredKeys(place)
    salt, nonce = _bytes(slot.salt, SALT, place), _bytes(slot.nonce, NONCE, place)
    wrapped = _bytes(slot.wrapped, None, place)
    key = _wrapping_key(secret, salt, cost)
    if not hmac.compare_digest(_check(key), slot.check):
        raise WrongPassword("The store") if slot.is_of_user else WrongCode("The store")
    try:
        return AESGCM(key).decrypt(nonce, wrapped, slot.bound)
    except InvalidTag as error:
        raise MovedKeys(place) from error


def seal(keys: bytes, slot: Slot) -> str:
    """Only the private half of the slot opens it again."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    public = X25519PublicKey.from_public_bytes(bytes.fromhex(slot.public))
    return _suite().encrypt(keys, public, info=slot.bound).hex()


def unseal(sealed: str, private: bytes, slot: Slot, *, place: object) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    try:
        return _suite().decrypt(bytes.fromhex(sealed), X25519PrivateKey.from_private_bytes(private), info=slot.bound)
    except (InvalidTag, ValueError) as error:
        raise DamagedKeys(place) from error


def _bytes(hexadecimal: str, length: int | None, place: object) -> bytes:
    try:
        found = bytes.fromhex(hexadecimal)
    except ValueError as error:
        raise DamagedKeys(place) from error
    if length not in (None, len(found)):
        raise DamagedKeys(place)
    return found


def as_typed(secret: str) -> bytes:
    """Two keyboards may make one letter in two ways (é, or e with an accent after it)."""
    return unicodedata.normalize("NFKC", secret).encode(errors="surrogatepass")


def _wrapping_key(secret: str, salt: bytes, cost: Cost) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    argon = Argon2id(salt=salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory)
    with _one_at_a_time:
        return argon.derive(as_typed(secret))


def _check(key: bytes) -> str:
    return blake2b(b"check", key=key, digest_size=16).hexdigest()


def _pair() -> tuple[bytes, bytes]:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


@cache
def _suite() -> Suite:
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
