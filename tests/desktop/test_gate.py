"""Signing in, locking and coming back, through the real window by keyboard, on a real store."""

from __future__ import annotations

import gc
import json
import shutil
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPlainTextEdit, QWidget

from db.entrance import create, sign_in
from db.keyfile import KEYS, Keys
from db.passwords import new_code
from db.store import FILE
from desktop.clinical.checklist import CouldNotExamine
from desktop.ui.answer_row import AnswerRow
from desktop.ui.button import Button
from desktop.ui.gate import forget_copied
from desktop.ui.idle import SLEPT, Idle

from .conftest import ANNA, AT, CHEAP, CODE, RITA, enter, lock, shown


def test_a_receptionist_is_offered_what_she_may_do(qtbot, stores, open_gate):
    with sign_in(stores / "practice", "anna", ANNA, at=AT, cost=CHEAP) as session:
        session.store.begin_encounter("e1", patient_uid="p1", at=AT, clinician="anna", rule_set="1")
    gate = open_gate(stores)
    enter(qtbot, gate, "rita", RITA)
    today = gate.rooms.today

    def offered():
        return {button.text() for button in today.findChildren(Button) if button.isVisible()}

    qtbot.waitUntil(lambda: "Open" in offered())
    assert offered().isdisjoint({"Begin", "Resume", "New patient"})
    assert gate.rooms.rail.list.accessibleDescription() == "Not for your role: Consultation, Audit"
    qtbot.keyClicks(today.search, "lark")
    qtbot.keyClick(today.search, Qt.Key.Key_Return)
    assert gate.rooms.rooms.current == "patients"
    assert gate.rooms.desk.patient == "p1"
    page = gate.rooms.rooms.panel("patients").page
    assert "Resume" not in {button.text() for button in page.findChildren(Button) if button.isVisible()}
    assert gate.focusWidget() is page.rights.export, "nothing was in hand"


def refused(qtbot, gate, password):
    qtbot.keyClicks(gate.card.password.field, password)
    qtbot.keyClick(gate.card.password.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: gate.card.refusal.isVisible(), timeout=5000)
    return shown(gate.card)


# --- signing in -----------------------------------------------------------------------------------


def test_name_and_password_open_today(qtbot, gate):
    enter(qtbot, gate)
    assert gate.rooms.isVisible()
    assert gate.rooms.rooms.current == "today"
    assert "Dr Anna Ash" in shown(gate.rooms)
    qtbot.wait(50)
    assert gate.focusWidget() is gate.rooms.today.search
    assert "not signed off" in shown(gate.rooms).lower()
    assert gate.session.store.verify() is None


def test_before_and_after_signing_in_the_missing_sign_off_is_said(qtbot, gate):
    assert "Don't use it for real patients" in shown(gate)
    enter(qtbot, gate)
    assert "no named clinician has approved them" in shown(gate.rooms)


def test_a_wrong_password_is_taken_away_and_the_name_stays(qtbot, gate):
    gate.card.user.field.setText("anna")
    assert "does not open with this name and password" in refused(qtbot, gate, "wrong")
    assert (gate.card.user.text, gate.card.password.text) == ("anna", "")
    enter(qtbot, gate)
    told = [(entry.what, entry.why) for entry in gate.session.store.trail.entries()]
    assert ("signed in", "after 1 wrong tries") in told


def test_the_delay_is_counted_down_and_outlives_the_program(qtbot, open_gate, stores):
    gate = open_gate(stores)
    gate.card.user.field.setText("anna")
    for _ in range(5):
        refused(qtbot, gate, "wrong")
        gate.card.refusal.hide()
    qtbot.waitUntil(lambda: "next try is possible in" in shown(gate.card), timeout=5000)
    again = open_gate(stores)
    again.card.user.field.setText("anna")
    assert "Nobody is locked out for good" in refused(qtbot, again, ANNA)


def test_nothing_typed_is_said_beside_the_field(qtbot, gate):
    qtbot.keyClick(gate.focusWidget(), Qt.Key.Key_Return)
    assert "Type the user name" in shown(gate.card)
    assert gate.focusWidget() is gate.card.user.field


