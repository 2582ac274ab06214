"""The practice's directory: what is missing or old is said, a table comes in whole or line by line with reasons."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from db.errors import NotAllowed
from db.store import Store
from desktop.clinical.plan import Referral
from desktop.clinical.rules import Urgency
from desktop.record.clinic import Clinic
from desktop.record.directory import Directory
from desktop.record.directory_csv import MOST_ROWS, NotATable, read_table, write_table
from desktop.record.patients import add_patient
from desktop.record.practice import ContactEntry, PracticeRecord, PracticeRefused
from desktop.record.roles import Rights, Role

from ..prepared import open_store, shipped_content

NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 28)
CONTENT = shipped_content()
HEAD = "service,telephone,hours,how to refer,last checked\n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store", b"k" * 32) as store:
        yield store


@pytest.fixture
def directory(store: Store) -> Directory:
    return Directory(CONTENT, PracticeRecord(store, who="a.rahman", clock=lambda: NOW), lambda: TODAY)


@pytest.fixture
def another_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put back afterwards: a window made earlier in this process has set its own."""
    monkeypatch.setattr("desktop.record.words._Language.translate", staticmethod(lambda words: f"⟦{words}⟧"))


def test_it_has_every_contact_a_plan_can_name_the_most_urgent_first(directory: Directory) -> None:
    services = directory.services()
    assert {one.id for one in services} == {one.id for one in CONTENT.contacts.values() if not one.own}
    assert [one.level for one in services] == sorted((one.level for one in services), reverse=True)
    assert directory.service("mscc_coordinator").level is Urgency.emergency
    assert all(one.empty and one.stale for one in services)


def test_what_is_saved_comes_back_and_is_told_to_the_trail(directory: Directory, store: Store) -> None:
    entry = ContactEntry(" 01632  960 114", "day and night", "say which cancer", "2026-11-01")
    directory.save("mscc_coordinator", entry)
    one = directory.service("mscc_coordinator")
    assert (one.telephone, one.hours, one.how, one.checked) == (
        *("01632 960 114", "day and night", "say which cancer"),
        date(2026, 11, 1),
    )
    assert [entry.what for entry in store.trail.entries()] == ["practice setting changed"]
    assert store.verify() is None


@pytest.mark.parametrize(
    ("checked", "months", "stale"),
    [
        ("2026-05-28", 6, True),
        ("2026-05-29", 6, False),
        ("2025-11-28", 12, True),
        ("", 6, True),
        ("not a day", 6, True),
        ("2026-11-28", 1, False),
    ],
)
def test_old_entries_are_pointed_out(directory: Directory, checked: str, months: int, stale: bool) -> None:
    directory.practice.change(stale_months=months)
    directory.save("haematology", ContactEntry("01632 960 152", checked=checked))
    assert directory.service("haematology").stale is stale


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (ContactEntry("ring Sue"), "telephone"),
        (ContactEntry("\u202e01632 960 152"), "telephone"),
        (ContactEntry(hours="x" * 81), "hours"),
        (ContactEntry(how="x" * 301), "how"),
        (ContactEntry(how="left \u202e right"), "how"),
    ],
)
def test_a_bad_entry_is_refused_at_its_field_and_changes_nothing(directory: Directory, entry, field: str) -> None:
    with pytest.raises(PracticeRefused) as refused:
        directory.save("haematology", entry)
    assert set(refused.value.mistakes) == {field}
    assert directory.service("haematology").empty


def test_a_service_of_the_practices_own_is_added_and_taken_out(directory: Directory) -> None:
    id = directory.add(ContactEntry("01632 960 300", name="Podiatry"))
    assert directory.services()[-1].name == "Podiatry"
    with pytest.raises(PracticeRefused, match="already"):
        directory.add(ContactEntry(name="podiatry "))
    with pytest.raises(PracticeRefused, match="needs a name"):
        directory.add(ContactEntry("01632 960 300"))
    directory.remove(id)
    assert "Podiatry" not in [one.name for one in directory.services()]
    directory.remove("haematology")
    assert "haematology" in [one.id for one in directory.services()]


@pytest.mark.parametrize(
    "data",
    [
        (HEAD + "Haematology,01632 960 152,9 to 5,form,2026-11-01").encode(),
        ("\ufeff" + HEAD + 'haematology,"01632 960 152",9 to 5,form,01/11/2026\r\n').encode(),
        (HEAD + "Haematology,01632 960 152,9 to 5,form,01-Nov-2026\n").replace(",", ";").encode("cp1252"),
        (HEAD + "Haematology,01632 960 152,9 to 5,form,1.11.2026\n").replace(",", "\t").encode("utf-16"),
        (b"Tel,Name,How,Hours,Checked\n01632 960 152,Haematology,form,9 to 5,2026-11-01\n\n,,,,\n"),
        (b"id|telephone|hours|how|checked\nhaematology|01632 960 152|9 to 5|form|2026-11-01\n"),
    ],
)
def test_a_table_is_read_however_the_spreadsheet_wrote_it(directory: Directory, data: bytes) -> None:
    reading = read_table(data.replace(b"Haematology", b"haematology"), directory)
    assert reading.refused == ()
    assert reading.entries == {"haematology": ContactEntry("01632 960 152", "9 to 5", "form", "2026-11-01")}
    assert directory.service("haematology").empty, "nothing is written by reading"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("haematology,ring Sue,,,", "digits and spaces"),
        ("=HYPERLINK(1),01632 960 152,,,", "formula"),
        ("haematology,01632 960 152,@SUM(1),,", "formula"),
        ("haematology,-cmd,,,", "formula"),
        (",01632 960 152,,,", "no name"),
        ("haematology,01632 960 152,,,yesterday", "not a date"),
        ("haematology,01632 960 152,,,30-Nov-2026", "still to come"),
        ("haematology,01632 960 152," + "x" * 90 + ",,", "At most 80"),
        ("urology,01632 960 152,,,", "line 2 already"),
    ],
)
def test_a_bad_line_is_refused_with_its_number_and_the_good_ones_are_kept(
    directory: Directory, row: str, why: str, another_language: None
) -> None:
    reading = read_table(f"{HEAD}urology,01632 960 160,,,\n{row}\n".encode(), directory)
    (refused,) = reading.refused
    assert refused.line == 3
    assert why in refused.why
    assert refused.why.startswith("⟦"), "not translated"
    assert set(reading.entries) == {"urology"}


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 ...", "not a CSV"),
        (b"PK\x03\x04 sheet", "not a CSV"),
        (b"service\0telephone", "not a CSV"),
        (b"service,telephone\n" * 200_000, "larger than"),
        (b"service,telephone\n" + b"a,1\n" * (MOST_ROWS + 1), "lines; at most"),
        (b"colour,weight\nred,3\n", "must name the columns"),
        (b'service,telephone\n"haematology,01632\n', "can’t be read"),
        (b"\xff\xfe\x00", "can’t be read"),
    ],
)
def test_what_is_not_a_table_is_refused_whole(
    directory: Directory, data: bytes, why: str, another_language: None
) -> None:
    with pytest.raises(NotATable) as refused:
        read_table(data, directory)
    assert why in str(refused.value)
    assert str(refused.value).startswith("⟦"), "not translated"


