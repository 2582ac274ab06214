"""Passwords, keys and the recovery kit: who gets in, and what is said to who doesn't."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import asdict, replace

from db.entrance import create, go_back_to_previous_keys, recover, sign_in
from db.errors import (
    AccountRefused,
    ChangedKeys,
    DamagedKeys,
    KeysDontFit,
    KeysInUse,
    KeysOfAnotherStore,
    LastAdministrator,
    LoweredKeys,
    MissingKeys,
    MissingStore,
    MistypedCode,
    MovedKeys,
    NewerKeys,
    NoAccount,
    NotAllowed,
    ShortPassword,
    StoreError,
    WrongPassword,
)
from db.keyfile import DAMAGED, KEYS, PREVIOUS, Keys, read_keys, write_keys
from db.passwords import ALPHABET, new_code, read_code
from db.roles import Act, Role, may
from db.session import Session
from db.slots import REAL, Cost, make_slot
from db.store import FILE, Store

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
CHEAP = Cost(memory=32, passes=1, lanes=4)
ANNA, BEN = "a plain pass phrase", "another plain phrase"
CODE = new_code()
CLINICIAN = {Role.CLINICIAN}


def made(folder: Path, cost: Cost = CHEAP) -> Session:
    return create(folder, user="anna", name="Dr Anna Ash", password=ANNA, code=CODE, at=AT, cost=cost)


def enter(folder: Path, user: str = "anna", password: str = ANNA, cost: Cost = CHEAP) -> Session:
    return sign_in(folder, user, password, at=AT, cost=cost)


@pytest.fixture
def closed(folder: Path, made_once: Path) -> Path:
    return Path(shutil.copytree(made_once, folder))


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a patient and the accounts of Anna, who looks after accounts, and Ben."""
    folder = tmp_path_factory.mktemp("made") / "store"
    with made(folder) as session:
        session.add("ben", name="Dr Ben Birch", roles=CLINICIAN, password=BEN, at=AT)
        session.store.patients.add("p1", family="Larkspur", given="Marigold", born=date(1965, 3, 12), at=AT)
    return folder


def told(folder: Path) -> dict[str, Any]:
    return json.loads((folder / KEYS).read_bytes())  # type: ignore[no-any-return]


def put(folder: Path, file: dict[str, Any]) -> None:
    """As somebody would who knows how the file is made: the sum is right."""
    rest = {name: value for name, value in file.items() if name != "sum"}
    rest["sum"] = sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()
    (folder / KEYS).write_bytes(json.dumps(rest, indent=1, sort_keys=True).encode() + b"\n")


# --- with the real protection ---------------------------------------------------------------------


def test_the_real_protection_and_a_real_store_refuses_a_cheaper_one(folder: Path, tmp_path: Path) -> None:
    made(folder, REAL).close()
    assert {(slot.memory, slot.passes, slot.lanes) for slot in read_keys(folder).slots} == {(65536, 3, 4)}
    sign_in(folder, "anna", ANNA, at=AT).close()
    with pytest.raises(WrongPassword):
        sign_in(folder, "anna", BEN, at=AT)
    made(tmp_path / "cheap").close()
    with pytest.raises(LoweredKeys, match="weaker or other protection"):
        sign_in(tmp_path / "cheap", "anna", ANNA, at=AT)


# --- who gets in ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("user", "password"), [("anna", ANNA), ("ben", BEN)])
def test_each_signs_in_with_their_own_password(closed: Path, user: str, password: str) -> None:
    with enter(closed, user, password) as session:
        assert session.account.user == user
        assert session.store.patients.one("p1").family == "Larkspur"


@pytest.mark.parametrize(("user", "password"), [("anna", BEN), ("ben", ANNA), ("anna", ""), ("carl", ANNA), ("", "")])
def test_nobody_signs_in_with_anything_else(closed: Path, user: str, password: str) -> None:
    with pytest.raises(WrongPassword, match="does not open with this name and password"):
        enter(closed, user, password)
    enter(closed).close()


def test_one_letter_made_in_two_ways_is_one_password(folder: Path) -> None:
    create(folder, user="anna", name="", password="café crème brûlée", code=CODE, at=AT, cost=CHEAP).close()
    enter(folder, password="cafe\u0301 cre\u0300me bru\u0302le\u0301e").close()