@pytest.mark.parametrize(("typed", "shift", "hint"), [("A", False, True), ("a", False, False), ("A", True, False)])
def test_caps_lock_is_pointed_out(qtbot, gate, typed, shift, hint):
    modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    from PySide6.QtGui import QKeyEvent

    QApplication.sendEvent(gate.card.password.field, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, modifier, typed))
    assert ("Caps Lock" in shown(gate.card)) is hint


def test_the_recovery_code_sets_a_new_password(qtbot, gate, stores):
    gate.card.user.field.setText("rita")
    qtbot.keyClick(gate.card.kit, Qt.Key.Key_Space)
    card = gate.card
    assert gate.focusWidget() is card.code.field
    for entry, text in ((card.code, CODE.lower()), (card.password, "a third plain phrase")):
        qtbot.keyClicks(entry.field, text)
    qtbot.keyClick(card.password.field, Qt.Key.Key_Return)
    assert "The two passwords differ" in shown(card)
    qtbot.keyClicks(card.again.field, "a third plain phrase")
    with qtbot.waitSignal(gate.admitted, timeout=5000):
        qtbot.keyClick(card.again.field, Qt.Key.Key_Return)
    gate.close()
    sign_in(stores / "practice", "rita", "a third plain phrase", at=AT, cost=CHEAP).close()


def test_another_recovery_code_is_told_as_one(qtbot, gate):
    """Of an older kit, say: the code is whole, so that it is no slip of the fingers."""
    gate.card.user.field.setText("rita")
    qtbot.keyClick(gate.card.kit, Qt.Key.Key_Space)
    card = gate.card
    for entry, text in ((card.code, new_code()), (card.password, "a third phrase"), (card.again, "a third phrase")):
        qtbot.keyClicks(entry.field, text)
    qtbot.keyClick(card.again.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: card.refusal.isVisible())
    assert "does not open with this recovery code" in shown(card)
    assert "printed last" in shown(card)


def break_nothing(folder):
    """The twin that opens."""


def damage_keys(folder):
    (folder / KEYS).write_bytes(b"{")


def lower_keys(folder):
    told = json.loads((folder / KEYS).read_text())
    told["slots"][1]["passes"] = told["slots"][0]["passes"] = 7
    seal(folder, told)


def change_slot(folder):
    told = json.loads((folder / KEYS).read_text())
    for slot in told["slots"]:
        slot["public"] = told["slots"][0]["public"]
    seal(folder, told)


def seal(folder, told):
    from hashlib import sha256

    rest = {name: value for name, value in told.items() if name != "sum"}
    rest["sum"] = sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()
    (folder / KEYS).write_bytes(json.dumps(rest, indent=1, sort_keys=True).encode() + b"\n")


def plain_file(folder):
    import sqlite3

    (folder / FILE).unlink()
    with sqlite3.connect(folder / FILE) as database:
        database.execute("CREATE TABLE t (x)")
    database.close()


def damage_store(folder):
    data = bytearray((folder / FILE).read_bytes())
    data[:4096] = bytes(4096)
    (folder / FILE).write_bytes(data)


def another_stores_keys(folder):
    other = folder.parent / "other"
    create(other, user="anna", name="", password=ANNA, code=CODE, at=AT, cost=CHEAP).close()
    shutil.copy(other / KEYS, folder / KEYS)


def newer_keys(folder):
    told = json.loads((folder / KEYS).read_text())
    seal(folder, told | {"format": 99})


def missing_store(folder):
    (folder / FILE).unlink()


def newer_schema(folder):
    with sign_in(folder, "anna", ANNA, at=AT, cost=CHEAP) as session:
        session.store._database.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('backstop', 'm999_later', '')"
        )


REFUSALS = [
    (damage_keys, "keys.json is damaged", True),
    (lower_keys, "asks for a weaker or other protection", True),
    (change_slot, "this account in", True),
    (plain_file, "is not encrypted", False),
    (damage_store, "doesn't open with it", False),
    (another_stores_keys, "doesn't open with it", False),
    (newer_keys, "made by a newer Backstop", False),
    (newer_schema, "made by a newer Backstop", False),
    (missing_store, "is not there, though its keys are", False),
]


@pytest.mark.parametrize(("broken", "words", "mendable"), REFUSALS, ids=lambda case: getattr(case, "__name__", None))
def test_each_refusal_has_its_own_sentence_and_touches_nothing(qtbot, open_gate, stores, broken, words, mendable):
    folder = stores / "practice"
    broken(folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in (".db", ".json")}
    gate = open_gate(stores)
    gate.card.user.field.setText("anna")
    said = refused(qtbot, gate, ANNA)
    assert words in said
    assert "erase" not in said.lower()
    assert gate.card.go_back.isVisible() is mendable
    after = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in (".db", ".json")}
    assert {name: data for name, data in after.items() if name != "tries.json"} == before