def test_an_import_is_all_or_nothing(directory: Directory) -> None:
    """One entry that is wrong after all leaves the others unwritten too."""
    with pytest.raises(PracticeRefused):
        directory.save_all({"urology": ContactEntry("01632 960 160"), "haematology": ContactEntry("ring Sue")})
    assert directory.service("urology").empty


def test_what_is_exported_can_be_imported_and_is_never_run(directory: Directory) -> None:
    directory.save("haematology", ContactEntry("+44 1632 960152", "=1+1", "-ring, “twice”\n", "2026-11-01"))
    directory.add(ContactEntry("01632 960 300", name="@Podiatry"))
    table = write_table(directory.services())
    lines = table.splitlines()
    assert not any(cell.startswith(("=", "+", "-", "@")) for line in lines[1:] for cell in line.split(","))
    reading = read_table(table.encode(), directory)
    assert reading.refused == ()
    assert reading.entries["haematology"] == directory.practice.now.contacts["haematology"]
    assert reading.new == len(directory.services()) - 2


def test_the_directory_comes_before_the_overlay_and_a_number_brings_its_own_hours() -> None:
    laid = CONTENT.with_contacts({"haematology": {"telephone": "01632 960 001", "hours": "9 to 5", "how": "form"}})
    filled = laid.with_contacts({"haematology": {"telephone": "01632 960 002"}}).contacts["haematology"]
    assert (filled.telephone, filled.hours, filled.how) == ("01632 960 002", "", "form")
    assert laid.with_contacts({"haematology": {"telephone": ""}}).contacts["haematology"].telephone == "01632 960 001"


def test_plans_name_the_number_and_say_when_there_is_none(store: Store) -> None:
    clinic = Clinic(CONTENT, store, who="Dr Test", clock=lambda: NOW, zone=ZoneInfo("Europe/London"), demo=True)
    born = date(1964, 3, 14)
    patient = add_patient(store, family="Walker", given="Susan", sex="female", born=born, at=NOW)
    consultation = clinic.begin(patient.uid)
    consultation.answer("cancer_history", True)
    consultation.answer("limb_weakness", "new")
    assert _mscc(consultation.assessment.plan.referral).lacks_number
    clinic.directory.save("mscc_coordinator", ContactEntry("01632 960 114", "day and night"))
    clinic.use_directory(consultation)
    called = _mscc(consultation.assessment.plan.referral)
    assert (called.telephone, called.hours, called.lacks_number) == ("01632 960 114", "day and night", False)


def _mscc(referrals: tuple[Referral, ...]) -> Referral:
    return next(one for one in referrals if one.contact == "mscc_coordinator")


@pytest.mark.parametrize(
    ("entry", "doubt"),
    [
        (ContactEntry("01632 960 114", checked="2025-01-12"), "number last checked 12-Jan-2025"),
        (ContactEntry("01632 960 114"), "number never checked"),
        (ContactEntry("01632 960 114", checked=TODAY.isoformat()), ""),
        (ContactEntry(hours="nine to five"), ""),
    ],
)
def test_a_plan_is_told_of_a_number_that_has_grown_old(directory: Directory, entry: ContactEntry, doubt: str) -> None:
    directory.save("mscc_coordinator", entry)
    assert directory.doubt("mscc_coordinator").replace("\N{NON-BREAKING HYPHEN}", "-") == doubt
    assert directory.doubt("nobody") == ""


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_everybody_with_an_account_keeps_the_directory_true_and_the_trail_names_them(store: Store, role: Role) -> None:
    """Whoever rings a service notices first that the number has changed. Who signs stays the administrator's."""
    rights = Rights("rita", "Rita Rowan", frozenset({role}))
    practice = PracticeRecord(store, who="rita", clock=lambda: NOW, rights=rights)
    directory = Directory(CONTENT, practice, lambda: TODAY)
    directory.save("mscc_coordinator", ContactEntry("01632 960 114"))
    assert directory.service("mscc_coordinator").telephone == "01632 960 114"
    entry = list(store.trail.entries())[-1]
    assert (entry.who, entry.what) == ("rita", "practice setting changed")
    if role is not Role.ADMINISTRATOR:
        with pytest.raises(NotAllowed):
            practice.change(nurses_sign=True)
