"""Every public method of the record layer that reaches the store, against every role: a new one without an entry here
fails, and so does one that writes although its role may not, or although it says that it only reads."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

import desktop.record
from db.entrance import create, sign_in
from db.errors import NotAllowed, NotReadyToSign
from db.passwords import new_code
from db.session import Session
from db.slots import Cost
from desktop.clinical.content import Content
from desktop.clinical.outcomes import load_outcomes
from desktop.clinical.reasons import load_reasons
from desktop.clinical.waiting_room import load_waiting_room
from desktop.record.accounts import Accounts
from desktop.record.backups import Backups
from desktop.record.clinic import Clinic
from desktop.record.closing import Closing
from desktop.record.encounter import LONDON
from desktop.record.followers import followers_of
from desktop.record.phrases import Phrase
from desktop.record.practice import ContactEntry
from desktop.record.registry import Details
from desktop.record.review import Review
from desktop.record.roles import Act, Rights, Role, may
from desktop.record.trail import Filter
from desktop.record.waiting import Waiting

from ..prepared import shipped_content

AT = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
CHEAP = Cost(memory=32, passes=1, lanes=4)
PASSWORD = "a plain pass phrase"
USERS = {Role.CLINICIAN: "cleo", Role.NURSE: "nina", Role.RECEPTIONIST: "rita", Role.ADMINISTRATOR: "adam"}
REACHES_STORE = {"Store", "Clinic", "Session", "Consultation", "PracticeRecord"}
REFUSED_FOR_OTHER_REASONS = (ValueError, NotReadyToSign)


class World:
    """Somebody of one role is signed in to a practice with a draft, a signed encounter and one that is amended."""

    def __init__(self, folder: Path, content: Content, role: Role) -> None:
        self.content, self.role = content, role
        self.session: Session = sign_in(folder, USERS[role], PASSWORD, at=AT, cost=CHEAP)
        self.clinic = Clinic(
            content,
            self.store,
            who=USERS[role],
            clock=lambda: AT + timedelta(hours=1),
            zone=LONDON,
            rights=Rights(USERS[role], "Some Body", frozenset({role})),
            accounts=Accounts(self.session, clock=lambda: AT),
            followers=followers_of(self.store, LONDON),
        )

    @property
    def store(self):  # type: ignore[no-untyped-def]
        return self.session.store

    @cached_property
    def draft(self):  # type: ignore[no-untyped-def]
        return self.clinic.look_at("draft")

    @cached_property
    def review(self) -> Review:
        return self.clinic.review(self.draft)

    @cached_property
    def followup(self):  # type: ignore[no-untyped-def]
        return next(one for one in self.clinic.board.open() if one.stored.kind == "referral")

    @cached_property
    def line(self) -> str:
        return next(line.id for line in self.review.decisions.plan if line.stands)

    @cached_property
    def rule(self) -> str:
        return self.draft.assessment.flags[0].rule.id

    @cached_property
    def screening(self):  # type: ignore[no-untyped-def]
        return self.store.screenings.all()[0]

    @cached_property
    def backup(self):  # type: ignore[no-untyped-def]
        return self.clinic.backups.rows()[0].backup

    @cached_property
    def objects(self) -> dict[str, Any]:
        clinic = self.clinic
        return {
            "Clinic": clinic,
            "Consultation": self.draft,
            "Writing": self.draft.writing,
            "Review": self.review,
            "Waiting": Waiting(self.draft, load_waiting_room(self.content)),
            "EncounterDocuments": clinic.documents("signed"),
            "Registry": clinic.registry,
            "Board": clinic.board,
            "Closing": Closing(clinic, clinic.board, load_outcomes(self.content.items), load_reasons()),
            "Rescreening": clinic.rescreening,
            "Audit": clinic.audit,
            "AuditTrail": clinic.trail,
            "Backups": clinic.backups,
            "SubjectAccess": clinic.access,
            "Phrases": clinic.phrases,
            "PracticeRecord": clinic.practice,
            "Directory": clinic.directory,
            "Accounts": clinic.accounts,
        }


def made(folder: Path, content: Content) -> None:
    with create(folder, user="founder", name="F", password=PASSWORD, code=new_code(), at=AT, cost=CHEAP) as session:
        for role, user in USERS.items():
            session.add(user, name=user.title(), roles={role}, password=PASSWORD, at=AT)
        uids = iter(["draft", "signed", "amended", *(f"other{number}" for number in range(100))])
        clinic = Clinic(
            content,
            session.store,
            who="founder",
            clock=lambda: AT,
            zone=LONDON,
            new_uid=lambda: next(uids),
            followers=followers_of(session.store, LONDON),
        )
        for patient, name in (("p1", "Larkspur"), ("p2", "Foxglove")):
            session.store.patients.add(patient, family=name, given="M", born=date(1965, 3, 12), at=AT)
        clinic.begin("p1")
        for uid in ("signed", "amended"):
            consultation = clinic.begin("p1")
            assert consultation.encounter.uid == uid
            answered(clinic, consultation)
        clinic.amend("amended", "an x-ray came")
        # Written past the clinic: the flags have not been settled, and a text is held.
        session.store.save_answer("draft", "limb_weakness", "new", who="founder", at=AT)
        session.store.notes.hold("draft", "clinical_impression", "a few words", who="founder", at=AT)
        clinic.phrases.save(Phrase("slr", "straight leg raise", shared=True))
        screening = clinic.rescreening.begin()
        clinic.rescreening.end(screening, "finished")
        clinic.backups.maker()(lambda done, of: None)


def answered(clinic: Clinic, consultation: Any) -> None:
    consultation.answer("limb_weakness", "new")
    review = clinic.review(consultation)
    review.write_impression("")
    for flag in consultation.assessment.flags:
        review.accept(flag.rule.id)
    material = clinic.documents(consultation.encounter.uid).material_of_draft(consultation, review.decisions)
    clinic.documents(consultation.encounter.uid).keep(material, "s", b"%PDF", title="S", form="pdf", way="printed")
    clinic.sign(review)


def signed(world: World) -> object:
    if world.clinic.may(Act.SIGN):
        world.draft.record_held()
        world.review.write_impression("")
        for flag in world.draft.assessment.flags:
            world.review.accept(flag.rule.id)
    return world.clinic.sign(world.review)


Refused = Callable[[Role], World]
Fresh = Callable[[Role], AbstractContextManager[World]]
DETAILS = Details(family="Teasel", given="B", born="12/03/1966")
Call = Callable[[World], object]
NEEDS: dict[str, tuple[Act, Call]] = {
    "Clinic.waiting": (Act.ANSWER, lambda w: w.clinic.waiting("draft")),
    "Clinic.begin": (Act.ANSWER, lambda w: w.clinic.begin("p1")),
    "Clinic.begin_unidentified": (Act.ANSWER, lambda w: w.clinic.begin_unidentified()),
    "Clinic.resume": (Act.ANSWER, lambda w: w.clinic.resume("draft")),
    "Clinic.sign": (Act.SIGN, signed),
    "Clinic.amend": (Act.SIGN, lambda w: w.clinic.amend("signed", "an x-ray came")),
    "Clinic.give_up_amendment": (Act.SIGN, lambda w: w.clinic.give_up_amendment("amended")),
    "Consultation.answer": (Act.ANSWER, lambda w: w.draft.answer("injury", True)),
    "Consultation.record_held": (Act.ANSWER, lambda w: w.draft.record_held()),
    "Consultation.give_back": (Act.ANSWER, lambda w: w.draft.give_back("injury", True)),
    "Consultation.take_back_heard": (Act.ANSWER, lambda w: w.draft.take_back_heard("injury")),
    "Consultation.hear": (Act.ANSWER, lambda w: w.draft.hear("injury", True)),
    "Consultation.remember_place": (Act.ANSWER, lambda w: w.draft.remember_place("injury")),
    "Consultation.re_date": (Act.ANSWER, lambda w: w.draft.re_date()),
    "Consultation.settle": (Act.ANSWER, lambda w: w.draft.settle()),
    "Consultation.answer_none": (Act.ANSWER, lambda w: w.draft.answer_none(["injury"])),
    "Consultation.take_back": (Act.ANSWER, lambda w: w.draft.take_back(["limb_weakness"])),
    "Writing.write": (Act.ANSWER, lambda w: w.draft.writing.write("history", "a few words")),
    "Writing.hold": (Act.ANSWER, lambda w: w.draft.writing.hold("clinical_impression", "a few")),
    "Writing.move": (Act.ANSWER, lambda w: w.draft.writing.move(w.draft.writing.held()[0], "pain", "gone")),
    "Writing.let_go": (Act.ANSWER, lambda w: w.draft.writing.let_go("clinical_impression")),
    "Review.write_impression": (Act.ANSWER, lambda w: w.review.write_impression("")),
    "Review.accept": (Act.ANSWER, lambda w: w.review.accept(w.rule)),
    "Review.override": (Act.ANSWER, lambda w: w.review.override(w.rule, "emergency")),
    "Review.take_back": (Act.ANSWER, lambda w: w.review.take_back(w.rule)),
    "Review.change_line": (Act.ANSWER, lambda w: w.review.change_line(w.line, who="the nurse")),
    "Review.keep_line": (Act.ANSWER, lambda w: w.review.keep_line(w.line)),
    "Review.mark_done": (Act.ANSWER, lambda w: w.review.mark_done([w.line])),
    "Review.drop_line": (Act.ANSWER, lambda w: w.review.drop_line(w.line, reason="other", text="done already")),
    "Review.add_line": (Act.ANSWER, lambda w: w.review.add_line("Ring on Monday")),
    "Waiting.take_back": (Act.ANSWER, lambda w: w.objects["Waiting"].take_back()),
    "Waiting.answer": (Act.ANSWER, lambda w: w.objects["Waiting"].answer(False)),
    "EncounterDocuments.keep": (Act.PRINT, lambda w: kept(w)),
    "EncounterDocuments.tell_again": (
        Act.PRINT,
        lambda w: w.objects["EncounterDocuments"].tell_again(w.objects["EncounterDocuments"].kept()[0], "printed"),
    ),
    "Registry.add": (Act.ANSWER, lambda w: w.clinic.registry.add(DETAILS)),
    "Registry.add_unidentified": (Act.ANSWER, lambda w: w.clinic.registry.add_unidentified()),
    "Registry.change": (Act.ANSWER, lambda w: w.clinic.registry.change("p2", DETAILS)),
    "Registry.merge": (Act.SIGN, lambda w: w.clinic.registry.merge("p2", "p1", "same person")),
    "Registry.part": (Act.SIGN, lambda w: w.clinic.registry.part("p2", "two people")),
    "Closing.close": (Act.FOLLOW_UP, lambda w: w.objects["Closing"].close(w.followup.uid, ending(w))),
    "Closing.cancel": (Act.FOLLOW_UP, lambda w: w.objects["Closing"].cancel(w.followup.uid, "other", "moved away")),
    "Closing.reopen": (Act.FOLLOW_UP, lambda w: w.objects["Closing"].reopen(w.followup.uid, "too early")),
    "Closing.move": (Act.FOLLOW_UP, lambda w: w.objects["Closing"].move(w.followup.uid, AT + timedelta(9), "full")),
    "Closing.hand_over": (Act.FOLLOW_UP, lambda w: w.objects["Closing"].hand_over(w.followup.uid, "Dr Two")),
    "Closing.take_in": (Act.SIGN, lambda w: w.objects["Closing"].take_in(w.followup.uid)),
    "Rescreening.begin": (Act.AUDIT, lambda w: w.clinic.rescreening.begin()),
    "Rescreening.keep": (Act.AUDIT, lambda w: looked(w)),
    "Rescreening.end": (Act.AUDIT, lambda w: w.clinic.rescreening.end(w.screening, "cancelled")),
    "Rescreening.put_on_board": (Act.FOLLOW_UP, lambda w: w.clinic.rescreening.put_on_board([])),
    "AuditTrail.choices": (Act.AUDIT, lambda w: w.clinic.trail.choices()),
    "AuditTrail.rows": (Act.AUDIT, lambda w: w.clinic.trail.rows(Filter())),
    "AuditTrail.csv": (Act.AUDIT, lambda w: w.clinic.trail.csv(Filter())),
    "Backups.choose_place": (Act.BACKUPS, lambda w: w.clinic.backups.choose_place(None)),
    "Backups.viewer": (Act.BACKUPS, lambda w: w.clinic.backups.viewer(w.backup)),
    "Backups.preparer": (Act.BACKUPS, lambda w: w.clinic.backups.preparer(w.backup)),
    "Backups.exchange": (Act.BACKUPS, lambda w: restored(w.clinic.backups, w)),
    "SubjectAccess.holdings": (Act.PRINT, lambda w: w.clinic.access.holdings("p1")),
    "SubjectAccess.erase": (Act.SIGN, lambda w: w.clinic.access.erase("p2", "request")),
    "SubjectAccess.due_for_review": (Act.AUDIT, lambda w: w.clinic.access.due_for_review()),
    "Phrases.save": (Act.ANSWER, lambda w: w.clinic.phrases.save(Phrase("own", "of my own"))),
    "Phrases.remove": (Act.ANSWER, lambda w: w.clinic.phrases.remove(Phrase("own", "of my own"))),
    "Accounts.add": (
        Act.ACCOUNTS,
        lambda w: w.clinic.accounts.add("new", name="N", roles={Role.NURSE}, password=PASSWORD),  # type: ignore[union-attr]
    ),
    "Accounts.change_roles": (Act.ACCOUNTS, lambda w: w.objects["Accounts"].change_roles("rita", {Role.NURSE})),
    "Accounts.renew_kit": (Act.ACCOUNTS, lambda w: w.objects["Accounts"].renew_kit(new_code())),
    "Accounts.remove": (Act.ACCOUNTS, lambda w: w.objects["Accounts"].remove("rita", new_code())),
}
# Whoever is signed in may: their own password, the telephone numbers of the directory, backups that are made by
# themselves, and telling the trail. What else the practice decides is in test_roles.py.
ANYBODY: dict[str, Call] = {
    "Accounts.change_password": lambda w: w.objects["Accounts"].change_password(PASSWORD, "another plain phrase"),
    "Clinic.tell": lambda w: w.clinic.tell("patient looked at", patient="p1"),
    "PracticeRecord.change": lambda w: w.clinic.practice.change(name="Low Road Surgery"),
    "PracticeRecord.change_contact": lambda w: w.clinic.practice.change_contact("haematology", ContactEntry()),
    "PracticeRecord.change_contacts": lambda w: w.clinic.practice.change_contacts({"haematology": ContactEntry()}),
    "Directory.save": lambda w: w.clinic.directory.save("haematology", ContactEntry(telephone="01632 960 001")),
    "Directory.save_all": lambda w: w.clinic.directory.save_all({}),
    "Directory.add": lambda w: w.clinic.directory.add(ContactEntry(name="Podiatry")),
    "Directory.remove": lambda w: w.clinic.directory.remove("own_podiatry"),
    "Backups.maker": lambda w: w.clinic.backups.maker()(lambda done, of: None),
    "Backups.copier": lambda w: w.clinic.backups.copier()(lambda done, of: None),
    "Backups.checker": lambda w: w.clinic.backups.checker()(lambda done, of: None),
}
# Everything else only reads, and is called with these.
GIVEN: dict[str, Call] = {
    "patient_uid": lambda w: "p1",
    "encounter_uid": lambda w: "signed",
    "encounter_uid of versions": lambda w: "signed",
    "text": lambda w: "Lark",
    "words": lambda w: "Telephone the MSCC coordinator",
    "user": lambda w: "rita",
    "consultation": lambda w: w.draft,
    "content": lambda w: w.content,
    "item": lambda w: "injury",
    "answer of if_said": lambda w: True,
    "uid": lambda w: "p1",
    "uid of Board": lambda w: w.followup.uid,
    "uid of Closing": lambda w: w.followup.uid,
    "patient": lambda w: w.clinic.registry.patient("p1"),
    "details": lambda w: DETAILS,
    "one": lambda w: w.followup,
    "screening": lambda w: w.screening,
    "start": lambda w: AT - timedelta(days=40),
    "start of months": lambda w: "2026-10",
    "end": lambda w: AT + timedelta(days=1),
    "end of months": lambda w: "2026-11",
    "kind": lambda w: "referral",
    "code": lambda w: "en-GB",
    "state": lambda w: "done",
    "urgency": lambda w: "emergency",
    "rule": lambda w: w.rule,
    "version": lambda w: w.clinic.versions("signed")[-1],
    "decisions": lambda w: w.review.decisions,
    "kept": lambda w: w.objects["EncounterDocuments"].kept()[0],
    "name": lambda w: "Podiatry",
    "taken": lambda w: (),
    "id": lambda w: "haematology",
    "id of Rescreening": lambda w: w.rule,
    "id of Audit": lambda w: "s",
}


def kept(world: World) -> object:
    documents = world.objects["EncounterDocuments"]
    material = documents.material_of_signed(world.clinic.versions("signed")[-1])
    return documents.keep(material, "s", b"%PDF", title="S", form="pdf", way="printed")


def ending(world: World) -> str:
    return next(one.id for one in world.objects["Closing"].endings(world.followup) if not one.needs_text)


def looked(world: World) -> None:
    for _, batch in world.clinic.rescreening.batches(world.screening):
        world.clinic.rescreening.keep(world.screening, batch)


def restored(backups: Backups, world: World) -> object:
    with suppress(NotAllowed):
        backups.preparer(world.backup)(lambda done, of: None)
    return backups.exchange()


def classes() -> Iterator[type]:
    """The demonstration's store has no accounts, and its years are refused one that has."""
    for module in pkgutil.iter_modules(desktop.record.__path__):
        if module.name == "demonstration_years":
            continue
        found = importlib.import_module(f"desktop.record.{module.name}")
        for _, one in inspect.getmembers(found, inspect.isclass):
            if one.__module__ == found.__name__ and not one.__name__.startswith("_") and reaches_the_store(one):
                yield one


