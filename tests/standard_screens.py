"""Which screens are standard, and how each is come to: by what a clinician would do with the demonstration."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from db.errors import DiskFull
from desktop.record.demonstration_years import Years, add_practice
from desktop.record.invented import invented_patients
from desktop.record.phrases import Phrase
from desktop.ui.demonstration_form import DemonstrationForm
from desktop.ui.gate import Gate
from desktop.ui.help_dialog import HelpDialog, help_for
from desktop.ui.keys_dialog import KeysDialog
from desktop.ui.note_field import NoteField
from desktop.ui.note_panel import NotePanel
from desktop.ui.patient_page import PatientPage
from desktop.ui.patients_panel import PatientsPanel
from desktop.ui.phrase_keys import go_to_open, put_in
from desktop.ui.phrases_page import PhrasesPage
from desktop.ui.window import Window
from desktop.ui.window_actions import open_palette

Screen = Callable[[Window], QWidget]
A_DAY_AND_A_BIT = timedelta(days=1, hours=3)


def today(window: Window) -> QWidget:
    window.show_room("today")
    return window


def find_patient(window: Window) -> QWidget:
    window.show_room("today")
    window.today.search.setText("celan")  # type: ignore[attr-defined]
    return window


def blank(window: Window) -> QWidget:
    return begin(window, "Yarrow")


def half_filled(window: Window) -> QWidget:
    return resume(window, "Bluebell")


def emergency(window: Window) -> QWidget:
    return resume(window, "Larkspur")


def urgent(window: Window) -> QWidget:
    """All of the safety screen asked, and both legs."""
    begin(window, "Yarrow")
    assert window.model is not None
    for item in window.clinic.content.safety_screen.items:
        window.model.answer(item.id, "no" if item.is_timed else False)
    window.model.answer("bilateral_leg_symptoms", "new")
    return window


def soon(window: Window) -> QWidget:
    return resume(window, "Thistle")


def nothing_raised(window: Window) -> QWidget:
    """Every question of the safety screen answered with no: nothing about it is green."""
    urgent(window)
    window.model.answer("bilateral_leg_symptoms", "no")  # type: ignore[union-attr]
    return window


def no_flag(window: Window) -> QWidget:
    begin(window, "Yarrow")
    assert window.model is not None
    for item in window.clinic.content.safety_screen.items[:9]:
        window.model.answer(item.id, "no" if item.is_timed else False)
    return window


def body_map(window: Window) -> QWidget:
    resume(window, "Larkspur")
    panel: Any = window.consultation
    panel.go_to("pain_site")
    for fold in panel.questions.page.findChildren(QWidget):
        if type(fold).__name__ == "BodyMapFold":
            fold.open_map()
            break
    return window


def examination(window: Window) -> QWidget:
    resume(window, "Bracken")
    panel: Any = window.consultation
    panel.go_to("power_ankle_dorsiflexion_left")
    return window


def could_be(window: Window) -> QWidget:
    resume(window, "Larkspur")
    panel: Any = window.consultation
    panel.show_page("could be")
    return window


def refused(window: Window) -> QWidget:
    """A value that can't be, beside its field."""
    begin(window, "Yarrow")
    panel: Any = window.consultation
    panel.go_to("temperature")
    field = panel.questions.page.rows["temperature"].field
    field.setText("abc")
    field.setModified(True)
    field.commit()
    return window


def disk_full(window: Window) -> QWidget:
    resume(window, "Bluebell")
    window.errors.show_error(DiskFull(Path("backstop.db")))
    return window


def palette(window: Window) -> QWidget:
    resume(window, "Bluebell")
    opened = open_palette(window)
    opened.search.setText("blad")
    return opened


def help_page(window: Window) -> QWidget:
    resume(window, "Bluebell")
    return HelpDialog(window, help_for(window, None))


def change(window: Window) -> QWidget:
    resume(window, "Larkspur")
    panel: Any = window.consultation
    panel.show_page("change")
    return window


def library(window: Window) -> QWidget:
    window.show_room("library")
    return window


def settings(window: Window) -> QWidget:
    window.show_settings("appearance")
    return window


def keys(window: Window) -> QWidget:
    resume(window, "Bluebell")
    return KeysDialog(window)


def note(window: Window) -> QWidget:
    """A phrase was put in, and its second gap is to be filled in now."""
    resume(window, "Bluebell")
    write_phrases(window)
    panel: Any = window.consultation
    panel.go_to("radicular_pain")
    panel.write_note()
    field = panel.questions.page.note.field
    put_in(field, field.textCursor(), window.clinic.phrases.in_force()["slr"])
    field.insertPlainText("40")
    go_to_open(field)
    return window


def phrases(window: Window) -> QWidget:
    write_phrases(window)
    window.show_settings("phrases")
    window.findChild(PhrasesPage).edit(window.clinic.phrases.all()[0])
    return window


