"""The picture of the README, from the real program: `python -m desktop.shipping.picture`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from desktop.shipping.build import ROOT

FILE = ROOT / "docs/backstop.png"
SCREEN, WIDTH, COLOURS = "emergency", 1100, 128


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, str(ROOT / "tests/screens.py"), folder, SCREEN], check=True)
        shown = Path(folder, f"{SCREEN}-1366x768-light.png")
        picture = Image.open(shown).convert("RGB")
    size = (WIDTH, round(picture.height * WIDTH / picture.width))
    picture.resize(size, Image.Resampling.LANCZOS).quantize(COLOURS).save(FILE, optimize=True)


if __name__ == "__main__":
    main()
