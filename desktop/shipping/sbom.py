"""`python -m desktop.shipping.sbom`: what Backstop is made of, as CycloneDX, from the lock; twice the same bytes."""

from __future__ import annotations

import subprocess
import sys

from desktop.shipping.build import RESULT, ROOT

FILE = RESULT.parent / "backstop.cyclonedx.json"


def main() -> None:
    FILE.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "cyclonedx_py", "requirements", "--output-reproducible", "--of", "JSON"]
    command += ["--pyproject", str(ROOT / "pyproject.toml"), "--output-file", str(FILE)]
    subprocess.run([*command, str(ROOT / "requirements/run.txt")], check=True)
    print(f"Written: {FILE}")


if __name__ == "__main__":
    main()
