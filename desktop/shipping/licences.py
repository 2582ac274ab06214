"""Brings `resources/licences.toml` up to date with what is installed: `python -m desktop.shipping.licences`.

Every package that is shipped stands there with its licence, as its own metadata says it; a package that says nothing
has to be looked up and written below, or this stops.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
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
    ("PyInstaller bootloader", "GPL-2.0-or-later WITH Bootloader-exception"),
    ("qpdf", "Apache-2.0"),
    ("PDFium", "BSD-3-Clause"),
    ("Source Sans 3", "OFL-1.1"),
    ("DejaVu Sans", "Bitstream-Vera"),
    ("Noto Sans Arabic", "OFL-1.1"),
    ("Lucide icons", "ISC"),
)
"""What the packages bring with them, and our own fonts and icons."""
TEXTS = ROOT / "desktop/shipping/texts"
TEXT_OF = dict.fromkeys(("pyside6-essentials", "shiboken6"), (TEXTS / "LGPL-3.0.txt", TEXTS / "GPL-3.0.txt"))
"""Of packages whose wheels bring no text; the LGPL is a supplement to the GPL, so both go with it."""
IS_TEXT = re.compile(r"licen[cs]e|copying|notice|authors", re.IGNORECASE)


class NoLicence(Exception):
    pass


def text() -> str:
    lines = [
        "# What Backstop ships, and under which licence. From the installed metadata, by desktop/shipping/licences.py."
    ]
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
    said = [line for key in ("License-Expression", "License") for line in (told.get_all(key) or [])]
    licence = next((line for text in (*said, *classified) for line in text.splitlines()[:1]), "")
    licence = licence.split(", dependency")[0].split(" (see")[0].strip() or next(iter(classified), "")
    if not licence:
        raise NoLicence(f"{name} says no licence: look it up and write it in desktop/shipping/licences.py")
    return licence


def texts_of(name: str) -> tuple[Path, ...]:
    """The licence texts of a package as they lie on the disk. Every licence here asks that they go with the copy."""
    told = metadata.distribution(name)
    files = [Path(str(told.locate_file(file))) for file in told.files or ()]
    found = tuple(file for file in files if ".dist-info" in str(file) and _is_text(file)) or TEXT_OF.get(name, ())
    if not found:
        raise NoLicence(f"{name} brings no text of its licence: put it into {TEXTS} and name it in TEXT_OF")
    return found


def _is_text(file: Path) -> bool:
    return "licenses" in file.parts or bool(IS_TEXT.search(file.name))


if __name__ == "__main__":
    try:
        FILE.write_text(text(), "utf-8")
    except NoLicence as error:
        sys.exit(str(error))
