"""`backstop rules` and `backstop selftest`: for the clinician who maintains the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop.input import BadInput, Fault, all_loaded, assessed, loaded, the_cases, the_content
from desktop.output import write_file

if TYPE_CHECKING:
    from desktop.clinical.content import Content


@click.group()
def rules() -> None:
    """Check, read, explain and prove the rules."""


@rules.command()
def check() -> None:
    """Report every mistake of every content file at once."""
    from desktop.clinical.library import load_library

    content = the_content()
    all_loaded(*_beside_the_rules(content))
    rows = the_cases(content)
    pages = load_library(content).pages
    _run_cases()
    counted = f"{len(content.items)} items, {len(content.rules)} rules, {len(rows)} cases, {len(pages)} pages"
    click.echo(f"{counted}: no mistake found.")


def _beside_the_rules(content: Content) -> Iterator[Callable[[], object]]:
    """Whatever else is read from content files, each by the loader that the program reads it with."""
    from desktop.clinical.case_table import load_cases
    from desktop.clinical.causes import load_causes
    from desktop.clinical.evidence import load_evidence
    from desktop.clinical.handouts import load_handouts
    from desktop.clinical.harm import load_statements
    from desktop.clinical.hazards import load_hazards
    from desktop.clinical.letters import load_letters
    from desktop.clinical.library import load_library
    from desktop.clinical.outcomes import load_outcomes
    from desktop.clinical.reasons import load_reasons
    from desktop.clinical.scores import load_scores
    from desktop.clinical.waiting_room import load_waiting_room
    from desktop.reading.lexicon import load_lexicon

    of_content: tuple[Callable[[Content], object], ...] = (
        load_cases, load_causes, load_evidence, load_handouts, load_hazards, load_letters, load_scores,
        load_waiting_room, load_lexicon,
    )  # fmt: skip
    yield from (partial(load, content) for load in of_content)
    yield from (load_statements, load_reasons, partial(load_outcomes, content.items))
    yield lambda: load_library(content).refuse_mistakes()


@rules.command()
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write the sheet to a file instead.")
def review(output: Path | None) -> None:
    """Print all rules on one sheet, in words."""
    from desktop.clinical.review import review_markdown

    sheet = review_markdown(the_content())
    if output:
        write_file(output, sheet.encode())
    else:
        click.echo(sheet, nl=False)


@rules.command()
@click.option(
    "--checkout",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=".",
    help="The folder of the program with its tests and docs; without it, the folder you are in.",
)
def trace(checkout: Path) -> None:
    """Write docs/trace.md and docs/hazards.md anew: what each rule rests on, and the hazard log."""
    from desktop.clinical.trace import documents

    try:
        for path, sheet in loaded(lambda: documents(checkout)).items():
            path.write_text(sheet, encoding="utf-8")
            click.echo(f"Written: {path}")
    except OSError as error:
        raise BadInput(f"{checkout} is not a folder with the program, its tests and its docs: {error}") from None


@rules.command()
@click.argument("case", type=click.Path(path_type=Path, allow_dash=True))
def explain(case: Path) -> None:
    """Say of CASE why each rule is raised or open, part by part."""
    from desktop.clinical.explain import explain_text

    content = the_content()
    click.echo(explain_text(content, assessed(content, case)), nl=False)


@rules.command()
def prove() -> None:
    """Prove the safety theorems over every possible set of answers."""
    from desktop.clinical.formula import SolverMissing
    from desktop.clinical.harm import load_statements
    from desktop.clinical.theorems import prove as prove_all

    content = the_content()
    statements = loaded(load_statements)
    held = True
    try:
        for result in prove_all(content, statements):
            held = held and result.proved
            click.echo(result.words)
    except SolverMissing as error:
        raise BadInput(str(error)) from None
    if not held:
        raise BadInput("a theorem does not hold: the rules must not be used as they are.")


@click.command()
@click.option("--whole", is_flag=True, help="Try store, papers and window too, on an invented patient.")
def selftest(whole: bool) -> None:
    """Run the shipped cases through the shipped rules."""
    click.echo(f"{_run_cases()} cases give what they expect.")
    if whole:
        _try_the_rest()


def _try_the_rest() -> None:
    from desktop.whole_check import Broken, whole_check

    try:
        for line in whole_check(the_content()):
            click.echo(line)
    except Broken as error:
        raise Fault(f"{error}. This copy must not be used; install it again.") from None


def _run_cases() -> int:
    from desktop.clinical.selftest import failures

    content = the_content()
    rows = the_cases(content)
    if wrong := failures(content, rows):
        raise BadInput("rules and cases disagree, so no advice is to be trusted:\n  " + "\n  ".join(wrong))
    return len(rows)
