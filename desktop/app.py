"""The one place where things are put together: folders, store, content and window."""

from __future__ import annotations

from desktop import lean  # noqa: F401

# isort: split
import faulthandler
import gc
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import __version__
from desktop.logs import Plain, set_up_logs
from desktop.settings import Settings, settings_for

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from PySide6.QtWidgets import QApplication

    from db.errors import StoreError
    from desktop.clinical.case_table import Row
    from desktop.clinical.content import Content
    from desktop.clinical.mistakes import ContentError
    from desktop.record.clinic import Clinic
    from desktop.record.consultation import Consultation
    from desktop.record.demonstration_years import Step
    from desktop.record.session import Cost, Session
    from desktop.ui.gate import Gate
    from desktop.ui.preferences import Preferences
    from desktop.ui.rules_check import RulesCheck
    from desktop.ui.self_test import SelfTest
    from desktop.ui.window import Window

log = logging.getLogger(__name__)
NO_WINDOW = """\
backstop: there is no display here, and the store of a practice opens only in its window.
Nothing was opened or changed. Open the demonstration, whose patients are invented: backstop --demo"""
NOT_TRUSTED = "backstop: rules and cases disagree, so nothing was assessed. Put the rule files back, or mend:"
NO_DISPLAY = "backstop: there is no display here. Doing the main job without one, on an invented patient."


def open_application(*, demo: bool, store: Path | None, overlay: Path | None = None) -> int:
    """The exit code: 0 done, 2 where something asked for can't be had."""
    settings = settings_for(store)
    if has_display():
        return _in_window(settings, overlay, demo=demo)
    if demo:
        return _without_display(settings, overlay)
    print(NO_WINDOW, file=sys.stderr)
    return 2


def has_display() -> bool:
    """On Linux a window needs an X or Wayland display, or a Qt platform that was chosen on purpose."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in named)


def _in_window(settings: Settings, overlay: Path | None, *, demo: bool) -> int:
    gc.disable()
    from desktop.ui.application import make_application
    from desktop.ui.errors import catch_qt_messages
    from desktop.ui.preferences import Preferences
    from desktop.ui.style import dress

    crashes = set_up_logs(settings.logs)
    application = make_application()
    catch_qt_messages()
    log.info("started, version %s, demonstration %d", Plain(__version__), demo)
    preferences = Preferences(settings.config)
    dress(application, preferences.theme())
    code = _until_closed(application, settings, overlay, preferences, demo=demo)
    log.info("closed, code %d", code)
    faulthandler.disable()
    if crashes is not None:
        crashes.close()
    return code


def _until_closed(
    application: QApplication, settings: Settings, overlay: Path | None, preferences: Preferences, *, demo: bool
) -> int:
    from db.errors import StoreError
    from desktop.clinical.mistakes import ContentError
    from desktop.ui.single_instance import SingleInstance

    try:
        content = load_content(settings, overlay)
    except ContentError as error:
        return _show_mistakes(application, error)
    instance = SingleInstance(str(settings.demonstration if demo else settings.practice))
    if instance.raise_first():
        return 0
    self_test = make_self_test(content, settings, overlay)
    with ExitStack() as stack:
        try:
            first = _first_window(stack, content, settings, self_test, preferences, demo=demo)
        except StoreError as error:
            return _show_unopened(application, error)
        instance.raised.connect(first.come_forward)
        first.show()
        stay_loaded()
        return application.exec()


def load_content(settings: Settings, overlay: Path | None = None) -> Content:
    from desktop.clinical.ready import load_ready

    return load_ready(settings.cache / "content", overlay=overlay)


def stay_loaded() -> None:
    """Until here nothing could be thrown away, and what is there now stays: to look through it again and again would
    slow down the start, and a key press now and then."""
    gc.freeze()
    gc.enable()


def _first_window(
    stack: ExitStack,
    content: Content,
    settings: Settings,
    self_test: SelfTest,
    preferences: Preferences,
    *,
    demo: bool,
) -> Window | Gate:
    if demo:
        return _demonstration_window(stack, content, settings, self_test, preferences)
    return make_gate(content, settings, self_test, preferences)


def _show_unopened(application: QApplication, error: StoreError) -> int:
    """Whoever started it with a press sees no terminal."""
    from desktop.ui.stopped_window import UnopenedWindow

    window = UnopenedWindow(error)
    window.show()
    application.exec()
    return 2


def _demonstration_window(
    stack: ExitStack, content: Content, settings: Settings, self_test: SelfTest, preferences: Preferences
) -> Window:
    from desktop.ui.window import Window
    from desktop.ui.years_work import YearsWork

    clinic = open_demonstration(stack, content, settings)
    window = Window(clinic, self_test=self_test, preferences=preferences, now=now)

    def hand_over(encounter_uid: str) -> None:
        from desktop.ui.demonstration_form import DemonstrationForm

        DemonstrationForm(window).begin(encounter_uid)

    window.hand_over = hand_over
    YearsWork(window, lambda: _years(clinic))
    return window


def _years(clinic: Clinic) -> Iterator[Step]:
    """What is still to be written of the demonstration's invented practice."""
    from desktop.record.demonstration_years import Years, add_practice

    add_practice(clinic.board.store, now())
    return Years(clinic.board.store, clinic.content, now(), _hand_out).write()


