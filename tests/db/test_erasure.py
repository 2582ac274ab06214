"""One patient taken out: nothing of them is left in the live store, the trail stays whole, and only so may rows go."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from db.backup import make_backup
from db.erasure import kept_aside, remaining
from db.errors import NotInStore, ReasonForErasureMissing
from db.holdings import unplaced
from db.keyfile import Keys
from db.store import Store

KEY = bytes(range(32))
AT = datetime(2026, 11, 23, 10, 40, tzinfo=UTC)


@pytest.fixture
def two(store: Store) -> Store:
    """Marigold Larkspur, with a signed and amended encounter and a draft; and Teasel, who stays."""
    for uid, family, number in [("p1", "Larkspur", "9990000018"), ("p2", "Teasel", "9990000026")]:
        store.patients.add(uid, family=family, given="Marigold", born=date(1965, 3, 12), nhs_number=number, at=AT)
        for encounter in (f"{uid}-signed", f"{uid}-draft"):
            store.begin_encounter(encounter, patient_uid=uid, at=AT, clinician="Dr One", rule_set="1")
            store.save_answer(encounter, "note", f"{family} walked in", who="Dr One", at=AT)
        store.sign_encounter(f"{uid}-signed", who="Dr One", at=AT, assessment_json=json.dumps(family))
        changes = {"note": f"{family} came back"}
        store.amend(f"{uid}-signed", reason="x", changes=changes, who="Dr One", at=AT, assessment_json="{}")
    return store


def erase(store: Store, uid: str = "p1", reason: str = "request"):  # type: ignore[no-untyped-def]
    return store.custody.erase(uid, reason=reason, who="anna", at=AT)


def everything(store: Store) -> str:
    told = []
    for row in list(store._database.utils.query("SELECT name FROM sqlite_master WHERE type = 'table'")):
        told += [str(dict(each)) for each in store._database.utils.query(f"SELECT * FROM {row['name']}")]
    return "\n".join(told)


def test_every_table_is_about_a_patient_or_known_to_be_about_nobody(store: Store) -> None:
    """A new table has to say so in db.holdings, or an erasure would leave it out."""
    assert unplaced(store._database) == set()


def test_nothing_of_the_patient_is_left_and_the_other_stays(two: Store, folder: Path) -> None:
    (folder / "documents").mkdir()
    (folder / "documents" / "summary-p1-signed.pdf").write_bytes(b"Larkspur")
    (folder / "documents" / "summary-p2-signed.pdf").write_bytes(b"Teasel")
    other = two.custody.holdings("p2")
    done = erase(two)
    assert (done.encounters, done.still, len(done.files)) == (2, {}, 1)
    assert [word for word in ("Larkspur", "9990000018") if word in everything(two)] == []
    assert two.patients.find("lark") == []
    assert two.custody.holdings("p2") == other
    assert [path.name for path in (folder / "documents").iterdir()] == ["summary-p2-signed.pdf"]
    with pytest.raises(NotInStore):
        two.patients.one("p1")
    assert next(iter(two._database.utils.query("PRAGMA freelist_count")))["freelist_count"] == 0


def test_a_paper_that_is_open_elsewhere_is_named_and_the_rest_is_done(
    two: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "documents").mkdir()
    paper = folder / "documents" / "summary-p1-signed.pdf"
    paper.write_bytes(b"Larkspur")

    def in_use(self: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "it is open in another program", str(self))

    with monkeypatch.context() as windows:
        windows.setattr(Path, "unlink", in_use)
        done = erase(two)
    assert (done.encounters, done.files, done.not_removed) == (2, (), (paper,))


def test_the_trail_stays_whole_and_tells_of_it_without_a_name(two: Store) -> None:
    before = two.trail.head()
    erase(two, reason="retention")
    assert two.verify(before) is None
    entry = list(two.trail.entries())[-1]
    assert (entry.what, entry.who, entry.why) == ("patient erased", "anna", "retention")
    assert "Larkspur" not in str([*two.trail.entries()])
    two.patients.add("p3", family="New", given="One", born=date(1970, 1, 1), at=AT)
    assert two.verify(before) is None


def test_rows_are_refused_afterwards_as_before(two: Store) -> None:
    triggers = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    before = list(two._database.utils.query(triggers))
    erase(two)
    assert list(two._database.utils.query(triggers)) == before


PAST_THE_TRAIL: dict[str, Callable[[Store], object]] = {
    "rows taken out without a tombstone": lambda store: store._database.execute("DELETE FROM answers WHERE seq = 5"),
    "a row put back": lambda store: store._database.execute(
        "INSERT INTO patients (uid, family, given, title, born, made_at)"
        " VALUES ('p1', 'Larkspur', 'M', '', '1965-03-12', '')"
    ),
}


@pytest.mark.parametrize("change", PAST_THE_TRAIL.values(), ids=PAST_THE_TRAIL)
def test_a_tombstone_excuses_nothing_else(two: Store, change: Callable[[Store], object]) -> None:
    erase(two)
    for row in list(two._database.utils.query("SELECT name FROM sqlite_master WHERE name LIKE '%refuse%'")):
        two._database.execute(f"DROP TRIGGER {row['name']}")
    two._database.execute("PRAGMA foreign_keys = OFF")
    change(two)
    assert two.verify() is not None


def test_a_name_in_somebody_elses_text_is_told(two: Store) -> None:
    two.save_answer("p2-draft", "note", "sister of Mrs Larkspur", who="Dr One", at=AT)
    assert erase(two).still == {"answers": 1, "encounters": 1}


@pytest.mark.parametrize(
    ("uid", "reason", "error"), [("p1", "", ReasonForErasureMissing), ("p9", "request", NotInStore)]
)
def test_without_a_reason_or_a_patient_nothing_happens(
    two: Store, uid: str, reason: str, error: type[Exception]
) -> None:
    before = everything(two)
    with pytest.raises(error):
        erase(two, uid, reason)
    assert everything(two) == before


def test_backups_that_still_hold_the_patient_are_named_with_their_last_day(two: Store, folder: Path) -> None:
    for days in (-3, 5, 9, 10):
        at = AT + timedelta(days=days)
        make_backup(folder, Keys.of(KEY), folder / "backups", at=at, why="regular")
    now = AT + timedelta(days=10, hours=1)
    erase(two)
    left = remaining(folder, AT, now)
    assert [one.gone_by for one in left] == sorted((one.gone_by for one in left), reverse=True)
    assert len(left) == 3
    assert now.date() < left[0].gone_by < (now + timedelta(days=500)).date()
    assert kept_aside(folder) == []