def test_two_passwords_are_stretched_at_the_same_time() -> None:
    """As where somebody signs in while another card is still at it."""

    def stretch(_: int) -> str:
        return make_slot("a plain pass phrase", store="", user="", kind="", cost=Cost(32, 1, 4)).kind

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(stretch, range(40))) == [""] * 40


SHORT = ["", "short", "elevenchars", " " * 20, "aaaaaaaaaaaaaaaa", "a b c d", "no no no no"]


@pytest.mark.parametrize("password", SHORT)
def test_a_password_too_short_is_refused_wherever_one_is_set(closed: Path, tmp_path: Path, password: str) -> None:
    before = (closed / KEYS).read_bytes()
    with pytest.raises(ShortPassword):
        create(tmp_path / "new", user="anna", name="", password=password, code=CODE, at=AT, cost=CHEAP)
    with pytest.raises(ShortPassword):
        recover(closed, CODE, "ben", password, at=AT, cost=CHEAP)
    with enter(closed) as session:
        with pytest.raises(ShortPassword):
            session.add("carl", name="", roles=CLINICIAN, password=password, at=AT)
        with pytest.raises(ShortPassword):
            session.change_password(ANNA, password, at=AT)
    assert (closed / KEYS).read_bytes() == before


@pytest.mark.parametrize("password", ["twelve chars", "egg on my hat", "Tr0ub4dor&33"])
def test_a_password_long_enough(folder: Path, password: str) -> None:
    create(folder, user="anna", name="", password=password, code=CODE, at=AT, cost=CHEAP).close()
    enter(folder, password=password).close()


def test_after_a_change_of_password_only_the_new_one_opens(closed: Path) -> None:
    others = [slot for slot in read_keys(closed).slots if slot.user != "anna"]
    with enter(closed) as session:
        with pytest.raises(WrongPassword):
            session.change_password(BEN, "a third plain phrase", at=AT)
        session.change_password(ANNA, "a third plain phrase", at=AT)
    assert [slot for slot in read_keys(closed).slots if slot.user != "anna"] == others
    with pytest.raises(WrongPassword):
        enter(closed)
    enter(closed, password="a third plain phrase").close()
    assert (closed / PREVIOUS).read_bytes() == (closed / KEYS).read_bytes()


def test_the_recovery_kit_gives_a_new_password(closed: Path) -> None:
    recover(closed, CODE.lower().replace("-", " "), "ben", "forgotten no more", at=AT, cost=CHEAP).close()
    with pytest.raises(WrongPassword):
        enter(closed, "ben", BEN)
    enter(closed, "ben", "forgotten no more").close()
    with pytest.raises(WrongPassword):
        recover(closed, new_code(), "ben", BEN, at=AT, cost=CHEAP)
    with pytest.raises(NoAccount):
        recover(closed, CODE, "carl", "a plain pass phrase", at=AT, cost=CHEAP)
    assert not read_keys(closed).slot("user carl")


def test_a_new_kit_takes_the_place_of_the_old_one(closed: Path) -> None:
    code = new_code()
    with enter(closed) as session:
        session.renew_kit(code, at=AT)
    with pytest.raises(WrongPassword):
        recover(closed, CODE, "ben", BEN, at=AT, cost=CHEAP)
    recover(closed, code, "ben", BEN, at=AT, cost=CHEAP).close()


def test_the_code_has_nine_groups_and_notices_any_slip() -> None:
    chance = random.Random(20261124)
    for _ in range(50):
        code = new_code()
        assert [len(group) for group in code.split("-")] == [4] * 8 + [1]
        letters = code.replace("-", "")
        assert read_code(f" {code.lower().replace('0', 'o').replace('1', 'l')}\n") == letters
        assert [slip for slip in slips(letters, chance) if is_read(slip)] == []


def slips(letters: str, chance: random.Random) -> list[str]:
    place, other = chance.sample(range(32), 2)
    wrong = [letters[:place] + letter + letters[place + 1 :] for letter in ALPHABET if letter != letters[place]]
    swapped = list(letters)
    swapped[place], swapped[other] = swapped[other], swapped[place]
    swaps = ["".join(swapped)] if letters[place] != letters[other] else []
    return [*wrong, *swaps, letters[:-1], letters[1:], letters + "0", letters[:5] + "é" + letters[6:], ""]


def is_read(code: str) -> bool:
    try:
        return bool(read_code(code))
    except MistypedCode:
        return False


# --- what is refused, each with its own sentence --------------------------------------------------


