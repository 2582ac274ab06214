"""What the commands are given: content and cases, read or refused with one line and exit code 2."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from desktop.settings import PRACTICE_ZONE

if TYPE_CHECKING:
    from desktop.clinical.assessment import Assessment
    from desktop.clinical.case_table import Row
    from desktop.clinical.content import Content

Loaded = TypeVar("Loaded")


class Refused(click.ClickException):
    """One line on standard error: what is wrong, what is safe, what to do. Never a traceback."""

    def show(self, file: object = None) -> None:
        click.echo(f"backstop: {self.message}", err=True)


class BadInput(Refused):
    exit_code = 2


class Fault(Refused):
    """Ours, not the caller's."""

    exit_code = 1


def overlay() -> Path | None:
    """The practice's folder that the command was given with `--overlay`."""
    context = click.get_current_context(silent=True)
    given = context.find_root().params.get("overlay") if context else None
    return Path(given) if given else None


def the_content() -> Content:
    """The shipped content, with the practice's overlay if one is named."""
    from desktop.clinical.content import load

    return loaded(lambda: load(overlay=overlay()))


def the_cases(content: Content) -> tuple[Row, ...]:
    """Ours and the overlay's; each of a practice's own rules needs cases that fire, nearly fire and cannot tell."""
    from desktop.clinical.case_table import load_cases, without_cases

    folder = overlay()
    rows = loaded(lambda: load_cases(content))
    if folder is not None:
        rows += loaded(lambda: load_cases(content, folder))
    if lacking := without_cases(content, rows):
        raise BadInput("these rules lack cases that are raised, not raised and cannot tell: " + ", ".join(lacking))
    return rows


def loaded(load: Callable[[], Loaded]) -> Loaded:
    """What `load` gives, or all the mistakes it found."""
    (found,) = all_loaded(load)
    return found


def all_loaded(*loads: Callable[[], Loaded]) -> list[Loaded]:
    """What they give, or all the mistakes that any of them found."""
    from desktop.clinical.mistakes import ContentError, Mistake

    found: list[Loaded] = []
    mistakes: list[Mistake] = []
    for load in loads:
        try:
            found.append(load())
        except ContentError as error:
            mistakes += error.mistakes
    if mistakes:
        lines = "\n  ".join(map(str, sorted(set(mistakes))))
        raise BadInput(
            f"the content files have mistakes, so no advice is given and nothing was changed. Mend them:\n  {lines}"
        )
    return found


def assessed(content: Content, file: Path) -> Assessment:
    from desktop.clinical.assessment import assess as assess_case
    from desktop.clinical.case import CaseError, read_case

    try:
        case = read_case(content, _read_json(file), now=datetime.now(UTC), zone=PRACTICE_ZONE)
    except CaseError as error:
        raise BadInput(f"{_name(file)}: {error}. Nothing was assessed; mend the case and try again.") from None
    return assess_case(content, case.person, case.answers, case.at)


class _TwiceSaid(Exception):
    """JSON would quietly keep the last of two answers to one item."""


def _each_key_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table = dict(pairs)
    if len(table) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _TwiceSaid(next(key for key in keys if keys.count(key) > 1))
    return table


def _name(file: Path) -> str:
    return "standard input" if str(file) == "-" else str(file)


def _read_json(file: Path) -> object:
    name = _name(file)
    try:
        data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_each_key_once)
    except OSError as error:
        raise BadInput(f"{name} can’t be read: {error.strerror}. Check its name and place.") from None
    except UnicodeDecodeError:
        raise BadInput(f"{name} is not text in UTF-8, so nothing was assessed. Save it as UTF-8 JSON.") from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise BadInput(f"{name} is not JSON ({error.msg}, {place}). Nothing was assessed; mend it there.") from None
    except ValueError as error:  # a number longer than Python reads
        raise BadInput(f"{name} is not JSON that can be read ({error}). Nothing was assessed; mend it.") from None
    except _TwiceSaid as error:
        raise BadInput(f"{name} gives “{error}” twice, so nothing was assessed. Keep the one that is right.") from None
    except RecursionError:
        raise BadInput(f"{name} is nested too deeply to be a case. Nothing was assessed.") from None
