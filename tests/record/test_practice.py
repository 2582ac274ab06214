"""What the practice says about itself is in the store, told to the trail, and refused when it can't be right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.store import Store
from desktop.record.practice import ContactEntry, Practice, PracticeRecord, PracticeRefused, with_contacts

from ..prepared import open_store, shipped_content

NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store", b"k" * 32) as store:
        yield store


@pytest.fixture
def record(store: Store) -> PracticeRecord:
    return PracticeRecord(store, who="a.rahman", clock=lambda: NOW)


def test_nothing_said_is_nothing_invented(record: PracticeRecord) -> None:
    assert record.now == Practice()


def test_it_comes_back_with_the_trail(record: PracticeRecord, store: Store) -> None:
    record.change(name=" Low Road Surgery ", telephone="01632 960 000", lock_minutes=5, nurses_sign=True)
    record.change_contact("mscc_coordinator", ContactEntry("01632 960 114", "24 hours"))
    again = PracticeRecord(store, who="", clock=lambda: NOW).now
    assert again == Practice(
        name="Low Road Surgery",
        telephone="01632 960 000",
        lock_minutes=5,
        nurses_sign=True,
        contacts={"mscc_coordinator": ContactEntry("01632 960 114", "24 hours")},
    )
    assert [entry.what for entry in store.trail.entries()] == ["practice setting changed"] * 5
    assert store.verify() is None


def test_what_a_later_program_wrote_beside_it_is_passed_over(record: PracticeRecord, store: Store) -> None:
    entry = {"telephone": "01632 960 114", "hours": "", "fax": "01632 960 115"}
    store.practice.change({"contact mscc_coordinator": entry, "colour": "blue"}, who="later", at=NOW)
    record.read_again()
    assert record.now == Practice(contacts={"mscc_coordinator": ContactEntry("01632 960 114")})


def test_the_same_again_is_not_written_again(record: PracticeRecord, store: Store) -> None:
    record.change(name="Low Road Surgery")
    record.change(name="Low Road Surgery")
    assert len(list(store.trail.entries())) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("telephone", "ring Sue"),
        ("telephone", "01632 <b>960</b>"),
        ("telephone", "9" * 100),
        ("telephone", "\u202e01632"),
        ("name", "x" * 121),
        ("address", "x" * 1_000_000),
        ("lock_minutes", 0),
        ("lock_minutes", 31),
        ("lock_minutes", "ten"),
    ],
)
def test_refused_with_a_sentence_and_nothing_written(
    record: PracticeRecord, store: Store, field: str, value: object
) -> None:
    with pytest.raises(PracticeRefused) as caught:
        record.change(**{"address": "1 Low Road", field: value})
    assert list(caught.value.mistakes) == [field]
    assert record.now == Practice()
    assert not list(store.trail.entries())


@pytest.mark.parametrize("number", ["999", "01632 960 114", "+44 1632 960114", "(01632) 960 114 ext 12", ""])
def test_numbers_as_people_write_them(record: PracticeRecord, number: str) -> None:
    record.change_contact("radiology", ContactEntry(number))
    assert record.now.contacts["radiology"].telephone == number


def test_a_plan_names_the_practices_number() -> None:
    content = shipped_content()
    practice = Practice(
        contacts={"mscc_coordinator": ContactEntry("01632 960 114", "24 hours"), "gone": ContactEntry()}
    )
    filled = with_contacts(content, practice)
    assert filled.contacts["mscc_coordinator"].telephone == "01632 960 114"
    assert filled.contacts["haematology"] == content.contacts["haematology"]
    assert "gone" not in filled.contacts