def reaches_the_store(one: type) -> bool:
    if issubclass(one, Exception):
        return False
    if issubclass(one, Struct):
        return bool({str(kind) for kind in one.__annotations__.values()} & REACHES_STORE)
    return bool({str(part.annotation) for part in inspect.signature(one).parameters.values()} & REACHES_STORE)


def methods() -> list[str]:
    return [
        f"{one.__name__}.{name}"
        for one in classes()
        for name in vars(one)
        if not name.startswith("_") and is_code(one, name)
    ]


def is_code(one: type, name: str) -> bool:
    member = vars(one)[name]
    return callable(member) or isinstance(member, property | cached_property | classmethod | staticmethod)


READS = [name for name in methods() if name not in NEEDS and name not in ANYBODY]


@pytest.fixture(scope="module")
def content() -> Content:
    return shipped_content()


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory, content: Content) -> Path:
    folder = tmp_path_factory.mktemp("roles") / "practice"
    made(folder, content)
    return folder


@pytest.fixture(scope="module")
def refused_one(practice: Path, content: Content) -> Iterator[Callable[[Role], World]]:
    """Of whom nothing is ever written: one of each role for all that is refused or only read."""
    worlds: dict[Role, World] = {}

    def get(role: Role) -> World:
        if role not in worlds:
            shutil.copytree(practice, practice.with_name(role.value))
            worlds[role] = World(practice.with_name(role.value), content, role)
        return worlds[role]

    yield get
    for world in worlds.values():
        world.session.close()