def _hand_out(clinic: Clinic, encounter_uid: str, id: str) -> None:
    """On no printer; kept and told as if it had been."""
    from desktop.ui.document_desk import DocumentDesk

    desk = DocumentDesk(clinic, encounter_uid)
    if id in {document.id for document in desk.documents}:
        desk.keep(id, "printed", where="an invented printer")


def make_gate(
    content: Content, settings: Settings, self_test: SelfTest, preferences: Preferences, *, cost: Cost | None = None
) -> Gate:
    """The store of a practice: set up, or signed in to, or locked."""
    from desktop.record.session import REAL, Entrance
    from desktop.ui.gate import Gate

    def make_window(session: Session) -> Window:
        return practice_window(session, content, settings, self_test, preferences)

    entrance = Entrance(settings.practice, clock=now, cost=cost or REAL)
    gate = Gate(entrance, preferences, make_window, content=content, kit=kit_maker(settings.zone))
    gate.begin()
    return gate


def kit_maker(zone: ZoneInfo, audit: Callable[[], str] = str) -> Callable[[str, str], bytes]:
    """The page of a recovery code for a practice, in memory; the first one is made before there is an audit trail."""

    def make(code: str, practice: str) -> bytes:
        from desktop.paper.recovery_kit import recovery_kit

        return recovery_kit(code, practice=practice, at=now(), zone=zone, audit=audit())

    return make


def practice_window(
    session: Session, content: Content, settings: Settings, self_test: SelfTest, preferences: Preferences
) -> Window:
    """The rooms for whoever is signed in."""
    from desktop.record.accounts import Accounts
    from desktop.record.clinic import Clinic
    from desktop.record.followers import followers_of
    from desktop.record.practice import read_practice
    from desktop.record.roles import Rights
    from desktop.ui.window import Window

    practice, account = read_practice(session.store), session.account
    clinic = Clinic(
        content,
        session.store,
        who=account.user,
        clock=now,
        zone=settings.zone,
        rights=Rights(account.user, account.name, account.roles, practice.nurses_sign),
        accounts=Accounts(session, clock=now),
        followers=followers_of(session.store, settings.zone),
    )
    clinic.use_directory()
    make_kit = kit_maker(settings.zone, lambda: clinic.trail_head)

    def kit(code: str) -> bytes:
        return make_kit(code, practice.name)

    return Window(clinic, kit=kit, self_test=self_test, preferences=preferences, now=now)


def _show_mistakes(application: QApplication, error: ContentError) -> int:
    """Nothing of content with mistakes is used; whoever sees the window learns which lines to mend."""
    from desktop.ui.mistakes_window import MistakesWindow

    window = MistakesWindow(error)
    window.show()
    application.exec()
    return 2


