"""The answers of an assessment, each under what it is: yes, no, a value, unsure, the patient’s own word, not asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from desktop.clinical.assessment import Assessment, Flag
from desktop.clinical.checklist import Answer, CouldNotExamine, Item, Unsure
from desktop.clinical.content import Content
from desktop.clinical.dates import date_words
from desktop.clinical.words import answer_words

if TYPE_CHECKING:
    from desktop.paper.basis import Basis, ChangeLike

NAMED = 5


class Kind(Enum):
    """In the order of the paper; the value is the label."""

    yes = "Yes"
    no = "No"
    value = "Measured"
    unsure = "Unsure"
    could_not_examine = "Could not examine"
    patient_says = "Patient says, not confirmed"
    not_asked = "Not asked"


@dataclass(frozen=True)
class Group:
    """The answers of one section that are of one kind, in words; `count` is how many items they stand for."""

    section: str
    words: tuple[str, ...]
    count: int
    safety_screen: bool


def answer_groups(content: Content, assessment: Assessment) -> dict[Kind, list[Group]]:
    """In the order of paper and checklist; kinds and sections without such an answer are left out."""
    found: dict[Kind, list[Group]] = {kind: [] for kind in Kind}
    for section in content.sections:
        kinds = [(_kind(assessment, item), item) for item in section.items]
        for kind in {kind for kind, _ in kinds if kind}:
            items = [item for is_kind, item in kinds if is_kind is kind]
            words = tuple(_words(assessment, items, kind))
            found[kind].append(Group(section.title, words, len(items), section.safety_screen))
    return {kind: groups for kind, groups in found.items() if groups}


def written(content: Content, assessment: Assessment) -> list[tuple[str, str]]:
    """Label and text of what was written in free words; it stands apart from the answers."""
    items = (item for item in content.items.values() if item.kind == "text")
    found = ((item.label, assessment.answers.get(item.id)) for item in items)
    return [(label, text) for label, text in found if isinstance(text, str)]


def written_notes(basis: Basis) -> list[tuple[str, str]]:
    """The free texts under the sections, in the order of the questions."""
    titles = {section.id: section.title for section in basis.content.sections}
    notes = basis.decisions.notes
    order = [*(id for id in titles if id in notes), *(id for id in notes if id not in titles)]
    return [(f"Note: {titles.get(id, id)}", notes[id]) for id in order]


def changes_since(basis: Basis) -> list[tuple[str, str]]:
    """`Worse since 12-Oct-2026`, and what is otherwise not as it was; nothing is called better."""
    if basis.since is None:
        return []
    day = date_words(basis.since.astimezone(basis.zone))
    found = []
    for label, is_worse in ((f"Worse since {day}", True), (f"Otherwise than on {day}", False)):
        words = [_change_words(one) for one in basis.changes if (one.worse is True) is is_worse]
        if words:
            found.append((label, "; ".join(words)))
    return found


def _change_words(one: ChangeLike) -> str:
    return f"{one.item.label}: {answer_words(one.item, one.before)} → {answer_words(one.item, one.after)}"


def reasons(flag: Flag) -> list[str]:
    """What the flag rests on; twenty powers of 2 out of 5 are one reason, not twenty."""
    parted = (reason.partition(": ") for reason in flag.because)
    return _together([(label, words) for label, _, words in parted])


def contradictions(content: Content, assessment: Assessment) -> list[str]:
    """`Foot drop: yes; Where the weakness is: one leg. But Limb weakness: no`, one for each answer spoken against."""
    found: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for one in assessment.contradictions:
        found.setdefault((one.against, one.words), []).append(_fact(content, assessment, one.item))
    return [
        ". ".join(part for part in ("; ".join(items), _against(content, assessment, against), words) if part)
        for (against, words), items in found.items()
    ]


def _against(content: Content, assessment: Assessment, against: tuple[str, ...]) -> str:
    facts = "; ".join(_fact(content, assessment, id) for id in against)
    return f"But {facts}" if facts else ""


def short_answer(content: Content, assessment: Assessment, id: str) -> str:
    """`Cancer history: unsure`; the reason why something could not be examined stands with the answers."""
    answer = assessment.answers[id]
    words = "could not examine" if isinstance(answer, CouldNotExamine) else answer_words(content.items[id], answer)
    return f"{content.items[id].label}: {words}"


def labels(content: Content, ids: Iterable[str]) -> str:
    """`Clonus; Sensory level; Power (20 items)`: a large family would drown the others; the answers name it."""
    found = [content.items[id].label for id in ids]
    sizes = Counter(map(_family, found))
    short = (f"{_family(one)} ({sizes[_family(one)]} items)" if sizes[_family(one)] > NAMED else one for one in found)
    return "; ".join(dict.fromkeys(short))


def words_of(content: Content, assessment: Assessment, ids: Iterable[str], kind: Kind) -> list[str]:
    """Of those items that are answered in this way."""
    items = [content.items[id] for id in ids]
    found = [item for item in items if _kind(assessment, item) is kind]
    return _words(assessment, found, kind) if found else []


def _kind(assessment: Assessment, item: Item) -> Kind | None:
    """None: hidden, or written in free words. What the patient says and nobody confirmed is no answer yet."""
    if item.id not in assessment.answers:
        if item.id in assessment.patient_says:
            return Kind.patient_says
        return Kind.not_asked if item.id in assessment.not_asked else None
    return _kind_of(item, assessment.answers[item.id])


def _kind_of(item: Item, answer: Answer) -> Kind | None:
    match answer:
        case Unsure():
            return Kind.unsure
        case CouldNotExamine():
            return Kind.could_not_examine
        case bool():
            return Kind.yes if answer else Kind.no
        case str() if item.kind == "text":
            return None
        case "no":
            return Kind.no
        case frozenset() if not answer:
            return Kind.no
        case str() if "no" in item.choices:
            return Kind.yes
    return Kind.value


def _words(assessment: Assessment, items: list[Item], kind: Kind) -> list[str]:
    if kind is Kind.value:
        return _together([(item.label, answer_words(item, assessment.answers[item.id])) for item in items])
    if kind is Kind.not_asked:
        return _not_asked(assessment, items)
    if kind is Kind.patient_says:
        return _together([(item.label, answer_words(item, assessment.patient_says[item.id])) for item in items])
    return [_phrase(item, assessment.answers[item.id]) for item in items]


def _phrase(item: Item, answer: Answer) -> str:
    match answer:
        case CouldNotExamine(reason):
            return f"{item.label} ({reason})"
        case bool() | Unsure() | "no":
            return item.label
    return f"{item.label}: {answer_words(item, answer)}"


def _not_asked(assessment: Assessment, items: list[Item]) -> list[str]:
    """Details that open with a question which was itself not asked are counted, not named."""
    named = [(item.label, "") for item in items if item.id not in assessment.waiting]
    waiting = len(items) - len(named)
    further = f"{waiting} further detail{'s' if waiting > 1 else ''}"
    return _together(named) + ([further] if waiting else [])


def _together(labelled: list[tuple[str, str]]) -> list[str]:
    """`Power 5: left hip flexion (L2), right hip flexion (L2)` where a family of items has one answer."""
    families = Counter((_family(label), words) for label, words in labelled)
    found: dict[tuple[str, str], list[str]] = {}
    for label, words in labelled:
        shared = _family(label) if families[_family(label), words] > 1 else label
        found.setdefault((shared, words), []).append(label)
    return [_joined(shared, words, labels) for (shared, words), labels in found.items()]


def _family(label: str) -> str:
    return label.partition(", ")[0]


def _joined(shared: str, words: str, labels: list[str]) -> str:
    if len(labels) == 1:
        return f"{labels[0]}: {words}" if words else labels[0]
    members = ", ".join(label.partition(", ")[2] for label in labels)
    return f"{shared} {words}: {members}" if words else f"{shared}: {members}"


def _fact(content: Content, assessment: Assessment, id: str) -> str:
    if id == "age":
        return f"Age {assessment.person.age}"
    if id == "sex":
        return f"Sex {assessment.person.sex}"
    if id not in assessment.answers:
        return f"{content.items[id].label}: not asked"
    return short_answer(content, assessment, id)