def slot_of(file: dict[str, Any], user: str) -> dict[str, Any]:
    return next(slot for slot in file["slots"] if slot["user"] == user)  # type: ignore[no-any-return]


def moved(folder: Path) -> None:
    """Ben's slot under Anna's name: his password would open her account."""
    file = told(folder)
    ben, anna = slot_of(file, "ben"), slot_of(file, "anna")
    anna |= ben | {"user": "anna"}
    put(folder, file)


def lowered(folder: Path) -> None:
    file = told(folder)
    slot_of(file, "anna")["memory"] = 16
    put(folder, file)


def raised(folder: Path) -> None:
    file = told(folder)
    slot_of(file, "anna")["memory"] = 2**31
    put(folder, file)


def other_public(folder: Path) -> None:
    file = told(folder)
    slot_of(file, "anna")["public"] = slot_of(file, "ben")["public"]
    put(folder, file)


def of_another_store(folder: Path) -> None:
    made(folder.parent / "other").close()
    file, other = told(folder), told(folder.parent / "other")
    slot_of(file, "anna").update(slot_of(other, "anna"))
    put(folder, file)


def of_another_store_renamed(folder: Path) -> None:
    of_another_store(folder)
    file = told(folder)
    slot_of(file, "anna")["store"] = file["store"]
    put(folder, file)


def all_of_another_store(folder: Path) -> None:
    made(folder.parent / "other").close()
    (folder / KEYS).write_bytes((folder.parent / "other" / KEYS).read_bytes())


def planted(folder: Path) -> None:
    """A slot of their own, by somebody who has no key: to be sealed the next one."""
    file = told(folder)
    slot = make_slot(BEN, store=file["store"], user="mallory", kind="user", cost=CHEAP)
    file["slots"].append(asdict(slot))
    put(folder, file)


def colleague_taken_out(folder: Path) -> None:
    file = told(folder)
    file["slots"].remove(slot_of(file, "ben"))
    put(folder, file)


def other_seal(folder: Path) -> None:
    file = told(folder)
    sealed = file["generations"][0]["sealed"]
    sealed["user anna"] = sealed["user ben"]
    put(folder, file)


def no_seal(folder: Path) -> None:
    file = told(folder)
    del file["generations"][0]["sealed"]["user anna"]
    put(folder, file)


def no_hex(folder: Path) -> None:
    file = told(folder)
    slot_of(file, "anna")["salt"] = "salt"
    put(folder, file)


def short_salt(folder: Path) -> None:
    file = told(folder)
    slot_of(file, "anna")["salt"] = "00"
    put(folder, file)


def no_text(folder: Path) -> None:
    file = told(folder)
    slot_of(file, "anna")["salt"] = 12
    put(folder, file)


def own_keys(folder: Path) -> None:
    """Other keys sealed to everybody, by somebody who has made a store of their own."""
    write_keys(folder, read_keys(folder).sealed(Keys.of(bytes(32))))


def no_keys(folder: Path) -> None:
    (folder / KEYS).unlink()


def no_store(folder: Path) -> None:
    (folder / FILE).unlink()


def newer(folder: Path) -> None:
    put(folder, told(folder) | {"format": 2})


def cut_short(folder: Path) -> None:
    (folder / KEYS).write_bytes((folder / KEYS).read_bytes()[:500])


def nested(folder: Path) -> None:
    (folder / KEYS).write_bytes(b"[" * 100_000)


REFUSED = {
    moved: MovedKeys,
    lowered: LoweredKeys,
    raised: LoweredKeys,
    other_public: MovedKeys,
    of_another_store: KeysOfAnotherStore,
    of_another_store_renamed: MovedKeys,
    all_of_another_store: KeysDontFit,
    planted: ChangedKeys,
    colleague_taken_out: ChangedKeys,
    other_seal: DamagedKeys,
    no_seal: DamagedKeys,
    no_hex: DamagedKeys,
    no_text: DamagedKeys,
    short_salt: DamagedKeys,
    own_keys: KeysDontFit,
    no_keys: MissingKeys,
    no_store: MissingStore,
    newer: NewerKeys,
    cut_short: DamagedKeys,
    nested: DamagedKeys,
}