@pytest.fixture
def fresh(practice: Path, content: Content, tmp_path: Path) -> Callable[[Role], AbstractContextManager[World]]:
    @contextmanager
    def make(role: Role) -> Iterator[World]:
        shutil.copytree(practice, tmp_path / role.value)
        world = World(tmp_path / role.value, content, role)
        with closing(world.session):
            yield world

    return make


def state_of(world: World) -> tuple[object, int]:
    return world.store.trail.head(), world.store._database.conn.total_changes


def test_no_entry_is_of_something_that_is_gone() -> None:
    assert {*NEEDS, *ANYBODY} - {*methods()} == set()


def test_the_classes_are_found() -> None:
    """The twin of everything below: with none found, nothing would be tested."""
    assert len([*classes()]) > 15
    assert "Consultation.answer" in methods()


@pytest.mark.parametrize("name", NEEDS)
def test_who_may_not_changes_nothing_and_who_may_is_let(name: str, refused_one: Refused, fresh: Fresh) -> None:
    """Which roles may do an act is the table of test_roles.py; here it is which act a method asks for."""
    act, call = NEEDS[name]
    allowed = [role for role in Role if may({role}, act)]
    for role in Role:
        if role not in allowed:
            refuse(refused_one(role), call)
    with fresh(allowed[0]) as world, suppress(*REFUSED_FOR_OTHER_REASONS):
        call(world)


