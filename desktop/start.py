"""Where the program begins. What an icon says needs no library for command lines, and a start no 40th more for it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

HEARD = ("BACKSTOP_STORE", "BACKSTOP_OVERLAY", "_BACKSTOP_COMPLETE")
"""Variables to which the command line listens; the last is a shell's that asks how a command goes on."""


def main() -> None:
    if (said := plainly_said(sys.argv[1:], os.environ)) is None:
        from desktop.cli import main as command_line

        command_line(prog_name="backstop")
    else:
        sys.exit(_open(*said))


def plainly_said(arguments: Sequence[str], environ: Mapping[str, str]) -> tuple[bool, Path | None] | None:
    """Whether the demonstration is meant, and the folder of the store. All else is read by the command line."""
    if any(name in environ for name in HEARD):
        return None
    demo = arguments[:1] == ["--demo"]
    match arguments[demo:]:
        case []:
            return demo, None
        case ["--store", folder] if Path(folder).is_dir():
            return demo, Path(folder)
    return None


def _open(demo: bool, store: Path | None) -> int:
    from desktop.app import open_application

    try:
        return open_application(demo=demo, store=store)
    except KeyboardInterrupt:
        return 1
    except Exception as error:
        from desktop.cli import refusal

        refused = refusal(error)
        refused.show()
        return refused.exit_code
