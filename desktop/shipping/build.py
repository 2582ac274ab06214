"""`python3 run.py build`: freezes the program, and tries the result out as somebody who has just copied it."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from desktop.shipping.tools import provide_tools
from run import SetUpError

ROOT = Path(__file__).resolve().parents[2]
RESULT = ROOT / "build/dist/backstop"
PLACE = "Praxis Müller"
STRANGER = 65534
"""The user `nobody`, who owns nothing on this machine."""
MEGABYTE = 1_000_000
UNPACKED, PACKED = 220, 90
"""At most so many megabytes, as a folder and as tar with zstd −3."""


def main() -> None:
    try:
        provide_tools()
    except SetUpError as mistake:
        sys.exit(f"build: {mistake}")
    freeze()
    with copied_elsewhere(RESULT) as folder:
        try_out(folder, "--version")
        try_out(folder, "selftest", "--whole")
    weigh(RESULT)
    print(f"Built: {RESULT}")


def freeze() -> None:
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    command += ["--distpath", str(RESULT.parent), "--workpath", str(ROOT / "build/work"), str(ROOT / "build.spec")]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        sys.exit("build: PyInstaller stopped; the reason stands above.")


@contextlib.contextmanager
def copied_elsewhere(folder: Path) -> Iterator[Path]:
    """Where nothing of the checkout is near, under a name with a space and an umlaut."""
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        place = Path(made, PLACE)
        shutil.copytree(folder, place, symlinks=True)
        yield place


def try_out(folder: Path, *arguments: str) -> None:
    """With an empty environment and, where this user may change to another, as `nobody`."""
    program = folder / ("backstop.exe" if os.name == "nt" else "backstop")
    stranger = STRANGER if os.name == "posix" and os.geteuid() == 0 else None
    # Windows starts no program at all without this one.
    kept = {"SYSTEMROOT": os.environ["SYSTEMROOT"]} if os.name == "nt" else {}
    command = [str(program), *arguments]
    done = subprocess.run(command, cwd=folder, env=kept, user=stranger, group=stranger, check=False)
    if done.returncode:
        sys.exit(f"build: the frozen program failed at `backstop {' '.join(arguments)}`.")


def weigh(folder: Path) -> None:
    unpacked = sum(file.lstat().st_size for file in folder.rglob("*") if file.is_file()) / MEGABYTE
    packed = packed_size(folder) / MEGABYTE
    told = f"{packed:.0f} MB as tar with zstd −3 (at most {PACKED})" if packed else "not packed: zstd is not there"
    print(f"{unpacked:.0f} MB unpacked (at most {UNPACKED}), {told}.", flush=True)
    if unpacked > UNPACKED or packed > PACKED:
        sys.exit("build: heavier than agreed; build/work/build/xref-build.html says what came along, and why.")


def packed_size(folder: Path) -> int:
    """Of the archive that is given away, which is made beside the folder. 0 without zstd."""
    if not shutil.which("zstd"):
        return 0
    archive = folder.with_suffix(".tar.zst")
    tar = ["tar", "--create", "--use-compress-program=zstd -3 --quiet", "--file", str(archive)]
    subprocess.run([*tar, "--directory", str(folder.parent), folder.name], check=True)
    return archive.stat().st_size


def commit(form: str) -> str:
    """Of what is built, as git's own format says it; empty where there is no git, as in an unpacked archive."""
    if not shutil.which("git"):
        return ""
    command = ["git", "-C", str(ROOT), "log", "-1", f"--format={form}"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


if __name__ == "__main__":
    main()
