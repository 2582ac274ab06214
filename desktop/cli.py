"""The command line. Qt is imported only to open the window, the store only where it is needed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop import __version__
from desktop.backup_cli import backup, backups, restore
from desktop.handout_cli import sheet
from desktop.input import BadInput, Fault, Refused, assessed, loaded, the_content
from desktop.output import make_folder, print_json, write_file
from desktop.rights_cli import due, erase, export
from desktop.rules_cli import rules, selftest
from desktop.settings import PRACTICE_ZONE
from desktop.store_cli import store

if TYPE_CHECKING:
    from desktop.clinical.assessment import Assessment
    from desktop.clinical.content import Content


class Commands(click.Group):
    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except (click.exceptions.Exit, click.Abort, click.ClickException):
            raise
        except Exception as error:
            raise refusal(error) from None


def refusal(error: Exception) -> Refused:
    """What nobody caught, in one line."""
    from db.errors import StoreError

    if isinstance(error, StoreError):
        return BadInput(str(error))
    return Fault(
        f"a fault of Backstop’s own ({type(error).__name__}: {error}). Nothing that was saved is lost. "
        "Please report it with the command you gave."
    )


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="backstop")
@click.option("--demo", is_flag=True, help="Open on invented patients, in a store of their own.")
@click.option(
    "--store",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="BACKSTOP_STORE",
    help="The folder of the store, instead of the usual one.",
)
@click.option(
    "--overlay",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    envvar="BACKSTOP_OVERLAY",
    help="A folder of the practice’s own TOML files, which add rules and sharpen the shipped ones.",
)
@click.pass_context
def main(context: click.Context, demo: bool, store: Path | None, overlay: Path | None) -> None:
    """Backstop: a checklist for back pain in general practice.

    Without a command it opens the application.
    """
    if context.invoked_subcommand is None:
        from desktop.app import open_application

        sys.exit(open_application(demo=demo, store=store, overlay=overlay))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="For programs: JSON, format 1.")
def checklist(as_json: bool) -> None:
    """Print every question that can be asked."""
    content = the_content()
    if as_json:
        from desktop.clinical.export import checklist_json

        print_json(checklist_json(content))
    else:
        from desktop.paper.text import checklist_text

        click.echo(checklist_text(content))


@main.command()
@click.argument("case", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="For programs: JSON, format 1.")
@click.option("--pdf", type=click.Path(path_type=Path), help="Write the clinical summary there too.")
@click.option("--documents", type=click.Path(path_type=Path), help="Write every document into that folder.")
def assess(case: Path, as_json: bool, pdf: Path | None, documents: Path | None) -> None:
    """Assess CASE, a JSON file with a patient and answers ("-" reads standard input)."""
    content = the_content()
    assessment = assessed(content, case)
    if pdf:
        _write_pdf(content, assessment, pdf)
    if documents:
        _write_documents(content, assessment, documents)
    if as_json:
        from desktop.clinical.causes import load_causes
        from desktop.clinical.differential import differential
        from desktop.clinical.export import assessment_json, causes_json

        causes = loaded(lambda: load_causes(content))
        readings = differential(content, causes, assessment.person, assessment.answers)
        print_json(assessment_json(content, assessment) | {"what_it_could_be": causes_json(readings)})
    else:
        from desktop.paper.basis import Basis
        from desktop.paper.text import summary_text

        click.echo(summary_text(Basis(content, assessment, PRACTICE_ZONE)))


def _write_documents(content: Content, assessment: Assessment, folder: Path) -> None:
    from desktop.clinical.handouts import load_handouts
    from desktop.clinical.letters import load_letters
    from desktop.paper.basis import Basis
    from desktop.paper.documents import WORD, clinical_documents, file_name
    from desktop.paper.handout_documents import patient_documents

    basis = Basis(content, assessment, PRACTICE_ZONE)
    letters, handouts = loaded(lambda: load_letters(content)), loaded(lambda: load_handouts(content))
    make_folder(folder)
    for document in (*clinical_documents(basis, letters), *patient_documents(basis, handouts)):
        write_file(folder / file_name(document, document.kind), document.make())
        if document.word:
            write_file(folder / file_name(document, WORD), document.word())


def _write_pdf(content: Content, assessment: Assessment, file: Path) -> None:
    from desktop.paper.basis import Basis
    from desktop.paper.summary import summary

    write_file(file, summary(Basis(content, assessment, PRACTICE_ZONE)))


main.add_command(rules)
main.add_command(selftest)
main.add_command(sheet)
main.add_command(store)
for command in (backup, backups, restore, export, erase, due):
    store.add_command(command)
