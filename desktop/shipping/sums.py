"""`python -m desktop.shipping.sums [FOLDER]`: SHA256SUMS of what is given away, for `sha256sum --check`."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from desktop.shipping.build import RESULT

NAME = "SHA256SUMS"
GIVEN_AWAY = (".deb", ".tar.zst", ".whl", ".exe", ".dmg", ".json")


def sums(folder: Path) -> str:
    files = sorted(file for file in folder.iterdir() if file.is_file() and file.name.endswith(GIVEN_AWAY))
    return "".join(f"{digest(file)}  {file.name}\n" for file in files)


def digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def main(folder: Path) -> None:
    if not (told := sums(folder)):
        sys.exit(f"sums: there is nothing to give away in {folder}.")
    (folder / NAME).write_text(told, "utf-8")
    print(told, end="")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else RESULT.parent)
