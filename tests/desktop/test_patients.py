"""Adding, changing, finding and merging patients, by keys through the real window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from db.store import Store
from desktop.clinical.dates import date_words
from desktop.record.clinic import Clinic
from desktop.record.encounter import Patient
from desktop.record.registry import Details
from desktop.ui.patient_form import PatientForm
from desktop.ui.patient_page import PatientPage
from desktop.ui.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def words(widget: QWidget) -> str:
    settle()
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def form_of(window: Window) -> PatientForm:
    form = window.rooms.panel("patients").form  # type: ignore[attr-defined]
    assert isinstance(form, PatientForm)
    return form


def page_of(window: Window) -> PatientPage:
    page = window.rooms.panel("patients").page  # type: ignore[attr-defined]
    assert isinstance(page, PatientPage)
    return page


def fill(window: Window, *texts: str) -> None:
    """From the family name on, by Tab; the sexes are passed over."""
    form = form_of(window)
    for field, text in zip(form.fields.values(), texts, strict=False):
        field.field.setFocus()
        if text.isascii():
            QTest.keyClicks(field.field, text)
        else:
            field.field.insert(text)  # as pasted: there are no keys for it
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    settle()


@pytest.fixture
def today(make_window: Callable[..., Window], patient: Patient) -> Window:
    return make_window()


def test_enter_at_the_sex_adds_the_patient_too(today: Window, clinic: Clinic) -> None:
    QTest.keyClick(today.focusWidget(), Qt.Key.Key_N, CTRL)
    form = form_of(today)
    QTest.keyClicks(form.fields["family"].field, "Foxglove")
    QTest.keyClicks(form.fields["born"].field, "13/10/1992")
    female = form.sexes.buttons["female"]
    female.setFocus()
    QTest.keyClick(female, Qt.Key.Key_Space)
    QTest.keyClick(female, Qt.Key.Key_Return)
    settle()
    assert [patient.sex for patient in clinic.patients("Foxglove")] == ["female"]
    assert today.focusWidget() is page_of(today).begin


def test_a_patient_is_added_from_today_by_keys_and_a_consultation_begun(today: Window, clinic: Clinic) -> None:
    QTest.keyClick(today.focusWidget(), Qt.Key.Key_N, CTRL)
    assert today.focusWidget() is form_of(today).fields["family"].field
    fill(today, "Foxglove", "Tamsin", "Ms", "13/10/1992", "999 000 0026")
    page = page_of(today)
    assert "FOXGLOVE" in words(page)
    assert today.focusWidget() is page.begin
    QTest.keyClick(page.begin, Qt.Key.Key_Space)
    assert today.model is not None
    assert today.model.consultation.patient.nhs_number == "9990000026"
    assert len(clinic.patients("Foxglove")) == 1


@pytest.mark.parametrize(
    ("texts", "field", "why"),
    [
        (("", "", "", "13/10/1992"), "family", "needs a name"),
        (("Foxglove", "T", "", "13/10/92"), "born", "year in full"),
        (("Foxglove", "T", "", ""), "born", "write it"),
        (("Foxglove", "T", "", "13/10/1992", "999 000 0027"), "nhs_number", "check digit"),
        (("Foxglove", "T", "", "13/10/1992", "999 000 0042"), "nhs_number", "already belongs to WALKER"),
        (("\u202e<b>😀</b>", "T", "", "tomorrow"), "born", "day, month and year"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field_and_nothing_typed_is_lost(
    today: Window, clinic: Clinic, texts: tuple[str, ...], field: str, why: str
) -> None:
    today.desk.edit_patient()
    fill(today, *texts)
    form = form_of(today)
    assert why in form.fields[field].note.text()
    assert today.focusWidget() is form.fields[field].field
    assert tuple(one.text for one in form.fields.values())[: len(texts)] == texts
    assert len(clinic.patients()) == 1


def test_a_similar_name_is_asked_about_before_it_is_added(today: Window, clinic: Clinic) -> None:
    today.desk.edit_patient()
    fill(today, "Walker", "Susannah", "", "02/02/1980")
    assert f"WALKER, Susan, {date_words(date(1964, 3, 14))}" in form_of(today).alike.text()
    assert len(clinic.patients()) == 1
    QTest.keyClick(today.focusWidget(), Qt.Key.Key_Space)
    settle()
    assert len(clinic.patients("Walker")) == 2
    assert "Similar names on the list" in words(page_of(today))


def test_the_banner_says_that_somebody_else_has_a_similar_name(today: Window, clinic: Clinic, patient: Patient) -> None:
    today.begin(patient.uid)
    assert "Similar name" not in words(today)
    clinic.registry.add(Details(family="Walker", given="Susanne", born="01/01/1950"))
    today.begin(patient.uid)
    assert "Similar name: WALKER, Susanne" in words(today)


def test_a_change_stands_on_the_page_with_what_was_there_before(today: Window, patient: Patient) -> None:
    today.desk.edit_patient(patient.uid)
    form = form_of(today)
    form.fields["family"].field.setText("Walker-Smith")
    form.why.field.setText("Married")
    form.save()
    assert "Family name: Walker → Walker-Smith" in words(page_of(today))
    assert "Married" in words(page_of(today))


def test_two_entries_of_one_person_are_merged_and_parted(
    today: Window, clinic: Clinic, patient: Patient, store: Store
) -> None:
    other = clinic.registry.add(Details(family="Wlaker", given="Susan", born="14/03/1964"))
    clinic.begin(other.uid).answer("cancer_history", True)
    today.desk.show_patient(other.uid)
    page = page_of(today)
    page.open_merge()
    merging = page._merging
    assert merging is not None
    merging.merge()
    assert "Choose the other entry" in words(merging)
    merging.search.field.setText("Walker")
    merging._found.buttons[patient.uid].click()  # type: ignore[union-attr]
    merging.merge()
    assert "how you know" in words(merging)
    merging.why.field.setText("Same birth date and address")
    merging.merge()
    page = page_of(today)
    assert page.patient.uid == patient.uid
    assert "Merged into this entry" in words(page)
    assert len(clinic.encounters(patient.uid)) == 1
    page._part(other.uid)
    assert len(clinic.encounters(other.uid)) == 1
    assert store.verify() is None


def test_a_consultation_without_identifiers_is_given_a_name_while_it_is_open(today: Window, clinic: Clinic) -> None:
    today.today.unidentified.click()  # type: ignore[attr-defined]
    assert today.model is not None
    assert "Not identified yet" in words(today)
    today.model.answer("cancer_history", True)
    uid = today.model.consultation.encounter.uid
    today.desk.show_patient(today.model.consultation.patient.uid)
    page_of(today).edit.click()
    fill(today, "Foxglove", "Tamsin", "", "13/10/1992")
    assert today.model.consultation.encounter.uid == uid
    assert today.model.consultation.patient.name == "FOXGLOVE, Tamsin"
    assert today.model.assessment.answers["cancer_history"] is True


def test_the_room_finds_opens_and_goes_back(today: Window, patient: Patient) -> None:
    today.show_room("patients")
    QTest.keyClicks(today.focusWidget(), "wal")
    QTest.keyClick(today.focusWidget(), Qt.Key.Key_Return)
    assert page_of(today).patient == patient
    today.rooms.panel("patients").back.click()  # type: ignore[attr-defined]
    assert today.rooms.panel("patients").list.isVisible()  # type: ignore[attr-defined]
