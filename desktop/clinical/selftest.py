"""The self-test: every shipped case must still give what it expects before any advice is shown."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable
from pathlib import Path

from desktop import __version__
from desktop.clinical.case_table import Row
from desktop.clinical.content import Content
from resources import FOLDER


def failures(content: Content, rows: Iterable[Row]) -> tuple[str, ...]:
    """One line for each case that gives something else."""
    found = ((row, row.outcome(content)) for row in rows)
    return tuple(
        f"{row.file}: {row.case.rule}, {row.case.name}: {outcome}, expected {row.case.expect}"
        for row, outcome in found
        if outcome != row.case.expect
    )


def fingerprint(folder: Path = FOLDER) -> str:
    """The same while content, program and Python are the same: a test that passed need not run again."""
    digest = hashlib.sha256(f"{__version__} {platform.python_version()}".encode())
    for path in sorted(folder.glob("*/*.toml")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    program = Path(__file__).parent
    for path in sorted(program.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
