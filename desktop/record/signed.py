"""What is signed, whole: so that every later paper can be drawn from it, whatever became of the rules since."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from msgspec.structs import asdict

from db.versions import StoredVersion
from desktop.clinical.answer import read_stored, write_answer
from desktop.clinical.assessment import Assessment, assess
from desktop.clinical.checklist import Person
from desktop.clinical.content import Content
from desktop.clinical.export import assessment_json
from desktop.record.consultation import Consultation
from desktop.record.decisions import Decisions, read_decisions, write_decisions
from desktop.record.encounter import Encounter, Patient, Saying

FORMAT = 1
FILLED = ("telephone", "hours", "how")
"""What the plan said of a contact, in the order it is kept."""
ContentOf = Callable[[str], Content | None]


@dataclass(frozen=True)
class SignedVersion:
    """One version of a signed encounter; the first was signed, those after it are amendments and say `why`.

    `assessment` and `content` are those of its own rules, so papers drawn from them come out as they did then. Where
    this program can't read those rules any more both are None, and `told` is what there is: the assessment as JSON.
    `urgency` is the word of what the rules raised, `decisions.urgency` that of what the clinician made of it.
    """

    encounter_uid: str
    number: int
    at: datetime
    who: str
    signer: str
    why: str
    rule_set: str
    patient: Patient
    began_at: datetime
    urgency: str
    decisions: Decisions
    said: Mapping[str, Saying]
    told: Mapping[str, Any]
    answers: Mapping[str, Any]
    assessment: Assessment | None = None
    content: Content | None = None


def statement(consultation: Consultation, decisions: Decisions) -> str:
    """As JSON, for the version that is being signed."""
    assessment = consultation.assessment
    told = {
        "format": FORMAT,
        "urgency": assessment.urgency.word,
        "signer": consultation.name,
        "rules": consultation.rules,
        "began_at": consultation.began_at.isoformat(),
        "person": {"age": assessment.person.age, "sex": assessment.person.sex},
        "patient": _write_patient(consultation.patient),
        "said": {id: [one.by, one.who, one.at.isoformat()] for id, one in consultation.said.items()},
        "compared": {id: write_answer(answer) for id, answer in consultation.compared.items()},
        "raised": {rule: since.isoformat() for rule, since in consultation.raised.items()},
        "contacts": _contacts(consultation),
        "decisions": write_decisions(decisions),
        "assessment": assessment_json(consultation.content, assessment),
    }
    return json.dumps(told, allow_nan=False)


def read_version(
    encounter: Encounter, stored: StoredVersion, content_of: ContentOf, name_of: Callable[[str], str]
) -> SignedVersion:
    """`content_of` gives the content of a mark, or None."""
    told = json.loads(stored.assessment)
    whole = isinstance(told, dict) and told.get("format") == FORMAT
    return _read(encounter, stored, told, content_of) if whole else _from_elsewhere(encounter, stored, told, name_of)


def _read(encounter: Encounter, stored: StoredVersion, told: Mapping[str, Any], content_of: ContentOf) -> SignedVersion:
    content = content_of(told["rules"])
    if content is not None:
        said = {id: dict(zip(FILLED, entry, strict=False)) for id, entry in told["contacts"].items()}
        content = content.with_contacts(said)
    return SignedVersion(
        encounter_uid=encounter.uid,
        number=stored.number,
        at=stored.at,
        who=stored.who,
        signer=told["signer"],
        why=stored.why,
        rule_set=stored.rule_set,
        patient=_read_patient(told["patient"]),
        began_at=datetime.fromisoformat(told["began_at"]),
        urgency=told["urgency"],
        decisions=read_decisions(told["decisions"]),
        said=_said(told["said"]),
        told=told["assessment"],
        answers=stored.answers,
        assessment=None if content is None else _assessed(content, stored, told),
        content=content,
    )


def _from_elsewhere(encounter: Encounter, stored: StoredVersion, told: Any, name_of: Any) -> SignedVersion:
    """Signed by a program that kept the assessment alone."""
    assessment = told if isinstance(told, dict) else {}
    return SignedVersion(
        encounter_uid=encounter.uid,
        number=stored.number,
        at=stored.at,
        who=stored.who,
        signer=name_of(stored.who),
        why=stored.why,
        rule_set=stored.rule_set,
        patient=encounter.patient,
        began_at=encounter.began_at,
        urgency=assessment.get("urgency", "none"),
        decisions=Decisions(),
        said={},
        told=assessment,
        answers=stored.answers,
    )


def _assessed(content: Content, stored: StoredVersion, told: Mapping[str, Any]) -> Assessment | None:
    """Anew, by the rules of then: the same as it was. None where an answer can't be read by them."""
    # What the record said by comparison with the visit before; a version from before that has none.
    given = {**told.get("compared", {}), **stored.answers}
    read = read_stored(content.items, given)
    if len(read) < sum(id in content.items for id in given):
        return None
    says = {id: answer for id, answer in read.items() if told["said"].get(id, ["clinician"])[0] == "patient"}
    answers = {id: answer for id, answer in read.items() if id not in says}
    at = datetime.fromisoformat(told["began_at"])
    raised = {rule: datetime.fromisoformat(since) for rule, since in told["raised"].items()}
    return assess(content, Person(**told["person"]), answers, at, raised=raised, patient_says=says)


def _contacts(consultation: Consultation) -> dict[str, list[str]]:
    """Whom the plan names, with the number that it named."""
    known = consultation.content.contacts
    named = dict.fromkeys(line.contact for line in consultation.assessment.plan.referral)
    return {id: [getattr(known[id], name) for name in FILLED] for id in named}


def _said(stored: Mapping[str, list[str]]) -> dict[str, Saying]:
    return {
        id: Saying("patient" if by == "patient" else "clinician", who, datetime.fromisoformat(at))
        for id, (by, who, at) in stored.items()
    }


def _write_patient(patient: Patient) -> dict[str, Any]:
    return asdict(patient) | {
        "born": patient.born and patient.born.isoformat(),
        "identifiers": dict(patient.identifiers),
    }


def _read_patient(stored: Mapping[str, Any]) -> Patient:
    known = {name: value for name, value in stored.items() if name in Patient.__struct_fields__}
    return Patient(**known | {"born": stored["born"] and date.fromisoformat(stored["born"])})
