"""Brings `resources/licences.toml` up to date with what is installed: `python tests/licences.py`.

Every package that is shipped stands there with its licence, as its own metadata says it; a package that says nothing
has to be looked up and written below, or this stops.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "resources/licences.toml"
ONLY_ELSEWHERE = {"colorama", "pywin32", "pywin32-ctypes"}
"""Pinned for other systems than this one."""
LOOKED_UP = {
    "sqlcipher3": "zlib (the module), BSD-3-Clause (SQLCipher)",
    "pyside6-essentials": "LGPL-3.0-only",
    "shiboken6": "LGPL-3.0-only",
}
"""No metadata, or a choice of licences of which this one is taken."""
PARTS = (
    ("Python", "PSF-2.0"),
    ("Qt", "LGPL-3.0-only"),
    ("SQLCipher", "BSD-3-Clause"),
    ("OpenSSL", "Apache-2.0"),
    ("qpdf", "Apache-2.0"),
    ("PDFium", "BSD-3-Clause"),
    ("Source Sans 3", "OFL-1.1"),
    ("DejaVu Sans", "Bitstream-Vera"),
    ("Noto Sans Arabic", "OFL-1.1"),
    ("Lucide icons", "ISC"),
)
"""What the packages bring with them, and our own fonts and icons."""


class NoLicence(Exception):
    pass


def text() -> str:
    lines = ["# What Backstop ships, and under which licence. Made by tests/licences.py from the installed metadata."]
    for name, version in pinned():
        lines += ["", "[[package]]", f'name = "{name}"', f'version = "{version}"', f'licence = "{licence_of(name)}"']
    for name, licence in PARTS:
        lines += ["", "[[part]]", f'name = "{name}"', f'licence = "{licence}"']
    return "\n".join(lines) + "\n"


def pinned() -> Iterator[tuple[str, str]]:
    locked = (ROOT / "requirements/run.txt").read_text("utf-8")
    for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", locked, re.MULTILINE):
        if name not in ONLY_ELSEWHERE:
            yield name, version


def licence_of(name: str) -> str:
    if name in LOOKED_UP:
        return LOOKED_UP[name]
    told = metadata.metadata(name)
    classified = [one.split("::")[-1].strip() for one in told.get_all("Classifier") or [] if one.startswith("License")]
    found = told.get("License-Expression") or (told.get("License") or "").splitlines()[:1] or classified
    licence = found if isinstance(found, str) else next(iter(found), "")
    licence = licence.split(", dependency")[0].split(" (see")[0].strip() or next(iter(classified), "")
    if not licence:
        raise NoLicence(f"{name} says no licence: look it up and write it in tests/licences.py")
    return licence


if __name__ == "__main__":
    try:
        FILE.write_text(text(), "utf-8")
    except NoLicence as error:
        sys.exit(str(error))
