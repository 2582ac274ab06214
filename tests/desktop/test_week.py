"""A week of a practice, through the real windows: signed in each morning, locked each night, with the clock moved.

Monday an emergency, Tuesday its result, Wednesday and Friday two that can wait, one of them over the New Year,
Thursday a blood result that cannot, Saturday what nobody did, Sunday new rules and the audit of it all.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pypdfium2
import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from db.entrance import create
from db.passwords import new_code
from desktop import app
from desktop.clinical.condition import parse
from desktop.settings import settings_for
from desktop.ui.outgoing import Outgoing
from desktop.ui.preferences import Preferences
from desktop.ui.style import dress

from .conftest import CHEAP, shown

MONDAY = datetime(2026, 12, 14, 9, 0, tzinfo=UTC)
ANNA = "a plain pass phrase"
CTRL = Qt.KeyboardModifier.ControlModifier
BORN = {"p1": date(1965, 3, 12), "p2": date(1958, 7, 2), "p3": date(1980, 1, 30)}
PEOPLE = {"p1": ("Larkspur", "Marigold", "female"), "p2": ("Thistle", "Angus", "male"), "p3": ("Reed", "Robin", "male")}
CORD = {"cancer_history": True, "limb_weakness": "new", "pain_site": frozenset({"thoracic"})}
WEIGHT = {"weight_loss": True, "weight_loss_percent": 7, "progressive": True, "pain_duration_weeks": 6}
TIRED = {"weight_loss": True, "weight_loss_percent": 6, "fatigue": True, "pain_duration_weeks": 5}
COMPRESSED = frozenset({"cord_compression", "metastasis_or_tumour"})


class Week:
    """Who sits at the screen; `window` is the rooms while she is signed in."""

    def __init__(self, qtbot, folder, self_test):
        self.qtbot, self.now = qtbot, MONDAY
        self.preferences, self.self_test, self.folder = Preferences(), self_test, folder

    def install(self, content):
        """Started, with these rules."""
        self.gate = app.make_gate(content, settings_for(self.folder), self.self_test, self.preferences, cost=CHEAP)
        self.qtbot.addWidget(self.gate)
        self.gate.show()
        self.qtbot.waitExposed(self.gate)

    @property
    def window(self):
        return self.gate.rooms

    @property
    def board(self):
        return self.window.clinic.board

    @property
    def follow_up(self):
        self.window.show_room("follow-up")
        return self.window.rooms.panel("follow-up")

    def at(self, day, hour, minute=0):
        """`day` of this week; Monday is 0."""
        self.now = MONDAY.replace(hour=hour, minute=minute) + timedelta(days=day)

    def sign_in(self):
        card = self.gate.card
        card.user.field.setText("anna")
        card.password.field.setText(ANNA)
        with self.qtbot.waitSignal(self.gate.admitted, timeout=5000):
            self.qtbot.keyClick(card.password.field, Qt.Key.Key_Return)
        with self.qtbot.waitActive(self.gate):
            self.gate.activateWindow()
        self.window.show_room("today")

    def lock(self):
        with self.qtbot.waitSignal(self.gate.locked):
            self.qtbot.keyClick(self.window, Qt.Key.Key_L, CTRL)
        assert self.window is None
        assert not [word for word in ("LARKSPUR", "THISTLE", "Marigold") if word in shown(self.gate)]

    def consult(self, patient, answers):
        """From Today to the review, and the impression typed."""
        self.window.begin(patient)
        for item, answer in answers.items():
            self.window.model.answer(item, answer)
        self.review("As the rules say")

    def review(self, impression):
        self.window.desk.open_review()
        self.window.rooms.panel("review").model.write_impression(impression)

    def sign(self):
        """Each flag accepted on its card, all care at once done, and signed by key."""
        panel = self.window.rooms.panel("review")
        for card in list(panel.cards.values()):
            if card.flag.outcome == "not decided":
                card.accept.click()
        if panel.plan.care.button.isVisible():
            panel.plan.care.button.click()
        for _ in range(2):
            QApplication.processEvents()
            self.qtbot.keyClick(self.gate.focusWidget() or panel, Qt.Key.Key_Return, CTRL)
        assert self.window.rooms.current == "encounter"

    def one(self, kind, patient, state="open"):
        found = self.board.open() if state == "open" else self.board.closed(state)
        return next(one for one in found if one.stored.kind == kind and one.patient.uid == patient)

    def end(self, one, outcome, text="", born=None, **values):
        """On the board, as it is done there; gives what stands beside the field of the birth date."""
        panel = self.follow_up
        panel.show_follow_up(one.uid)
        ways = [way.id for way in panel.side.form.ways]
        panel.ask(str(ways.index(outcome) + 1))
        form = panel.side.form
        for name, typed in (("text", text), ("born", born and f"{born:%d-%m-%Y}")):
            if typed:
                form.entries[name].field.setText(typed)
        for item, value in values.items():
            form.fields[item].answered.emit(item, value)
        panel.send()
        form = panel.side.form
        return form.entries["born"].field.accessibleDescription() if form and "born" in form.entries else ""

    def rail(self):
        return next(words for id, _, words, _ in self.window.rooms.entries() if id == "follow-up")

    def today(self):
        self.window.show_room("today")
        for _ in range(2):  # the window first, then what stands in it
            QApplication.processEvents()
        return shown(self.window.today).replace("\N{NO-BREAK SPACE}", " ").replace("\N{NON-BREAKING HYPHEN}", "-")


@pytest.fixture
def week(qtbot, qapp, content, self_test, tmp_path, monkeypatch):
    folder = tmp_path / "stores"
    with create(folder / "practice", user="anna", name="Dr Anna Ash", password=ANNA, code=new_code(),
                at=MONDAY - timedelta(days=3), cost=CHEAP) as session:  # fmt: skip
        for uid, (family, given, sex) in PEOPLE.items():
            session.store.patients.add(uid, family=family, given=given, sex=sex, born=BORN[uid], at=MONDAY)
    dress(qapp, Preferences().theme())
    week = Week(qtbot, folder, self_test)
    monkeypatch.setattr(app, "now", lambda: week.now)
    week.install(content)
    return week


class Intruders(QObject):
    """Whatever is shown as a window of its own beside the one: it takes the keyboard away for a moment."""

    def __init__(self):
        super().__init__()
        self.seen = []
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


def test_a_week_of_a_practice(week, content, tmp_path, monkeypatch):
    intruders = Intruders()
    monday(week)
    tuesday(week)
    QApplication.instance().removeEventFilter(intruders)  # every event passes it, so it is costly
    assert {one for one in intruders.seen if not one.startswith("Gate")} == set()
    wednesday(week, tmp_path, monkeypatch)
    thursday(week)
    friday(week)
    saturday(week)
    sunday(week, content, tmp_path, monkeypatch)


def monday(week):
    """An emergency before nine minutes are over; the call is made, the scan has until Tuesday morning."""
    week.sign_in()
    assert "Nothing to follow up" in week.today()
    week.at(0, 9, 10)
    week.consult("p1", CORD)
    week.sign()
    assert week.board.counts()[1] >= 3
    care = [one for one in week.board.closed("done") if one.stored.kind == "immediate"]
    assert len(care) > 2
    week.at(0, 9, 25)
    call = week.one("referral", "p1")
    assert call.group == "overdue"  # it had to be at once
    week.end(call, "done", "Registrar Osei accepts her")
    assert week.one("imaging", "p1").stored.due == MONDAY + timedelta(days=1, minutes=10)
    week.lock()


def tuesday(week):
    """The scan is late, is counted on the rail, and what it shows is another emergency; not under another's name."""
    week.at(1, 12, 10)
    week.sign_in()
    overdue = week.board.counts()[0]
    assert overdue >= 1
    assert week.rail() == f"Follow-up, {overdue} overdue"
    assert "3 h late" in week.today()
    scan = week.one("imaging", "p1")
    refused = week.end(scan, "something_found", born=BORN["p2"], imaging_finding=COMPRESSED)
    assert "not this patient" in refused
    assert week.board.of(scan.uid).stored.state == "open"
    week.end(scan, "something_found", born=BORN["p1"], imaging_finding=COMPRESSED)
    found = week.one("looking", "p1")
    assert found.stored.urgency == "emergency"
    assert week.follow_up.side.one.uid == found.uid  # it is what the screen shows now
    week.follow_up.show_follow_up(found.uid)
    week.follow_up.take_in()
    assert week.window.model.consultation.is_amendment
    week.review("Compression at T8")
    week.sign()
    assert len(week.window.clinic.versions(found.stored.encounter)) == 2
    week.end(week.one("looking", "p1"), "done", "Transferred to the spinal centre")
    week.lock()


