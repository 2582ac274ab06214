"""`backstop store backup`, `backups` and `restore`: for a store that opens, and for one that doesn't any more."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop.input import BadInput
from desktop.record.roles import Act
from desktop.settings import PRACTICE_ZONE, settings_for
from desktop.store_cli import ask_secret, now, opened_store

if TYPE_CHECKING:
    from db.backup import Backup
    from desktop.record.backups import Backups


@click.command()
@click.option("--second-place", type=click.Path(path_type=Path, file_okay=False), help="From now on copied there too.")
def backup(second_place: Path | None) -> None:
    """Make a backup now, check it, and copy it to the second place."""
    from desktop.record.backups import ASKED_FOR, Backups

    with opened_store(Act.BACKUPS) as opened:
        backups = Backups(opened.store, rights=opened.rights, clock=now)
        if second_place:
            backups.choose_place(second_place)
        made = backups.maker(ASKED_FOR)(lambda done, of: None)
    click.echo(f"Made and checked: {made.backup.folder}")
    click.echo(told(made.backup))
    if made.not_copied:
        raise BadInput(str(made.not_copied))
    if backups.second:
        click.echo(f"Copied to {backups.second}")


@click.command()
def backups() -> None:
    """List the backups there are, here and in the second place."""
    from desktop.record.backups import Backups

    with opened_store(Act.BACKUPS) as opened:
        there = Backups(opened.store, rights=opened.rights, clock=now)
        for row in there.rows():
            places = " and ".join([*(["here"] if row.here else []), *(["the second place"] if row.there else [])])
            click.echo(f"{told(row.backup)} · in {places}\n    {row.backup.folder}")
        for folder in there.damaged():
            click.echo(f"damaged: {folder}", err=True)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--name", default="", help="Who could sign in then; without it the recovery kit of then is asked for.")
@click.confirmation_option(prompt="Put this backup in the place of the store? The present one is kept aside")
def restore(folder: Path, name: str) -> None:
    """Put the backup in FOLDER in the place of the store, which is kept aside and can be restored in its turn.

    Works also where there is no store, or one that doesn't open. A name and password of then are needed, or the
    recovery kit of then.
    """
    from db.backup import read_backup

    chosen = read_backup(folder.absolute())
    root = click.get_current_context().find_root().params
    settings = settings_for(root["store"])
    if root["demo"]:
        aside = _restore_demonstration(chosen)
    else:
        from db.way_back import restore as put_back

        words = f"Password of {name} on {_day(chosen)}: " if name else "Code of the recovery kit: "
        aside = put_back(settings.practice, chosen, name, ask_secret(words), at=now())
    click.echo(f"Restored: {told(chosen)}")
    click.echo(f"The replaced store is kept in {aside}" if aside else "There was no store before.")


def _restore_demonstration(chosen: Backup) -> Path | None:
    from desktop.record.backups import Backups

    with opened_store(Act.BACKUPS) as opened:
        there: Backups = Backups(opened.store, rights=opened.rights, clock=now)
        there.preparer(chosen)(lambda done, of: None)
        return there.exchange()


def told(backup: Backup) -> str:
    counts = f"{backup.counts.get('patients', 0)} patients, {backup.counts.get('encounters', 0)} encounters"
    return f"{_day(backup)} · {counts} · {backup.why} · head of the trail {backup.head}"


def _day(backup: Backup) -> str:
    return backup.made_at.astimezone(PRACTICE_ZONE).strftime("%d-%b-%Y %H:%M")
