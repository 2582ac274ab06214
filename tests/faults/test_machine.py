"""Any order of what can happen to a store, against a plain model of it: rows, trail and flags agree after each step."""

from __future__ import annotations

import json
import random
import shutil
import tempfile
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from jobs import CHEAP, PASSWORD

from db.backup import FILE, FOLDER, Backup, check_backup, make_backup, reading, thin
from db.entrance import create, sign_in
from db.errors import SignedEncounter, UnreadableStore
from db.keyfile import Keys
from db.passwords import new_code
from db.roles import Role
from db.store import Store
from desktop.clinical.assessment import assess
from desktop.clinical.checklist import Person

from ..prepared import shipped_content

START = datetime(2026, 10, 24, 9, 0, tzinfo=UTC)  # the clocks go back the night after
ITEMS = ("cancer_history", "limb_weakness", "injury", "fever_or_unwell", "saddle_numbness")
PEOPLE = (("Larkspur", 63), ("Foxglove", 41), ("<b>Teasel</b>", 20))
CONTENT = shipped_content()
Model = dict[str, Any]


class Machine(RuleBasedStateMachine):
    patients, encounters, backups = Bundle("patients"), Bundle("encounters"), Bundle("backups")

    @initialize()
    def begin(self) -> None:
        self.base = Path(tempfile.mkdtemp())
        self.folder, self.now, self.number = self.base / "store", START, 0
        self.session = create(
            self.folder, user="anna", name="Anna", password=PASSWORD, code=new_code(), at=self.now, cost=CHEAP
        )
        self.model: Model = {"patients": {}, "encounters": {}}
        self.past: dict[str, Model] = {}
        self.keys = [self.session.store.keys]

    @property
    def store(self) -> Store:
        return self.session.store

    def next(self, kind: str) -> str:
        self.number += 1
        return f"{kind}{self.number}"

    @rule(target=patients, who=st.sampled_from(PEOPLE))
    def new_patient(self, who: tuple[str, int]) -> str:
        uid, (family, age) = self.next("p"), who
        self.store.patients.add(uid, family=family, given="M", born=date(2026 - age, 1, 1), at=self.now, who="anna")
        self.model["patients"][uid] = {"family": family, "age": age}
        return uid

    @rule(target=encounters, patient=patients)
    def new_encounter(self, patient: str) -> str:
        uid = self.next("e")
        if patient in self.model["patients"]:
            self.store.begin_encounter(uid, patient_uid=patient, at=self.now, clinician="anna", rule_set="1")
            self.model["encounters"][uid] = {"patient": patient, "answers": {}, "given": 0, "versions": []}
        return uid

    @rule(encounter=encounters, item=st.sampled_from(ITEMS), value=st.sampled_from([True, False, {"unsure": True}]))
    def answer(self, encounter: str, item: str, value: object) -> None:
        self.say(encounter, item, value)

    @rule(encounter=encounters, item=st.sampled_from(ITEMS))
    def unanswer(self, encounter: str, item: str) -> None:
        self.say(encounter, item, None)

    def say(self, encounter: str, item: str, value: object) -> None:
        if (known := self.model["encounters"].get(encounter)) is None:
            return
        if known["versions"]:
            with pytest.raises(SignedEncounter):
                self.store.save_answer(encounter, item, value, who="anna", at=self.now)
            return
        self.store.save_answer(encounter, item, value, who="anna", at=self.now)
        self.given(known, item, value)

    @staticmethod
    def given(known: Model, item: str, value: object) -> None:
        known["given"] += 1
        known["answers"].pop(item, None)
        if value is not None:
            known["answers"][item] = value

    @rule(encounter=encounters)
    def sign(self, encounter: str) -> None:
        known = self.model["encounters"].get(encounter)
        if known and not known["versions"]:
            self.store.sign_encounter(encounter, who="anna", at=self.now, assessment_json="{}")
            known["versions"].append(dict(known["answers"]))

    @rule(encounter=encounters, item=st.sampled_from(ITEMS), value=st.sampled_from([True, False, None]))
    def amend(self, encounter: str, item: str, value: object) -> None:
        known = self.model["encounters"].get(encounter)
        if known and known["versions"]:
            told = {"who": "anna", "at": self.now, "changes": {item: value}, "assessment_json": "{}"}
            self.store.amend(encounter, reason="it was wrong", **told)
            self.given(known, item, value)
            known["versions"].append(dict(known["answers"]))

    @rule()
    def lock_and_unlock(self) -> None:
        self.session.close()
        self.session = sign_in(self.folder, "anna", PASSWORD, at=self.now, cost=CHEAP)

    @rule()
    def crash(self) -> None:
        """As the disk is at this moment, with what is still beside the file."""
        copied = self.base / self.next("crashed")
        shutil.copytree(self.folder, copied, ignore=shutil.ignore_patterns("*-shm", "backstop.lock"))
        self.session.close()
        self.folder = copied
        self.session = sign_in(self.folder, "anna", PASSWORD, at=self.now, cost=CHEAP)

    @rule(target=backups)
    def back_up(self) -> str:
        backup = make_backup(self.folder, self.store.keys, self.folder / FOLDER, at=self.now, why="regular")
        thin(self.folder / FOLDER, self.now)
        self.past[backup.folder.name] = deepcopy(self.model)
        return backup.folder.name

    @rule(name=backups)
    def restore(self, name: str) -> None:
        folder = self.folder / FOLDER / name
        if folder.exists():
            then = next(keys for keys in self.keys if opens(folder, keys))
            backup: Backup = check_backup(folder, then)
            self.store.restore(backup, then, who="anna", at=self.now)
            self.model = deepcopy(self.past[name])

    @rule(patient=patients)
    def export(self, patient: str) -> None:
        if patient in self.model["patients"]:
            held = self.store.custody.holdings(patient)
            own = [one for one in self.model["encounters"].values() if one["patient"] == patient]
            assert len(held["encounters"]) == len(own)
            assert len(held["answers"]) == sum(one["given"] for one in own)

    @rule(patient=patients)
    def erase(self, patient: str) -> None:
        if self.model["patients"].pop(patient, None):
            self.store.custody.erase(patient, reason="request", who="anna", at=self.now)
            kept = {uid: one for uid, one in self.model["encounters"].items() if one["patient"] != patient}
            self.model["encounters"] = kept

    @rule(jump=st.sampled_from([timedelta(days=1), timedelta(hours=-25), timedelta(minutes=31), timedelta(days=-400)]))
    def clock_jumps(self, jump: timedelta) -> None:
        self.now += jump

    @precondition(lambda self: self.number % 5 == 0)
    @rule()
    def change_key(self) -> None:
        user = self.next("user")
        self.session.add(user, name="B", roles={Role.NURSE}, password=PASSWORD, at=self.now)
        self.session.remove(user, code=new_code(), at=self.now)
        self.keys.append(self.store.keys)

    @invariant()
    def rows_are_as_in_the_model(self) -> None:
        if not hasattr(self, "session"):
            return
        known = self.model["patients"]
        assert {one.uid: one.family for one in self.store.patients.find("", limit=10**6)} == {
            uid: one["family"] for uid, one in known.items()
        }
        for uid, one in self.model["encounters"].items():
            stored = self.store.encounter(uid)
            assert stored.answers == one["answers"]
            assert len(self.store.trail_of(uid)) == one["given"]
            assert [version.answers for version in self.store.versions_of(uid)] == one["versions"]
            assert stored.state == ("signed" if one["versions"] else "draft")

    @invariant()
    def the_trail_holds(self) -> None:
        if hasattr(self, "session"):
            assert self.store.verify() is None
            clocks = [entry.clock_back for entry in self.store.trail.entries()]
            assert len(clocks) == self.store.trail.head().seq

    @invariant()
    def flags_follow_from_the_answers_alone(self) -> None:
        if hasattr(self, "session"):
            for uid, one in self.model["encounters"].items():
                person = Person(age=self.model["patients"][one["patient"]]["age"], sex=None)
                stored = self.store.encounter(uid).answers
                assert flags(person, stored) == flags(person, json.loads(json.dumps(one["answers"])))

    def teardown(self) -> None:
        if hasattr(self, "session"):
            self.session.close()
            shutil.rmtree(self.base, ignore_errors=True)


def opens(folder: Path, keys: Keys) -> bool:
    try:
        with reading(folder / FILE, keys.data):
            return True
    except UnreadableStore:
        return False


def flags(person: Person, stored: dict[str, Any]) -> list[str]:
    from desktop.clinical.answer import read_answer

    answers = {item: read_answer(CONTENT.items[item], raw, START.date()) for item, raw in stored.items()}
    return [flag.rule.id for flag in assess(CONTENT, person, answers, START).flags]


CALM = {"deadline": None, "suppress_health_check": list(HealthCheck), "database": None}


@pytest.mark.timeout(0)
@pytest.mark.parametrize(("orders", "steps"), [(3, 20), pytest.param(200, 50, marks=pytest.mark.heavy)])
def test_any_order(orders: int, steps: int, chance: random.Random, tell_figures) -> None:  # type: ignore[no-untyped-def]
    seed(chance.randrange(2**32))(Machine)
    run_state_machine_as_test(Machine, settings=settings(max_examples=orders, stateful_step_count=steps, **CALM))
    tell_figures(orders=orders, steps=steps, disagreements=0)
