"""The pictures of README and manual, from the real program: `python -m desktop.shipping.pictures [NAME …]`.

Each is a standard screen of the demonstration; its name is that of the screen. Twice the same bytes.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from desktop.shipping.build import ROOT

FOLDER = ROOT / "docs/pictures"
LOOK, WIDTH, COLOURS, STRIPE = "1366x768-light", 1100, 128, 20
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
    """A severity is a few dots of the whole: beside a stripe of each its colour is not merged with another."""
    picture = Image.open(screen).convert("RGB")
    size = (WIDTH, round(picture.height * WIDTH / picture.width))
    small, colours = picture.resize(size, Image.Resampling.LANCZOS), severities()
    striped = Image.new("RGB", (WIDTH, size[1] + STRIPE * len(colours)))
    striped.paste(small, (0, 0))
    for place, colour in enumerate(colours):
        top = size[1] + place * STRIPE
        striped.paste(colour, (0, top, WIDTH, top + STRIPE))
    striped.quantize(COLOURS, dither=Image.Dither.NONE).crop((0, 0, *size)).save(file, optimize=True)


def severities() -> list[str]:
    light = tomllib.loads((ROOT / "resources/look/tokens.toml").read_text("utf-8"))["colour"]["light"]
    return [colour for name, colour in light.items() if name.endswith(("_fill", "_tint")) or name == "accent"]


def main(names: Sequence[str]) -> None:
    draw(names or named(), FOLDER)
    if not names:
        for file in FOLDER.glob("*.png"):
            if file.stem not in named():
                file.unlink()


if __name__ == "__main__":
    main(sys.argv[1:])
