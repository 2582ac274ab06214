"""Ages and names, as banner and paper show them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from desktop import settings
from desktop.record import encounter
from desktop.record.encounter import Patient


def patient(born: date = date(1965, 3, 12), **more: str) -> Patient:
    return Patient(**{"uid": "p1", "family": "Larkspur", "given": "Marigold", "born": born} | more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("born", "moment", "age"),
    [
        (date(1965, 3, 12), datetime(2026, 3, 11, 12, tzinfo=UTC), 60),
        (date(1965, 3, 12), datetime(2026, 3, 12, 0, tzinfo=UTC), 61),
        (date(1966, 7, 1), datetime(2026, 6, 30, 22, 59, tzinfo=UTC), 59),
        (date(1966, 7, 1), datetime(2026, 6, 30, 23, 0, tzinfo=UTC), 60),
        (date(2004, 2, 29), datetime(2026, 2, 28, 12, tzinfo=UTC), 21),
        (date(2004, 2, 29), datetime(2026, 3, 1, 12, tzinfo=UTC), 22),
        (date(2004, 2, 29), datetime(2028, 2, 29, 12, tzinfo=UTC), 24),
        (date(2026, 11, 23), datetime(2026, 11, 23, 12, tzinfo=UTC), 0),
    ],
)
def test_age_in_whole_years_by_the_calendar_of_the_practice(born: date, moment: datetime, age: int) -> None:
    assert patient(born).age_at(moment) == age


def test_an_age_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        patient().age_at(datetime(2026, 1, 1))  # noqa: DTZ001


def test_one_zone_in_settings_and_in_ages() -> None:
    assert settings.PRACTICE_ZONE == encounter.LONDON


@pytest.mark.parametrize(
    ("family", "given", "name"),
    [("Larkspur", "Marigold", "LARKSPUR, Marigold"), ("Tansy", "", "TANSY"), ("", "Tansy", "Tansy")],
)
def test_name(family: str, given: str, name: str) -> None:
    assert patient(family=family, given=given).name == name


@pytest.mark.parametrize(("number", "spaced"), [("9990000018", "999 000 0018"), (None, "")])
def test_nhs_number_in_three_groups(number: str, spaced: str) -> None:
    assert patient(nhs_number=number).nhs_number_spaced == spaced