def refuse(world: World, call: Call) -> None:
    world.objects  # noqa: B018 - made before the state is looked at
    before = state_of(world)
    with pytest.raises(NotAllowed):
        call(world)
    assert state_of(world) == before


@pytest.mark.parametrize("name", ANYBODY)
def test_whoever_is_signed_in(name: str, fresh: Fresh) -> None:
    with fresh(Role.RECEPTIONIST) as world:
        ANYBODY[name](world)


@pytest.mark.parametrize("name", READS)
def test_what_only_reads_writes_nothing(name: str, refused_one: Refused) -> None:
    """Called by somebody whom nearly everything else refuses. An argument that isn't known here is a new method."""
    of, _, method = name.partition(".")
    world = refused_one(Role.RECEPTIONIST)
    owner = world.objects[of]
    before = state_of(world)
    found = getattr(owner, method)
    if callable(found):
        with suppress(*REFUSED_FOR_OTHER_REASONS):
            given = found(*arguments(world, of, method, found))
            if inspect.isgenerator(given):
                list(given)
    assert state_of(world) == before


def arguments(world: World, of: str, method: str, found: Callable[..., object]) -> list[object]:
    wanted = [
        part.name
        for part in inspect.signature(found).parameters.values()
        if part.kind is part.POSITIONAL_OR_KEYWORD and part.default is part.empty
    ]
    return [
        next(GIVEN[key] for key in (f"{one} of {method}", f"{one} of {of}", one) if key in GIVEN)(world)
        for one in wanted
    ]