def found_notes(window: Window) -> QWidget:
    resume(window, "Larkspur")
    window.model.write_note("pain", "Terrified of a wheelchair, as her mother was.")  # type: ignore[union-attr]
    window.desk.show_patient("")
    window.rooms.panel("patients").search.setText("wheelch")  # type: ignore[attr-defined]
    return window


def patient_form_page(window: Window) -> QWidget:
    """Typing in what was ticked on paper."""
    begin(window, "Yarrow")
    panel: Any = window.consultation
    panel.show_page("form")
    rows = panel.middle.currentWidget().rows
    for id, place in (("acutely_ill", 1), ("bladder_change", 0), ("bowel_change", 0)):
        rows[id].choose(place)
    rows["saddle_numbness"].setFocus()
    return window


def waiting(window: Window) -> QWidget:
    """The form as the patient of the demonstration has it, at a question with four answers."""
    begin(window, "Yarrow")
    held = DemonstrationForm(window)
    held.begin(window.model.consultation.encounter.uid)  # type: ignore[union-attr]
    form = held.form
    assert form is not None
    form._begin()
    for _ in range(3):
        form._skip()
    form.showNormal()
    form.resize(window.size())
    return form


def waiting_urgent(window: Window) -> QWidget:
    form: Any = waiting(window)
    form._give("new")
    return form  # type: ignore[no-any-return]


def write_phrases(window: Window) -> None:
    window.clinic.phrases.save(Phrase("slr", "SLR {degrees}° {side}, crossed SLR {yes or no}. "))
    words = "Told when to ring 999 and when to ring us; card given; she said it back."
    window.clinic.phrases.save(Phrase("sn", words, shared=True))


def review_begun(window: Window) -> QWidget:
    """The clinician's own impression is asked first, and nothing else is shown before."""
    resume(window, "Larkspur")
    window.all_actions.run("review")
    return window


def review(window: Window) -> QWidget:
    review_begun(window)
    window.desk.review.write_impression("Metastatic until shown otherwise")  # type: ignore[union-attr]
    return window


def override(window: Window) -> QWidget:
    """One flag is being lowered: the reasons are open."""
    review(window)
    panel: Any = window.rooms.panel("review")
    next(iter(panel.cards.values())).open_override()
    return window


def signing(window: Window) -> QWidget:
    """Everything is decided; what is signed is said once more."""
    review(window)
    accept_all(window)
    panel: Any = window.rooms.panel("review")
    panel.bar.go_on()
    return window


def signed(window: Window) -> QWidget:
    signing(window)
    window.desk.sign()
    return window


def patient(window: Window) -> QWidget:
    signed(window)
    window.desk.show_patient(window.clinic.patients("Larkspur")[0].uid)
    return window


def patient_form(window: Window) -> QWidget:
    window.desk.edit_patient()
    return window


def patients(window: Window) -> QWidget:
    window.show_room("patients")
    return window


def documents(window: Window) -> QWidget:
    resume(window, "Larkspur")
    window.show_room("documents")
    return window


def letter(window: Window) -> QWidget:
    return document(window, "letter mscc_coordinator")


def handout(window: Window) -> QWidget:
    return document(window, "sheet")


def course(window: Window) -> QWidget:
    """A cancer that has grown: the same three visits as in the demonstration."""
    years = invented_practice(window)
    story = next(one for one in invented_patients(years.made) if one.story["name"].startswith("Prostate"))
    years.visits = [visit for visit in years.visits if visit.patient == story.uid]
    list(years.write())
    window.desk.show_patient(story.uid)
    (page,) = window.findChildren(PatientPage)
    assert page.course is not None
    for _ in range(3):
        QApplication.processEvents()
    window.findChildren(PatientsPanel)[0]._column.verticalScrollBar().setValue(page.course.y())
    return window


def invented_practice(window: Window) -> Years:
    """Nothing of it is written yet."""
    store = window.clinic.board.store
    add_practice(store, window.now())
    return Years(store, window.clinic.content, window.now())


def lately(window: Window, visits: int) -> None:
    """The last visits of the invented practice."""
    years = invented_practice(window)
    years.visits = years.visits[-visits:]
    list(years.write())


def follow_up(window: Window) -> QWidget:
    """An emergency and an urgent plan, signed yesterday: what was to be done today is late."""
    lately(window, 25)
    for family in ("Larkspur", "Thistle"):
        resume(window, family)
        window.all_actions.run("review")
        window.desk.review.write_impression("As the rules say")  # type: ignore[union-attr]
        accept_all(window)
        review: Any = window.desk.review
        review.mark_done([line.id for line in review.decisions.still_to_do])
        window.desk.sign()
    clock: Any = window.now
    clock.now += A_DAY_AND_A_BIT
    window.show_room("follow-up")
    return window


