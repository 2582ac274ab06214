"""Two sheets made from the content: what each rule rests on and what holds it, and the hazard log for reading.

Nothing may be left over in either direction: `gaps` names what is.
"""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from desktop.clinical.case_table import Row, load_cases
from desktop.clinical.citation import source_of
from desktop.clinical.content import Content, load
from desktop.clinical.handouts import load_handouts
from desktop.clinical.hazards import MATRIX, RISK_WORDS, SEVERITIES, UNDESIRABLE, Control, Hazard, load_hazards
from desktop.clinical.library import PageFile
from desktop.clinical.rules import ReferralLine, Rule, SafetyNetLine
from resources import FOLDER

Worked = Mapping[str, Sequence[str]]
"""For each rule, the worked cases that have to raise it."""

REMADE = "Made from the content by `backstop rules trace`; change the content, not this sheet."


def documents(root: Path) -> dict[Path, str]:
    """Both sheets as they must stand in a checkout. Raises ContentError; OSError where there are no tests."""
    content = load()
    hazards, worked = load_hazards(content), worked_cases(root / "tests" / "cases")
    return {
        root / "docs" / "trace.md": trace_markdown(content, load_cases(content), hazards, worked),
        root / "docs" / "hazards.md": hazards_markdown(content, hazards),
    }


def worked_cases(folder: Path) -> Worked:
    found: dict[str, list[str]] = defaultdict(list)
    for name, expected in tomllib.loads((folder / "expected.toml").read_text(encoding="utf-8")).items():
        for rule in expected["raised"]:
            found[rule].append(name)
    return found


def citing_files(folder: Path = FOLDER) -> Mapping[str, Sequence[str]]:
    """For each citation the content files that name it: rules, questions, causes, figures, scores, pages."""
    found: dict[str, list[str]] = defaultdict(list)
    tables_of = {path: tomllib.loads(path.read_text(encoding="utf-8")) for path in folder.rglob("*.toml")}
    tables_of |= {path: dict(PageFile(path, folder).tables) for path in (folder / "library").rglob("*.md")}
    for path, tables in sorted(tables_of.items()):
        for id in sorted({source_of(cite) for cite in _cites(tables)}):
            found[id].append(path.relative_to(folder).as_posix())
    return found


def _cites(entry: object) -> Iterator[str]:
    if isinstance(entry, dict):
        for key, value in entry.items():
            match key:
                case "cites":
                    yield from value
                case "cite":
                    yield value
                case _:
                    yield from _cites(value)
    elif isinstance(entry, list):
        for value in entry:
            yield from _cites(value)


def patient_lines(content: Content) -> Mapping[str, Sequence[str]]:
    """For each rule the lines that it brings on the patient's sheet."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in load_handouts(content).lines:
        for rule in line.rules:
            found[rule].append(line.id)
    return found


def gaps(content: Content, rows: Iterable[Row], worked: Worked, cited: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What a rule lacks, and sources that nothing names. Contacts may stand unused: the sheet lists them."""
    tested, told = {row.case.rule for row in rows}, patient_lines(content)
    for rule in content.rules:
        lacking = {
            "a source": not rule.cites,
            "a case": rule.id not in tested,
            "a worked case": not worked.get(rule.id),
            "a safety-net line": not _safety_net(rule),
            "a line for the patient": not told.get(rule.id),
            "a hazard": not rule.hazards,
        }
        yield from (f"{rule.id} lacks {what}" for what, is_lacking in lacking.items() if is_lacking)
    yield from (f"citation {id} is named nowhere" for id in content.citations if id not in cited)


def trace_markdown(content: Content, rows: Sequence[Row], hazards: Sequence[Hazard], worked: Worked) -> str:
    cited = citing_files()
    lines = [
        f"# What each rule of {content.rule_set} rests on",
        "",
        REMADE,
        "",
        f"{len(content.rules)} rules, {len(rows)} cases, {len(content.citations)} sources, {len(hazards)} hazards.",
        "Cases: how many raise the rule + do not + cannot tell, held by `tests/content/test_case_tables.py`.",
        "Worked: whole encounters that have to raise it, held by `tests/clinical/test_worked_cases.py`.",
        "The flag is the text on screen and paper; the safety net is what the patient is told. Sheet: the lines that",
        "it brings on the patient’s sheet besides those that always stand there (`resources/handouts/`).",
        *_section("Left over", [f"- {gap}" for gap in gaps(content, rows, worked, cited)] or ["Nothing."]),
        *_section(
            "Rules",
            _table("Rule|Urgency|Flag|Sources|Cases|Worked|Safety net|Sheet|Hazards", _rules(content, rows, worked)),
        ),
        *_section("Sources", _table("Source|Edition|Rules|Elsewhere", _sources(content, cited))),
        *_section("Contacts", _table("Contact|Name|Rules", _contacts(content))),
        *_section("Hazards", _table("Hazard|What|Rules", _hazards(content, hazards))),
    ]
    return "\n".join(lines) + "\n"


