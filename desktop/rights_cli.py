"""`backstop store export`, `erase` and `due`: what a patient has a right to, and whose time is over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop.input import BadInput, the_content
from desktop.record.roles import Act
from desktop.store_cli import now, opened_store

if TYPE_CHECKING:
    from db.patients import StoredPatient
    from db.store import Store

REASONS = ("retention", "request", "mistake", "court")


@click.command()
@click.argument("patient")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def export(patient: str, folder: Path) -> None:
    """Write everything that is held about PATIENT (an NHS number or a name) into FOLDER: PDF, text, a table and JSON.

    The files are not encrypted. That it was exported stands in the audit trail.
    """
    from desktop.paper.record_text import record_files
    from desktop.record.subject_access import SubjectAccess

    content = the_content()
    with opened_store(Act.PRINT) as opened:
        found = _the_one(opened.store, patient)
        held = SubjectAccess(opened.store, rights=opened.rights, clock=now).holdings(found.uid)
    _write(folder, record_files(content, held, demo=opened.demo))
    rows = sum(len(table) for table in held.tables.values())
    click.echo(
        f"Written to {folder}: record.pdf, record.txt, answers.csv, record.json ({rows} rows). They are not encrypted."
    )


@click.command()
@click.argument("patient")
@click.option("--reason", type=click.Choice(REASONS), required=True, help="Why; it stands in the audit trail.")
@click.confirmation_option(prompt="Take all of this patient out of the store? It can't be undone")
def erase(patient: str, reason: str) -> None:
    """Take all of PATIENT (an NHS number or a name) out of the store, for good."""
    from desktop.record.subject_access import SubjectAccess

    with opened_store(Act.SIGN) as opened:
        found = _the_one(opened.store, patient)
        access = SubjectAccess(opened.store, rights=opened.rights, clock=now)
        left, aside = access.still_in_backups(found.uid), access.replaced_stores
        done = access.erase(found.uid, reason)
    click.echo(f"Taken out: {done.encounters} encounters, {done.rows} rows, {len(done.files)} files.")
    for paper in done.not_removed:
        click.echo(f"Could not be removed, perhaps because it is open in another program: {paper}. Remove it by hand.")
    for table, count in done.still.items():
        click.echo(f"A name or number of the patient still stands in {count} rows of {table}, of somebody else.")
    for one in left:
        click.echo(f"Still in the backup {one.backup.folder}, until about {one.gone_by:%d-%b-%Y}.")
    for folder in aside:
        click.echo(f"Perhaps still in the store that a restore kept aside: {folder}. Nothing removes it by itself.")


@click.command()
def due() -> None:
    """List the records that are due to be looked at. Nothing is removed by itself."""
    from desktop.record.subject_access import SubjectAccess

    with opened_store(Act.AUDIT) as opened:
        found = SubjectAccess(opened.store, rights=opened.rights, clock=now).due_for_review()
    for one in found:
        seen = f"{one.last_seen:%d-%b-%Y}" if one.last_seen else "never seen"
        click.echo(f"{one.name} · born {one.born or 'unknown'} · last {seen} · {one.why}")
    click.echo(f"{len(found)} due. A record that is ongoing is kept; dates of death are not known here.", err=True)


def _the_one(store: Store, text: str) -> StoredPatient:
    found = store.patients.find(text, limit=2)
    if len(found) != 1:
        which = "more than one patient fits" if found else "nobody fits"
        raise BadInput(f"{which}. Nothing was done. Give the NHS number, or more of the name.")
    return found[0]


def _write(folder: Path, files: dict[str, bytes]) -> None:
    from desktop.paper.file import write_folder

    try:
        write_folder(folder, files)
    except OSError as error:
        raise BadInput(
            f"{folder} was not written: {error.strerror}. The store is as it was; make room or choose another place."
        ) from None