def test_a_damaged_key_file_is_put_back_from_the_previous_one(qtbot, open_gate, stores):
    folder = stores / "practice"
    damage_keys(folder)
    gate = open_gate(stores)
    gate.card.user.field.setText("anna")
    refused(qtbot, gate, ANNA)
    qtbot.keyClick(gate.card.go_back, Qt.Key.Key_Return)
    assert "kept beside it, as keys.json.damaged" in shown(gate.card)
    assert (folder / "keys.json.damaged").read_bytes() == b"{"
    enter(qtbot, gate)


# --- locking --------------------------------------------------------------------------------------


@pytest.fixture
def consulting(qtbot, gate):
    """Anna has answered a question for Marigold Larkspur and stands at another."""
    enter(qtbot, gate)
    gate.rooms.begin("p1")
    rows = {row.item.id: row for row in gate.rooms.findChildren(AnswerRow)}
    rows["cancer_history"].setFocus()
    qtbot.keyClick(gate.focusWidget(), Qt.Key.Key_N)
    rows["limb_weakness"].setFocus()
    return gate


def test_the_lock_blanks_screen_title_and_clipboard(qtbot, consulting):
    QApplication.clipboard().setText("LARKSPUR, Marigold")
    lock(qtbot, consulting)
    assert consulting.windowTitle() == "Backstop"
    assert QApplication.clipboard().text() == ""
    assert consulting.rooms is None
    assert not [word for word in ("LARKSPUR", "Larkspur", "Marigold", "1965") if word in shown(consulting)]
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    labels = [widget.text() for widget in QApplication.allWidgets() if isinstance(widget, QLabel)]
    assert not [text for text in labels if "LARKSPUR" in text]


def test_the_lock_forgets_what_was_only_selected_too():
    """On X11 it can be pasted with the middle button, and is there without anybody having copied it."""

    class OfX11:
        def __init__(self):
            self.held = {QClipboard.Mode.Clipboard: "LARKSPUR", QClipboard.Mode.Selection: "Marigold"}

        def supportsSelection(self):
            return True

        def clear(self, mode=QClipboard.Mode.Clipboard):
            del self.held[mode]

    clipboard = OfX11()
    forget_copied(clipboard)
    assert clipboard.held == {}


def test_the_twin_before_the_lock_shows_the_name(consulting):
    assert "LARKSPUR" in shown(consulting)


def test_the_store_is_closed_and_no_key_is_held(qtbot, consulting):
    key = consulting.session.store.keys.data
    lock(qtbot, consulting)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert [each for each in gc.get_objects() if isinstance(each, Keys) and each.data == key] == []
    sign_in(consulting._entrance.folder, "rita", RITA, at=AT, cost=CHEAP).close()


def test_unlocking_comes_back_to_the_same_question(qtbot, consulting):
    uid = consulting.rooms.model.consultation.encounter.uid
    lock(qtbot, consulting)
    assert "Dr Anna Ash is away" in shown(consulting)
    enter(qtbot, consulting)
    model = consulting.rooms.model
    assert (consulting.rooms.rooms.current, model.consultation.encounter.uid) == ("consultation", uid)
    assert model.assessment.answers["cancer_history"] is False
    row = consulting.focusWidget()
    while not isinstance(row, AnswerRow):
        row = row.parentWidget()
    assert row.item.id == "limb_weakness"
    told = [entry.what for entry in consulting.session.store.trail.entries()]
    assert told[-2:] == ["locked", "signed in"]


def test_a_half_typed_field_waits_in_the_encrypted_store(qtbot, consulting, stores, monkeypatch):
    monkeypatch.setattr("desktop.ui.writing_field.MOMENT", 60_000)
    consulting.rooms.consultation.questions.go_to("clinical_impression")
    field = consulting.focusWidget().findChild(QPlainTextEdit)
    field.setFocus()
    qtbot.keyClicks(field, "half a canary sentence")
    lock(qtbot, consulting)
    everything = b"".join(path.read_bytes() for path in stores.rglob("*") if path.is_file())
    assert b"canary" not in everything
    enter(qtbot, consulting)
    assert consulting.rooms.model.assessment.answers.get("clinical_impression") is None
    field = consulting.focusWidget()
    assert isinstance(field, QPlainTextEdit)
    assert field.toPlainText() == "half a canary sentence"
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert consulting.rooms.model.assessment.answers["clinical_impression"] == "half a canary sentence"


