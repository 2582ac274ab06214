"""Each role against each act: what the issue says, and that a method refuses with a sentence for a person."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from db.errors import NotAllowed
from db.store import Store
from desktop.clinical.content import Content
from desktop.record.clinic import Clinic
from desktop.record.encounter import LONDON
from desktop.record.errors import RecordError
from desktop.record.practice import Practice, PracticeRecord
from desktop.record.roles import Act, Rights, Role

from ..prepared import shipped_content

AT = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
C, N, R, A = Role.CLINICIAN, Role.NURSE, Role.RECEPTIONIST, Role.ADMINISTRATOR
YES, NO, IF_ALLOWED = True, False, None

# issue 5, point 2                  C    N           R    A
TABLE = {
    Act.ANSWER: {C: YES, N: YES, R: NO, A: NO},
    Act.SIGN: {C: YES, N: IF_ALLOWED, R: NO, A: NO},
    Act.PRINT: {C: YES, N: YES, R: YES, A: NO},
    Act.FOLLOW_UP: {C: YES, N: YES, R: YES, A: NO},
    Act.ACCOUNTS: {C: NO, N: NO, R: NO, A: YES},
    Act.AUDIT: {C: YES, N: NO, R: NO, A: YES},
    Act.BACKUPS: {C: YES, N: NO, R: NO, A: YES},
}
CELLS = [(act, role, said) for act, row in TABLE.items() for role, said in row.items()]


def rights(*roles: Role, nurses_sign: bool = False) -> Rights:
    return Rights("anna", "Anna Ash", frozenset(roles), nurses_sign)


def test_the_table_is_whole() -> None:
    assert set(TABLE) == set(Act) == set(NotAllowed.titles)
    assert all(set(row) == set(Role) for row in TABLE.values())


@pytest.mark.parametrize("nurses_sign", [False, True])
@pytest.mark.parametrize(("act", "role", "said"), CELLS)
def test_each_role_and_act(act: Act, role: Role, said: bool | None, nurses_sign: bool) -> None:
    may = nurses_sign if said is IF_ALLOWED else said
    asked = rights(role, nurses_sign=nurses_sign)
    assert asked.may(act) is may
    if may:
        asked.need(act)
    else:
        with pytest.raises(
            RecordError, match=f"^{NotAllowed.titles[act].format(place='Anna Ash')}. Nothing was changed. Ask somebody"
        ):
            asked.need(act)


@pytest.mark.parametrize("one", Role)
@pytest.mark.parametrize("other", Role)
def test_two_roles_may_what_either_may(one: Role, other: Role) -> None:
    both = rights(one, other)
    for act in Act:
        assert both.may(act) is (rights(one).may(act) or rights(other).may(act))


def test_no_role_may_nothing() -> None:
    assert not any(rights().may(act) for act in Act)


@pytest.fixture(scope="module")
def content() -> Content:
    return shipped_content()


def test_the_head_is_what_a_footer_prints(store: Store, content: Content) -> None:
    clinic = Clinic(content, store, who="anna", clock=lambda: AT, zone=LONDON)
    clinic.tell("summary printed", encounter="e1")
    last = store.trail.head()
    assert clinic.trail_head == f"{last.seq}·{last.mac[:8]}"
    assert [(entry.who, entry.what, entry.which) for entry in store.trail.entries()][-1] == (
        "anna",
        "summary printed",
        '{"encounter": "e1"}',
    )


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("change", [{"nurses_sign": True}, {"lock_minutes": 30}])
def test_nobody_gives_themself_the_right_to_sign(store: Store, role: Role, change: dict[str, object]) -> None:
    record = PracticeRecord(store, who="anna", clock=lambda: AT, rights=rights(role))
    record.change(name="Low Road Surgery")
    if role is Role.ADMINISTRATOR:
        record.change(**change)
    else:
        with pytest.raises(RecordError, match="may not look after accounts"):
            record.change(**change)
        assert record.now == Practice(name="Low Road Surgery")