def wednesday(week, tmp_path, monkeypatch):
    """One who can wait for two weeks, and the worklist of the morning."""
    week.at(2, 8, 30)
    week.sign_in()
    week.consult("p2", WEIGHT)
    week.sign()
    assert week.one("bloods", "p2").group in ("later", "this week")
    file = tmp_path / "list.pdf"
    monkeypatch.setattr(Outgoing, "ask_place", staticmethod(lambda *_: str(file)))
    week.follow_up.save_worklist()
    pages = pypdfium2.PdfDocument(file)
    text = " ".join(page.get_textpage().get_text_range() for page in pages)
    pages.close()
    overdue, still_open = week.board.counts()
    assert f"{overdue} overdue, {still_open} open" in text
    assert "THISTLE" in text.upper()
    week.lock()


def thursday(week):
    """Of the bloods the calcium cannot wait: the same day, whoever typed it in."""
    week.at(3, 16, 0)
    week.sign_in()
    week.end(week.one("bloods", "p2"), "results_in", born=BORN["p2"], adjusted_calcium=3.1)
    act = week.one("looking", "p2")
    assert (act.stored.urgency, act.stored.due) == ("same-day", week.now + timedelta(hours=24))
    assert act.group == "this week"
    told = week.one("telling", "p2")
    assert told.stored.due is not None
    week.lock()