@pytest.mark.parametrize("item", ["perianal_sensation_reduced", "reflex_ankle_left", "cancer_type", "pain_site"])
def test_a_half_typed_reason_is_asked_for_again(qtbot, consulting, item):
    """In a row, in the grid and in a detail."""
    window = consulting.rooms
    window.model.answer("cancer_history", True)
    window.go_to_question(item)
    asks_why(window, item).ask_why(*([item] if item.startswith("reflex") else []))
    words = consulting.focusWidget()
    qtbot.keyClicks(words, "hip in plas")
    lock(qtbot, consulting)
    enter(qtbot, consulting)
    words = consulting.focusWidget()
    assert words.text() == "hip in plas"
    assert item not in consulting.rooms.model.assessment.answers
    qtbot.keyClicks(words, "ter")
    qtbot.keyClick(words, Qt.Key.Key_Return)
    assert consulting.rooms.model.assessment.answers[item] == CouldNotExamine("hip in plaster")


def asks_why(window, item):
    page = window.consultation.questions.page
    asked = [*page.rows.values(), *(one for row in page.shown_rows() for one in row.details())]
    return next((one for one in asked if one.item.id == item), page.grid)


def test_what_a_colleague_changed_meanwhile_is_not_typed_over(qtbot, consulting, stores):
    """The number that stood in a field when the screen was locked came back as if it had just been typed."""
    window = consulting.rooms
    window.model.answer("pain_score", 5.0)
    window.go_to_question("pain_score")
    row = next(one for one in window.findChildren(AnswerRow) if one.item.id == "pain_score")
    row.field.setFocus()
    uid = window.model.consultation.encounter.uid
    lock(qtbot, consulting)
    with sign_in(stores / "practice", "rita", RITA, at=AT, cost=CHEAP) as session:
        session.store.save_answer(uid, "pain_score", 8, who="rita", at=AT)
    enter(qtbot, consulting)
    row = next(one for one in consulting.rooms.findChildren(AnswerRow) if one.item.id == "pain_score")
    assert row.field.text() == "8"
    assert row.field.hasFocus()
    row.field.clearFocus()
    assert consulting.rooms.model.assessment.answers["pain_score"] == 8


def test_another_may_sign_in_and_the_consultation_stays_a_draft(qtbot, consulting):
    uid = consulting.rooms.model.consultation.encounter.uid
    lock(qtbot, consulting)
    consulting.card.user.field.clear()
    consulting.card.user.field.setFocus()
    enter(qtbot, consulting, "rita", RITA)
    assert consulting.rooms.model is None
    assert consulting.rooms.clinic.rights.name == "Rita Rowan"
    assert [draft.uid for draft in consulting.session.store.drafts()] == [uid]
    consulting.rooms.begin("p1")
    assert "Rita Rowan may not begin or answer a consultation" in shown(consulting.rooms)


def touch_with_finger(window):
    device = QTest.createTouchDevice()
    QTest.touchEvent(window, device).press(0, QPoint(5, 5)).commit()
    QTest.touchEvent(window, device).release(0, QPoint(5, 5)).commit()


TOUCHES = {
    "key": lambda window: QTest.keyClick(window, Qt.Key.Key_Shift),
    "what is left of a shortcut": lambda window: QTest.keyRelease(window, Qt.Key.Key_F1),
    "move": lambda window: (QTest.mouseMove(window, QPoint(3, 3)), QTest.mouseMove(window, QPoint(5, 5))),
    "click": lambda window: QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=QPoint(2, 2)),
    "wheel": lambda window: QTest.wheelEvent(window, QPoint(5, 5), QPoint(0, 120)),
    "finger": touch_with_finger,
}