@pytest.mark.parametrize(("tamper", "kind"), REFUSED.items(), ids=[tamper.__name__ for tamper in REFUSED])
def test_a_key_file_that_was_changed_is_refused_with_its_own_sentence(
    closed: Path, tamper: Callable[[Path], None], kind: type[StoreError]
) -> None:
    tamper(closed)
    before = {path.name: path.read_bytes() for path in closed.iterdir()}
    for _ in range(2):
        with pytest.raises(kind) as refused:
            enter(closed, "anna", BEN if tamper is moved else ANNA)
        assert type(refused.value) is kind
        assert str(closed) in str(refused.value)
    assert {path.name: path.read_bytes() for path in closed.iterdir()} == before


@pytest.mark.parametrize("tamper", [moved, lowered, other_public, planted, colleague_taken_out])
def test_also_where_somebody_edited_it_by_hand(closed: Path, tamper: Callable[[Path], None]) -> None:
    """And left the sum at its end as it was, or didn't know of it."""
    sum_of_then = told(closed)["sum"]
    tamper(closed)
    file = json.loads((closed / KEYS).read_text()) | {"sum": sum_of_then}
    (closed / KEYS).write_text(json.dumps(file, indent=1, sort_keys=True))
    with pytest.raises(REFUSED[tamper]):
        enter(closed, "anna", BEN if tamper is moved else ANNA)
    with pytest.raises(LoweredKeys if tamper is lowered else DamagedKeys):
        enter(closed, "anna", "no password of anybody here")


def test_a_changed_byte_anywhere_in_the_key_file_is_noticed_and_the_previous_file_helps(closed: Path) -> None:
    enter(closed).close()
    sound, chance = (closed / KEYS).read_bytes(), random.Random(20261124)
    for place in [*range(0, len(sound), 7), len(sound) - 1]:
        byte = sound[place] ^ 1 << chance.randrange(8)
        (closed / KEYS).write_bytes(sound[:place] + bytes([byte]) + sound[place + 1 :])
        with pytest.raises((DamagedKeys, NewerKeys)):
            read_keys(closed)
    with pytest.raises(DamagedKeys):
        enter(closed)
    go_back_to_previous_keys(closed)
    enter(closed).close()
    assert (closed / DAMAGED).exists()


def test_a_previous_file_that_is_damaged_too_is_not_put_in_its_place(closed: Path) -> None:
    (closed / PREVIOUS).write_bytes(b"{}")
    before = (closed / KEYS).read_bytes()
    with pytest.raises(DamagedKeys):
        go_back_to_previous_keys(closed)
    assert (closed / KEYS).read_bytes() == before


def test_a_store_is_never_made_over_another(closed: Path) -> None:
    with pytest.raises(KeysInUse):
        made(closed)
    (closed / FILE).rename(closed / "moved.db")
    with pytest.raises(KeysInUse):
        made(closed)
    (closed / KEYS).unlink()
    (closed / "moved.db").rename(closed / FILE)
    with pytest.raises(KeysInUse):
        made(closed)


def test_the_password_and_the_keys_lie_nowhere_readable(closed: Path) -> None:
    with enter(closed) as session:
        keys = session.store.keys
        secrets = [ANNA.encode(), CODE.replace("-", "").encode()]
        secrets += [form for key in (keys.data, keys.trail) for form in (key, key.hex().encode())]
        on_disk = [path.read_bytes() for path in closed.iterdir()]
    assert [secret for secret in secrets if any(secret in data for data in on_disk)] == []


# --- accounts and roles ---------------------------------------------------------------------------


def test_a_removed_account_opens_nothing_whatever_was_kept(closed: Path) -> None:
    """Ben keeps the key file and the key as they were; neither opens the store afterwards."""
    kept = (closed / KEYS).read_bytes()
    with enter(closed, "ben", BEN) as session:
        key = session.store.keys.data
    code = new_code()
    with enter(closed) as session:
        session.remove("ben", code=code, at=AT)
        assert session.unfinished_removals() == []
        assert session.store.patients.one("p1").family == "Larkspur"
        assert session.store.verify() is None
    with pytest.raises(WrongPassword):
        enter(closed, "ben", BEN)
    with pytest.raises(StoreError, match="its key is another one"):
        Store.open(closed, key)
    with pytest.raises(WrongPassword):
        recover(closed, CODE, "anna", ANNA, at=AT, cost=CHEAP)
    recover(closed, code, "anna", ANNA, at=AT, cost=CHEAP).close()
    (closed / KEYS).write_bytes(kept)
    with pytest.raises(KeysDontFit):
        enter(closed, "ben", BEN)