def hazards_markdown(content: Content, hazards: Sequence[Hazard]) -> str:
    waiting = sum(bool(control.awaits) for hazard in hazards for control in hazard.control)
    lines = [
        f"# Hazard log of {content.rule_set}",
        "",
        REMADE,
        "",
        "**No clinical safety officer has signed any of it.** Likelihood and severity are judgements of the",
        "maintainers, before and after the controls. The matrix is the one that the public template of DCB0129 prints,",
        "from memory: to be held against the standard before anybody signs.",
        "",
        f"{len(hazards)} hazards, {sum(len(hazard.control) for hazard in hazards)} controls, {waiting} of them not yet",
        "in place. Each other control is tied to tests, and the log is refused if one of them does not exist.",
        *_section("Matrix", _table("Likelihood|" + "|".join(SEVERITIES), _matrix())),
        *(
            line
            for hazard in hazards
            for line in _section(f"{hazard.id} {hazard.hazard.removesuffix('.')}", _hazard(content, hazard))
        ),
    ]
    return "\n".join(lines) + "\n"


def _section(title: str, lines: Iterable[str]) -> list[str]:
    return ["", f"## {title}", "", *lines]


def _table(heads: str, rows: Iterable[Sequence[str]]) -> Iterator[str]:
    columns = heads.split("|")
    yield f"| {' | '.join(columns)} |"
    yield f"|{'---|' * len(columns)}"
    yield from (f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows)


def _rules(content: Content, rows: Sequence[Row], worked: Worked) -> Iterator[Sequence[str]]:
    counted = Counter((row.case.rule, row.case.expect) for row in rows)
    told = patient_lines(content)
    for rule in content.rules:
        raised, near, open_ = (counted[rule.id, says] for says in ("raised", "not raised", "cannot tell"))
        yield (
            rule.id,
            rule.urgency,
            rule.flag + (" (needs sign-off)" if rule.needs_sign_off else ""),
            "; ".join(rule.cites),
            f"{raised} + {near} + {open_}",
            str(len(worked.get(rule.id, ()))),
            " ".join(_safety_net(rule)),
            ", ".join(told.get(rule.id, ())),
            ", ".join(rule.hazards),
        )


def _safety_net(rule: Rule) -> list[str]:
    return [line.text for line in rule.plan if isinstance(line, SafetyNetLine)]


def _sources(content: Content, cited: Mapping[str, Sequence[str]]) -> Iterator[Sequence[str]]:
    for id, source in content.citations.items():
        rules = [rule.id for rule in content.rules if any(source_of(cite) == id for cite in rule.cites)]
        elsewhere = [file.removesuffix(".toml") for file in cited.get(id, ()) if not file.startswith("rules/")]
        modifiers = [one.id for one in content.modifiers if any(source_of(cite) == id for cite in one.cites)]
        yield id, f"{source.short}, {source.version}", ", ".join([*rules, *modifiers]), ", ".join(elsewhere)


def _contacts(content: Content) -> Iterator[Sequence[str]]:
    for id, contact in content.contacts.items():
        rules = [
            rule.id
            for rule in content.rules
            if any(isinstance(one, ReferralLine) and one.to == id for one in rule.plan)
        ]
        yield id, contact.name, ", ".join(rules) or "none: for the practice’s own directory"


def _hazards(content: Content, hazards: Sequence[Hazard]) -> Iterator[Sequence[str]]:
    for hazard in hazards:
        yield hazard.id, hazard.hazard, ", ".join(_rules_of(content, hazard)) or "the program as such"


def _rules_of(content: Content, hazard: Hazard) -> list[str]:
    return [rule.id for rule in content.rules if hazard.id in rule.hazards]


def _matrix() -> Iterator[Sequence[str]]:
    for likelihood, risks in MATRIX.items():
        yield likelihood, *(f"{risk} {RISK_WORDS[risk]}" for risk in risks)


def _hazard(content: Content, hazard: Hazard) -> Iterator[str]:
    yield f"Comes from: {', '.join(_rules_of(content, hazard)) or 'the program as such'}."
    yield ""
    yield from (f"- Cause: {cause}" for cause in hazard.causes)
    yield f"- Effect: {hazard.effect}"
    yield f"- Without controls: {_rated(hazard.likelihood, hazard.severity, hazard.risk)}."
    yield f"- Left with them: {_rated(hazard.residual_likelihood, hazard.residual_severity, hazard.residual_risk)}."
    yield f"  {hazard.residual}"
    if hazard.residual_risk >= UNDESIRABLE:
        yield f"- Accepted by {hazard.accepted}."
    yield f"- Status: {hazard.status}."
    yield ""
    yield "Controls"
    yield ""
    for control in hazard.control:
        yield from _control(control)


def _rated(likelihood: str, severity: str, risk: int) -> str:
    return f"likelihood {likelihood}, severity {severity}, risk {risk} ({RISK_WORDS[risk]})"


def _control(control: Control) -> Iterator[str]:
    yield f"- {control.kind}: {control.text}" + (f" *Not yet in place: {control.awaits}.*" if control.awaits else "")
    yield from (f"  - `{test}`" for test in control.tests)