@pytest.mark.parametrize("touch", TOUCHES)
def test_the_screen_locks_by_itself_and_any_touch_puts_it_off(qtbot, gate, touch):
    """In the window and in a dialog that was not there when the watch began."""
    enter(qtbot, gate)
    clock = [0.0]
    gate.idle = idle = Idle(gate, lambda: (clock[0], clock[0]))
    idle.idled.connect(gate.lock)
    idle.start(lambda: 10)

    def pass_by(seconds):
        for _ in range(int(seconds / 50)):
            clock[0] += 50
            idle.look()

    pass_by(550)
    TOUCHES[touch](gate.windowHandle())
    pass_by(550)
    assert gate.session is not None
    dialog = QDialog(gate)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    TOUCHES[touch](dialog.windowHandle())
    pass_by(550)
    assert gate.session is not None
    pass_by(50)
    assert gate.session is None


def test_the_lock_is_told_twenty_seconds_before_and_put_off_by_a_touch(qtbot, gate):
    enter(qtbot, gate)
    clock = [0.0]
    gate.idle.stop()
    gate.idle = idle = Idle(gate, lambda: (clock[0], clock[0]))
    idle.nearly.connect(gate._warn_of_lock)
    idle.idled.connect(gate.lock)
    idle.start(lambda: 1)

    def said_after(seconds):
        while seconds > 0:
            clock[0] += 5
            seconds -= 5
            idle.look()
        return "Locks in 20 seconds" in shown(gate)

    assert not said_after(30)
    assert said_after(10)
    qtbot.keyClick(gate.windowHandle(), Qt.Key.Key_Shift)
    assert not said_after(30)
    assert gate.session is not None
    assert said_after(10)
    said_after(20)
    assert gate.session is None, "told, and then locked"


def test_a_computer_that_slept_is_locked_when_it_wakes(qtbot, gate):
    enter(qtbot, gate)
    wall = [0.0]
    idle = Idle(gate, lambda: (0.0, wall[0]))
    idle.idled.connect(gate.lock)
    idle.start(lambda: 10)
    wall[0] = SLEPT - 1
    idle.look()
    assert gate.session is not None
    wall[0] += SLEPT + 1
    idle.look()
    assert gate.session is None


def restore_first_backup(qtbot, gate):
    """Made now, of the store as it is; what comes after is not in it."""
    keeper = gate.rooms.keeper
    with qtbot.waitSignal(keeper.work.idle, timeout=20_000):
        keeper.back_up()
    gate.session.store.patients.add("p2", family="Foxglove", given="M", born=date(1965, 3, 12), at=AT)
    backup = keeper.backups.rows()[0].backup
    with qtbot.waitSignal(keeper.restored, timeout=20_000):
        keeper.restore(backup)


def test_after_a_restore_everybody_signs_in_again(qtbot, consulting, stores):
    """Patients and roles can be others, so nothing of the window that was open may go on."""
    restore_first_backup(qtbot, consulting)
    assert consulting.session is None
    assert consulting.rooms is None
    assert "The backup was restored" in shown(consulting)
    assert "is away" not in shown(consulting)
    assert "LARKSPUR" not in shown(consulting)
    enter(qtbot, consulting)
    assert consulting.rooms.model is None
    assert consulting.rooms.rooms.current == "today"
    assert [one.family for one in consulting.session.store.patients.find("")] == ["Larkspur"]
    told = [entry.what for entry in consulting.session.store.trail.entries()]
    assert told[-3:] == ["store restored", "locked", "signed in"]
    assert consulting.session.store.verify() is None


def test_the_lock_of_the_computer_is_a_lock(qtbot, consulting):
    """Which signals are taken for one: test_system_lock.py."""
    with qtbot.waitSignal(consulting.locked):
        consulting.system.take()
    assert consulting.session is None
    assert "Dr Anna Ash is away" in shown(consulting)


def test_closing_keeps_what_was_typed_for_the_next_time(qtbot, consulting, open_gate, stores):
    uid = consulting.rooms.model.consultation.encounter.uid
    consulting.close()
    again = open_gate(stores)
    enter(qtbot, again)
    assert again.rooms.model.consultation.encounter.uid == uid