def audit(window: Window) -> QWidget:
    lately(window, 120)
    window.show_room("audit")
    return window


def read_note(window: Window) -> QWidget:
    """A note's text, read into proposals."""
    begin(window, "Yarrow")
    panel: Any = window.consultation
    panel.show_page("note")
    field = next(one for one in window.findChildren(NoteField) if one.isVisible())
    field.setPlainText("62F. Breast ca 2014. Back pain 5/52, worse at night. Denies leg weakness. ?saddle numbness.")
    window.findChild(NotePanel).read_now()
    return window


def backups(window: Window) -> QWidget:
    window.show_settings("backups")
    return window


def trail(window: Window) -> QWidget:
    signed(window)
    window.show_settings("trail")
    return window


def directory(window: Window) -> QWidget:
    window.show_settings("directory")
    return window


def about(window: Window) -> QWidget:
    window.show_settings("about")
    return window


SCREENS: dict[str, Screen] = {
    "today": today,
    "find-patient": find_patient,
    "blank": blank,
    "half-filled": half_filled,
    "emergency": emergency,
    "urgent": urgent,
    "soon": soon,
    "nothing-raised": nothing_raised,
    "no-flag": no_flag,
    "body-map": body_map,
    "examination": examination,
    "could-be": could_be,
    "change": change,
    "refused": refused,
    "disk-full": disk_full,
    "palette": palette,
    "help": help_page,
    "keys": keys,
    "note": note,
    "phrases": phrases,
    "patient-form-page": patient_form_page,
    "waiting": waiting,
    "waiting-urgent": waiting_urgent,
    "found-notes": found_notes,
    "review-begun": review_begun,
    "review": review,
    "override": override,
    "signing": signing,
    "signed": signed,
    "patients": patients,
    "patient": patient,
    "patient-form": patient_form,
    "course": course,
    "documents": documents,
    "letter": letter,
    "handout": handout,
    "follow-up": follow_up,
    "audit": audit,
    "library": library,
    "settings": settings,
    "directory": directory,
    "read-note": read_note,
    "backups": backups,
    "trail": trail,
    "about": about,
}


def sign_in(gate: Gate) -> None:
    gate.show_sign_in("a.rahman")


def first_run(gate: Gate) -> None:
    gate.show_first_run()


def first_run_you(gate: Gate) -> None:
    gate.show_first_run()
    wizard: Any = gate.card
    wizard.run.practice, wizard.run.name, wizard.run.user = "Low Road Surgery", "Dr A. Rahman", "a.rahman"
    wizard.show_step("you")
    wizard.go_on()


def first_run_recovery(gate: Gate) -> None:
    first_run_you(gate)
    wizard: Any = gate.card
    wizard.run.code = "23456-789AB-CDEFG-HJKMN-PQRST"
    wizard.show_step("recovery")


def first_run_ready(gate: Gate) -> None:
    first_run_you(gate)
    wizard: Any = gate.card
    wizard.show_step("ready")


def first_run_contacts(gate: Gate) -> None:
    first_run_you(gate)
    wizard: Any = gate.card
    wizard.show_step("contacts")
    telephones = list(wizard.page.telephones.values())
    telephones[0].setText("01632 960 114")
    telephones[1].setText("ring them")
    wizard.go_on()


def first_run_pathway(gate: Gate) -> None:
    first_run_you(gate)
    wizard: Any = gate.card
    wizard.show_step("pathway")


def recovery(gate: Gate) -> None:
    gate.show_recovery("a.rahman")


def locked(gate: Gate) -> None:
    """As after `Gate.lock`, without a store that would have to be encrypted anew for each picture."""
    gate._away = "Dr A. Rahman"
    gate.show_sign_in("a.rahman")


FRONTS: dict[str, Callable[[Gate], None]] = {
    "first-run": first_run,
    "first-run-pathway": first_run_pathway,
    "first-run-you": first_run_you,
    "first-run-recovery": first_run_recovery,
    "first-run-contacts": first_run_contacts,
    "first-run-ready": first_run_ready,
    "sign-in": sign_in,
    "recovery": recovery,
    "locked": locked,
}


def resume(window: Window, family: str) -> QWidget:
    draft = next(one for one in window.clinic.drafts() if one.patient.family == family)
    window.open_encounter(draft.encounter_uid)
    return window


def begin(window: Window, family: str) -> QWidget:
    window.begin(window.clinic.patients(family)[0].uid)
    return window


def document(window: Window, id: str) -> QWidget:
    documents(window)
    panel: Any = window.rooms.panel("documents")
    panel.show_document(id)
    return window


def accept_all(window: Window) -> None:
    """Of those that are asked for: what is folded into another is decided with it."""
    panel: Any = window.rooms.panel("review")
    for rule in list(panel.cards):
        window.desk.review.accept(rule)  # type: ignore[union-attr]
