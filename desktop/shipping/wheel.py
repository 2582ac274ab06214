"""`python -m desktop.shipping.wheel`: builds the wheel twice and gives it away only if both have the same bytes."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from desktop.shipping.build import RESULT, ROOT
from desktop.shipping.sums import digest


def main() -> None:
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        wheel, again = build(Path(first)), build(Path(second))
        if digest(wheel) != digest(again):
            sys.exit("wheel: two builds of the same files differ; nothing was kept.")
        RESULT.parent.mkdir(parents=True, exist_ok=True)
        kept = shutil.copy(wheel, RESULT.parent)
    print(f"{digest(Path(kept))}  {kept}")


def build(folder: Path, source: Path = ROOT) -> Path:
    """Hatchling gives every file in it the same fixed date."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=source, check=True, stdout=subprocess.DEVNULL)
    return next(folder.glob("*.whl"))


if __name__ == "__main__":
    main()
