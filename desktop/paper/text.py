"""The assessment as plain text for a person: the order of the summary, in words, 96 columns wide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from textwrap import wrap

from desktop.clinical.assessment import Assessment, Flag
from desktop.clinical.checklist import Person
from desktop.clinical.content import Content
from desktop.clinical.dates import HYPHEN, SPACE, date_words
from desktop.paper import decided, sentences
from desktop.paper.answers import answer_groups, changes_since, contradictions, reasons, written, written_notes
from desktop.paper.basis import Basis
from desktop.paper.sources import full_sources, short_sources

WIDTH = 96
LABEL = 24


def summary_text(basis: Basis) -> str:
    """Everything the clinical summary says, without identifiers."""
    return _joined(_assessment_lines(basis))


def note_text(basis: Basis) -> str:
    """The same for the practice's record system: who it is about, and by whom it was signed."""
    place = [f"{basis.state_words}.", basis.heading.record, f"Audit {basis.audit}." if basis.audit else ""]
    demo = ["DEMO: an invented patient.", ""] if basis.demo else []
    lines = [*demo, _identity(basis), *_assessment_lines(basis), " ".join(filter(None, place))]
    return _joined(lines)


def checklist_text(content: Content) -> str:
    """Every question, under its section, with what an answer can be."""
    return _joined(_checklist_lines(content))


def _assessment_lines(basis: Basis) -> Iterator[str]:
    content, assessment, zone = basis.content, basis.assessment, basis.zone
    person = _person_words(assessment.person)
    yield f"Clinical summary. {sentences.encounter_words(assessment, zone)}. {person}."
    yield ""
    yield from _wrapped(f"{sentences.sentence(sentences.headline(assessment, zone))}")
    for words in (sentences.suspicions(assessment), sentences.first_scan(assessment, zone)):
        yield from _wrapped(sentences.sentence(words) if words else "")
    yield from _wrapped(f"{sentences.screen_words(content, assessment)}.")
    yield from _section("Flags", _flags(basis))
    yield from _section("Plan", _plan(basis))
    yield from _section("Not yet ruled out", _undecided(content, assessment))
    yield from _section("Answers", _answers(basis))
    yield from _section("In words", _written(basis))
    yield from _section("Sources", _sources(content, assessment))
    yield ""
    yield from _wrapped(f"{sentences.INTENDED_USE} {sentences.rule_set_words(content, assessment)}.", hang=0)


def _flags(basis: Basis) -> Iterator[str]:
    content, assessment = basis.content, basis.assessment
    for flag in assessment.open_flags:
        yield from _flag(basis, flag)
        for smaller in sentences.folded(assessment, flag):
            why = f"{' and '.join(reasons(smaller))}. {short_sources(content, smaller.rule)}."
            yield from _wrapped(f"takes in {_title(smaller)}: {why}", indent=6)


def _flag(basis: Basis, flag: Flag) -> Iterator[str]:
    yield from _wrapped(_title(flag), indent=2)
    yield from _wrapped(f"because {' and '.join(reasons(flag))}", indent=6)
    overridden = basis.overridden(flag.rule.id)
    if overridden:
        yield from _wrapped(sentences.sentence(overridden), indent=6)
    if flag.rule.needs_sign_off:
        yield from _wrapped(f"{sentences.SIGN_OFF}. {flag.rule.sign_off}".strip(), indent=6)
    if age := sentences.age_words(flag.rule, basis.day):
        yield from _wrapped(sentences.sentence(age), indent=6)
    yield from _wrapped(f"source: {short_sources(basis.content, flag.rule)}", indent=6)


def _title(flag: Flag) -> str:
    return f"{sentences.urgency_words(flag.urgency)}: {flag.rule.flag} ({flag.rule.id})"


def _plan(basis: Basis) -> Iterator[str]:
    yield from _remarks(decided.before(basis))
    for action in decided.actions(basis):
        who = f" Who: {action.who}." if action.who else ""
        more = "".join(f" {sentences.sentence(text)}" for text in action.more)
        yield from _beside(action.by, f"{action.what}.{more}{who} ({', '.join(action.rules)})")
    yield from _remarks(decided.after(basis))