def test_those_who_stay_need_no_new_password(closed: Path) -> None:
    with enter(closed) as session:
        session.add("carl", name="Carl", roles={Role.NURSE}, password="the phrase of carl", at=AT)
        session.remove("ben", code=new_code(), at=AT)
    enter(closed).close()
    with enter(closed, "carl", "the phrase of carl") as session:
        assert session.store.verify() is None


def test_an_old_password_with_an_old_key_file_does_not_open_later_keys(closed: Path) -> None:
    old = read_keys(closed)
    with enter(closed) as session:
        session.change_password(ANNA, "a third plain phrase", at=AT)
        session.remove("ben", code=new_code(), at=AT)
    mixed = replace(read_keys(closed), slots=old.slots)
    write_keys(closed, mixed)
    with pytest.raises(DamagedKeys):
        enter(closed)


def test_only_an_administrator_looks_after_accounts(closed: Path) -> None:
    with enter(closed, "ben", BEN) as session:
        for act in (
            lambda: session.add("carl", name="", roles=CLINICIAN, password=ANNA, at=AT),
            lambda: session.change_roles("ben", {Role.ADMINISTRATOR}, at=AT),
            lambda: session.remove("anna", code=new_code(), at=AT),
            lambda: session.renew_kit(new_code(), at=AT),
        ):
            with pytest.raises(NotAllowed):
                act()
        assert [account.user for account in session.store.accounts.all()] == ["anna", "ben"]


def test_an_administrator_always_remains(closed: Path) -> None:
    with enter(closed) as session:
        with pytest.raises(LastAdministrator):
            session.remove("anna", code=new_code(), at=AT)
        with pytest.raises(LastAdministrator):
            session.change_roles("anna", CLINICIAN, at=AT)
        session.change_roles("ben", {Role.ADMINISTRATOR, Role.CLINICIAN}, at=AT)
        session.change_roles("anna", CLINICIAN, at=AT)
        assert not session.may(Act.ACCOUNTS)
        with pytest.raises(NotAllowed):
            session.change_roles("anna", {Role.ADMINISTRATOR}, at=AT)


@pytest.mark.parametrize("user", ["anna", "ben", "", "Anna", "a b", "../x", "x" * 33, "-a", "é"])
def test_a_name_that_is_taken_or_no_name_is_refused(closed: Path, user: str) -> None:
    before = (closed / KEYS).read_bytes()
    with enter(closed) as session, pytest.raises(AccountRefused):
        session.add(user, name="", roles=CLINICIAN, password=BEN, at=AT)
    assert (closed / KEYS).read_bytes() == before


def test_an_account_without_a_role_is_refused(closed: Path) -> None:
    with enter(closed) as session, pytest.raises(AccountRefused):
        session.add("carl", name="", roles=(), password=BEN, at=AT)


@pytest.mark.parametrize(
    ("roles", "acts"),
    [
        ({Role.CLINICIAN}, {*Act} - {Act.ACCOUNTS}),
        ({Role.NURSE}, {Act.ANSWER, Act.PRINT, Act.FOLLOW_UP}),
        ({Role.RECEPTIONIST}, {Act.PRINT, Act.FOLLOW_UP}),
        ({Role.ADMINISTRATOR}, {Act.ACCOUNTS, Act.AUDIT, Act.BACKUPS}),
        ({Role.ADMINISTRATOR, Role.RECEPTIONIST}, {*Act} - {Act.ANSWER, Act.SIGN}),
        ((), set()),
    ],
)
def test_what_each_role_may_do(roles: set[Role], acts: set[Act]) -> None:
    assert {act for act in Act if may(roles, act)} == acts
    assert may(roles, Act.SIGN, nurses_sign=True) == (Act.SIGN in acts or Role.NURSE in roles)


def test_the_trail_tells_of_accounts_and_holds_no_names(closed: Path) -> None:
    with enter(closed) as session:
        session.change_roles("ben", {Role.NURSE}, at=AT)
        session.change_password(ANNA, "a third plain phrase", at=AT)
        session.remove("ben", code=new_code(), at=AT)
        entries = list(session.store.trail.entries())
    assert [entry.what for entry in entries if entry.what != "patient added"] == [
        "account added",
        "account added",
        "signed in",
        "roles changed from clinician",
        "password changed",
        "account removed",
        "store given another key",
    ]
    everything = " ".join(str(entry) for entry in entries)
    assert [name for name in ("Ash", "Birch", "Larkspur", "Marigold", "phrase") if name in everything] == []