@pytest.mark.parametrize("where", ["impression", "why not"])
def test_what_is_half_typed_in_the_review_is_there_after_a_power_cut(qtbot, consulting, open_gate, stores, where):
    """A copy of the folder is what a cut leaves: nobody has closed, locked or left the field."""
    window = consulting.rooms
    window.model.answer("bladder_change", "new")
    window.desk.open_review()
    review = window.rooms.panel("review")
    if where == "why not":
        review.impression.go_on.click()
        card = next(iter(review.cards.values()))
        card.open_override()
        field = card.reasons.words
    else:
        field = review.impression.field
    field.setFocus()
    qtbot.keyClicks(field, "half a canary")
    name, told = field.accessibleName(), len([*consulting.session.store.trail.entries()])
    consulting.typing.look()
    assert len([*consulting.session.store.trail.entries()]) == told
    cut = stores.with_name("cut")
    shutil.copytree(stores, cut)
    assert not [path for path in cut.rglob("*") if path.is_file() and b"canary" in path.read_bytes()]
    consulting.close()
    again = open_gate(cut)
    enter(qtbot, again)
    assert again.rooms.rooms.current == "review"
    assert again.focusWidget().text() == "half a canary"
    assert again.focusWidget().accessibleName() == name


def test_the_lock_comes_back_to_the_review(qtbot, consulting):
    consulting.rooms.desk.open_review()
    field = consulting.rooms.rooms.panel("review").impression.field
    field.setFocus()
    qtbot.keyClicks(field, "half a thought")
    lock(qtbot, consulting)
    enter(qtbot, consulting)
    assert consulting.rooms.rooms.current == "review"
    assert consulting.focusWidget().text() == "half a thought"


def test_what_was_recorded_meanwhile_is_not_half_typed_after_it(qtbot, consulting, open_gate, stores):
    consulting.rooms.desk.open_review()
    field = consulting.rooms.rooms.panel("review").impression.field
    field.setFocus()
    qtbot.keyClicks(field, "muscle")
    consulting.typing.look()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    consulting.typing.look()
    assert consulting.session.take_place() == {}


def test_theme_and_text_size_change_on_the_front_too(qtbot, gate):
    gate.card.user.field.setText("anna")
    gate._preferences.change(theme="dark", text_size=200)
    assert gate.card.user.text == "anna"
    assert gate.card.theme.name == "dark"


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_a_second_start_brings_the_first_to_the_front_locked_as_it_is(qtbot, consulting, tmp_path):
    from desktop.ui.single_instance import SingleInstance

    first, second = SingleInstance(str(tmp_path)), SingleInstance(str(tmp_path))
    assert not first.raise_first()
    first.listen()
    first.raised.connect(consulting.come_forward)
    lock(qtbot, consulting)
    consulting.showMinimized()
    with qtbot.waitSignal(first.raised):
        assert second.raise_first()
    assert not consulting.isMinimized()
    assert consulting.session is None
    first.close()


def test_a_demonstration_says_so_in_every_room(make_window, demonstration, clinic):
    window = make_window()
    window.open_encounter(clinic.drafts()[0].encounter_uid)
    for room in window.rooms.open_rooms():
        window.show_room(room.id)
        assert "DEMO" in [label.text() for label in window.findChildren(QLabel) if label.isVisible()], room.id
    assert "demonstration" in window.windowTitle()


def test_nothing_flashes_up_as_a_window_of_its_own(qtbot, qapp, gate):
    """A part shown before it has its place is one, and takes the keyboard away from the real one."""
    shown_alone = []

    class Watch(QObject):
        def eventFilter(self, watched, event):
            if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown_alone.append(type(watched).__name__)
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    enter(qtbot, gate)
    gate.rooms.begin("p1")
    for page in ("password", "accounts", "trail"):
        gate.rooms.show_settings(page)
    lock(qtbot, gate)
    qapp.removeEventFilter(watch)
    assert shown_alone == []


def test_a_receptionist_prints_what_was_signed_and_asks_nothing(qtbot, gate):
    """Seen as a receptionist: “prints and follows up”, and there was no way to a document."""
    enter(qtbot, gate)
    clinic = gate.rooms.clinic
    held = clinic.begin("p1")
    review = clinic.review(held)
    review.write_impression("")
    signed = clinic.sign(review)
    lock(qtbot, gate)
    gate.card.user.field.clear()
    gate.card.user.field.setFocus()
    enter(qtbot, gate, "rita", RITA)
    window = gate.rooms
    assert not window.rooms.is_open("documents")
    window.open_encounter(signed.encounter_uid)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert window.rooms.current == "signed-documents"
    panel = window.rooms.panel("signed-documents")
    assert panel.desk.made("summary").startswith(b"%PDF")