def make_self_test(content: Content, settings: Settings, overlay: Path | None) -> SelfTest:
    from desktop.ui.self_test import SelfTest

    return SelfTest(rules_check(content, settings.cache / "self-test", overlay))


def rules_check(content: Content, stamp: Path, overlay: Path | None = None) -> RulesCheck:
    """Over our cases and those of the practice's own rules."""
    from desktop.ui.rules_check import RulesCheck

    def rows() -> tuple[Row, ...]:
        from desktop.clinical.case_table import load_cases

        return load_cases(content) + (load_cases(content, overlay) if overlay else ())

    def mark() -> str:
        from desktop.clinical.selftest import fingerprint

        return fingerprint() + (_files_mark(overlay) if overlay else "")

    return RulesCheck(content, rows, fingerprint=mark, stamp=stamp)


def _files_mark(folder: Path) -> str:
    digest = sha256()
    for path in sorted(folder.rglob("*.toml")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def open_demonstration(stack: ExitStack, content: Content, settings: Settings) -> Clinic:
    from db.store import Store
    from desktop.record.clinic import Clinic
    from desktop.record.demonstration import CLINICIAN, KEY, make_demonstration
    from desktop.record.followers import followers_of

    store = stack.enter_context(Store.open(settings.demonstration, KEY))
    make_demonstration(store, now(), rule_set=content.rule_set)
    followers = followers_of(store, settings.zone)
    return Clinic(content, store, who=CLINICIAN, clock=now, zone=settings.zone, demo=True, followers=followers)


def now() -> datetime:
    return datetime.now(UTC)


def _write_summary(clinic: Clinic, consultation: Consultation, folder: Path) -> Path:
    """The clinical summary of a consultation; gives the file."""
    from desktop.paper.basis import Basis, Heading
    from desktop.paper.summary import summary

    basis = Basis(
        content=clinic.content,
        assessment=consultation.assessment,
        zone=clinic.zone,
        patient=consultation.patient,
        heading=Heading(clinician=clinic.name_of(consultation.who), record=consultation.encounter.uid),
        demo=clinic.demo,
    )
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"summary-{consultation.encounter.uid}.pdf"
    file.write_bytes(summary(basis))
    return file


def _without_display(settings: Settings, overlay: Path | None) -> int:
    """Assesses the most urgent demonstration draft, writes its summary and a picture of the window."""
    gc.disable()  # over before there is anything to throw away
    from desktop.clinical.content import load
    from desktop.clinical.rules import Urgency
    from desktop.input import loaded

    content = loaded(lambda: load(overlay=overlay))
    self_test = make_self_test(content, settings, overlay)
    self_test.check.run()
    if not self_test.passed:
        print(NOT_TRUSTED + "\n  ".join(("", *self_test.check.failures)), file=sys.stderr)
        return 2
    with ExitStack() as stack:
        clinic = open_demonstration(stack, content, settings)
        print(NO_DISPLAY, file=sys.stderr)
        draft = max(clinic.drafts(), key=lambda draft: (Urgency.of(draft.urgency_word), draft.asked))
        consultation = clinic.resume(draft.encounter_uid)
        folder = settings.demonstration / "documents"
        summary = _write_summary(clinic, consultation, folder)
        picture = draw_window(clinic, self_test, draft.encounter_uid, folder / "window.png")
    print(f"Patient: {consultation.patient.name} (invented)")
    print(f"Assessed: {consultation.assessment.urgency.word}, {len(consultation.assessment.flags)} flags")
    print(f"Summary: {summary}")
    print(f"Picture of the window: {picture}")
    return 0


def draw_window(clinic: Clinic, self_test: SelfTest, encounter_uid: str, file: Path) -> Path:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from desktop.ui.application import make_application
    from desktop.ui.window import Window

    application = make_application()
    window = Window(clinic, self_test=self_test)
    window.resize(1366, 768)
    window.show()
    window.open_encounter(encounter_uid)
    application.processEvents()
    application.processEvents()  # what is not yet ruled out is worked out after the first paint
    window.grab().save(str(file))
    window.close()
    return file
