"""The pictures of README and manual, from the real program: `python -m desktop.shipping.pictures [NAME …]`.

Each is a standard screen of the demonstration; its name is that of the screen. Twice the same bytes.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from desktop.shipping.build import ROOT

FOLDER = ROOT / "docs/pictures"
LOOK, WIDTH, COLOURS = "1366x768-light", 1100, 128
NAMED = re.compile(r"!\[[^\]]+\]\((?:docs/)?pictures/([\w-]+)\.png\)")


def named() -> list[str]:
    """Every picture that a page of the manual shows."""
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    return sorted({name for page in pages for name in NAMED.findall(page.read_text("utf-8"))})


def draw(names: Sequence[str], folder: Path) -> None:
    with tempfile.TemporaryDirectory() as screens:
        wanted = [f"{name}-{LOOK}" for name in names]
        script = str(ROOT / "tests/screens.py")
        subprocess.run([sys.executable, script, screens, *wanted], check=True, stdout=subprocess.DEVNULL)
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            shrink(Path(screens, f"{name}-{LOOK}.png"), folder / f"{name}.png")


def shrink(screen: Path, file: Path) -> None:
    picture = Image.open(screen).convert("RGB")
    size = (WIDTH, round(picture.height * WIDTH / picture.width))
    picture.resize(size, Image.Resampling.LANCZOS).quantize(COLOURS).save(file, optimize=True)


def main(names: Sequence[str]) -> None:
    draw(names or named(), FOLDER)
    if not names:
        for file in FOLDER.glob("*.png"):
            if file.stem not in named():
                file.unlink()


if __name__ == "__main__":
    main(sys.argv[1:])