def friday(week):
    """Two weeks from a Friday is New Year's Day: the day before it. And one thing is not needed any more."""
    week.at(4, 10, 0)
    week.sign_in()
    week.consult("p3", TIRED)
    week.sign()
    due = [one.stored for one in week.board.open() if one.patient.uid == "p3" and one.stored.urgency == "urgent"]
    moved = [one for one in due if one.latest and one.latest.date() == date(2027, 1, 1)]
    assert moved
    assert {one.due.date() for one in moved} == {date(2026, 12, 31)}
    week.end(week.one("looking", "p2"), "done", "Medical on-call: fluids, admitted")
    panel = week.follow_up
    referral = next(one for one in panel.found if one.patient.uid == "p3" and one.stored.kind == "referral")
    panel.show_follow_up(referral.uid)
    ways = [way.id for way in panel.side.form.ways]
    panel.ask(str(ways.index("cancel") + 1))
    panel.side.form._choose_reason("patient_declines")
    panel.send()
    assert week.board.of(referral.uid).stored.state == "cancelled"
    week.lock()


def saturday(week):
    """Nobody has told Marigold yet. A weekend changes nothing about it, and Today says so."""
    week.at(5, 9, 0)
    week.sign_in()
    late = [one for one in week.board.open() if one.group == "overdue"]
    assert late
    assert f"{len(late)} overdue" in week.today()
    assert week.rail() == f"Follow-up, {len(late)} overdue"
    for one in late:
        week.end(one, "told" if one.stored.kind == "telling" else "done", "By telephone")
    assert week.board.counts()[0] == 0
    assert week.rail() == "Follow-up"
    week.lock()


def sunday(week, content, tmp_path, monkeypatch):
    """New rules are installed: those signed under the old ones are looked through, and what follows is on the board."""
    week.at(6, 18, 0)
    week.gate.close()
    week.install(with_rule(content, "fatigue"))
    week.sign_in()
    week.window.show_room("audit")
    audit = week.window.rooms.panel("audit")
    with week.qtbot.waitSignal(week.window.rescreening.ended, timeout=20_000) as ended:
        audit.rescreen.run.click()
    assert ended.args == ["finished"]
    screening = week.window.clinic.rescreening.finished()
    (finding,) = week.window.clinic.rescreening.findings(screening)
    assert (finding.encounter.patient.uid, finding.gained) == ("p3", ("R98",))
    week.window.clinic.rescreening.put_on_board([finding])
    assert week.one("looking", "p3").stored.rules == ("R98",)
    rows = saved(audit, tmp_path, monkeypatch)
    month = next(row for row in rows if row[:1] == ["Dec 2026"])
    heads = rows[rows.index(month) - 1]
    assert dict(zip(heads, month, strict=True))["All"] == "3"
    assert dict(zip(heads, month, strict=True))["Emergency"] == "1"
    assert week.gate.session.store.verify() is None
    told = [entry.what for entry in week.gate.session.store.trail.entries()]
    assert (told.count("locked"), told.count("signed in")) == (6, 7)
    week.lock()


def saved(audit, tmp_path, monkeypatch):
    file = tmp_path / "audit.csv"
    monkeypatch.setattr(Outgoing, "ask_place", staticmethod(lambda *_: str(file)))
    audit.save_csv()
    return list(csv.reader(file.read_text("utf-8-sig").splitlines()))


def with_rule(content, when):
    rule = next(rule for rule in content.rules if rule.id == "R53").but(id="R98", when=when)
    return replace(content, rules=(*content.rules, rule), conditions={**content.conditions, when: parse(when)})