def _remarks(found: Iterable[sentences.Remark]) -> Iterator[str]:
    for label, together in groupby(found, lambda remark: remark.label):
        for place, remark in enumerate(together):
            rules = f" ({', '.join(remark.rules)})" if remark.rules else ""
            yield from _beside("" if place else label, f"{sentences.sentence(remark.text)}{rules}")


def _undecided(content: Content, assessment: Assessment) -> Iterator[str]:
    for one in sentences.undecided_emergencies(assessment):
        words = sentences.undecided_words(content, assessment, one)
        yield from _wrapped(f"Emergency, undecided: {one.rule.flag} ({one.rule.id}): {words}.", indent=2)
    counts = sentences.undecided_counts(assessment)
    if counts:
        yield from _wrapped(f"{sentences.LOWER}: {counts}.", indent=2)
    if not assessment.undecided:
        yield from _wrapped(sentences.ALL_DECIDED, indent=2)


def _answers(basis: Basis) -> Iterator[str]:
    content, assessment = basis.content, basis.assessment
    for label, words in changes_since(basis):
        yield from _beside(label, f"{words}.")
    for place, words in enumerate(contradictions(content, assessment)):
        yield from _beside("" if place else "Contradictions", f"{words}.")
    for kind, groups in answer_groups(content, assessment).items():
        label = f"{kind.value} ({sum(group.count for group in groups)})"
        for place, group in enumerate(groups):
            yield from _beside("" if place else label, f"{group.section}: {'; '.join(group.words)}.")


def _written(basis: Basis) -> Iterator[str]:
    """The lines of a text stay lines."""
    for label, text in (*written(basis.content, basis.assessment), *written_notes(basis)):
        for place, line in enumerate(text.splitlines() or [""]):
            yield from _beside("" if place else label, line)


def _sources(content: Content, assessment: Assessment) -> Iterator[str]:
    for name, words in full_sources(content, assessment):
        yield from _wrapped(f"{name}: {words}.", indent=2)


def _checklist_lines(content: Content) -> Iterator[str]:
    for section in content.sections:
        yield section.title
        for item in section.items:
            yield from _wrapped(f"{item.id}: {item.ask}", indent=2)
            choices = "; ".join(f"{choice} = {words}" for choice, words in item.choices.items())
            span = f"{item.range[0]:g} to {item.range[1]:g} {item.unit or ''}".strip() if item.range else ""
            yield from _wrapped(choices or span, indent=6)
        yield ""


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield from ("", title, "-" * len(title), *found)


def _beside(label: str, text: str) -> Iterator[str]:
    """A label column; a label that is too long for it stands on a line of its own."""
    lines = list(_wrapped(text, indent=LABEL + 2, hang=0))
    if len(label) >= LABEL:
        yield f"  {label}"
    elif lines:
        lines[0] = f"  {label:<{LABEL}}{lines[0].lstrip()}"
    yield from lines


def _wrapped(text: str, indent: int = 0, hang: int = 2) -> Iterator[str]:
    start = " " * indent
    rest = start + " " * hang
    yield from wrap(text, WIDTH, initial_indent=start, subsequent_indent=rest, break_on_hyphens=False)


def _identity(basis: Basis) -> str:
    patient = basis.patient
    if patient is None:
        return "No identifiers given."
    born = f"born {date_words(patient.born)}" if patient.born else "date of birth not known"
    return f"{patient.name}, {born}, NHS No. {patient.nhs_number_spaced or 'not given'}."


def _person_words(person: Person) -> str:
    age = "Age not given" if person.age is None else f"Age {person.age}"
    return f"{age}, sex {person.sex or 'not given'}"


def _joined(lines: Iterable[str]) -> str:
    """Once the lines are broken, plain spaces and hyphens, which can be searched for and copied."""
    text = "\n".join(line.rstrip() for line in lines).strip("\n")
    return "".join(map(_safe, text.replace(SPACE, " ").replace(HYPHEN, "-")))


def _safe(char: str) -> str:
    """A terminal obeys control characters and overrides; here they are shown instead."""
    return char if char == "\n" or char.isprintable() or char == "\u202f" else "\N{REPLACEMENT CHARACTER}"
