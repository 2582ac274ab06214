"""`python -m desktop.shipping.debian`: what `run.py build` has made as a package for Debian and Ubuntu."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from desktop import __version__
from desktop.shipping.build import RESULT, ROOT, commit

CONTROL = """\
Package: backstop
Version: {version}
Architecture: {architecture}
Maintainer: The maintainers of Backstop <maintainers@backstop.invalid>
Section: science
Priority: optional
Installed-Size: {kilobytes}
Depends: {depends}
Description: checklist for back pain in general practice
 Asks a general practitioner the right questions about a patient with back pain,
 raises red features with their reasons and sources, says what is not yet ruled
 out, and recommends what must happen by when. Works without a network.
 .
 Not signed off by a clinician, and not a registered medical device.
"""
DESKTOP = """\
[Desktop Entry]
Type=Application
Name=Backstop
GenericName=Checklist for back pain
Comment=Asks the right questions about back pain, and says what must happen by when
Exec=backstop
Icon=backstop
Terminal=false
Categories=Science;MedicalSoftware;
Keywords=back pain;red flags;general practice;
StartupNotify=true
Actions=demonstration;

[Desktop Action demonstration]
Name=Demonstration (invented patients)
Exec=backstop --demo
"""
READ_BY_LIBRARIES = ("fontconfig-config", "xkb-data")
"""Files of the system that libraries in the folder read: which fonts there are, and what the keys say."""
NEWER_NAMES = {"libglib2.0-0": "libglib2.0-0t64", "libgnutls30": "libgnutls30t64", "libcups2": "libcups2t64"}


def main() -> None:
    if not RESULT.exists():
        sys.exit("debian: there is nothing to pack yet; `python3 run.py build` comes first.")
    print(f"Packed: {package(RESULT, RESULT.parent)}")


def package(program: Path, folder: Path) -> Path:
    """No scripts run when it is installed or removed, so nothing can be left behind by one."""
    architecture = said("dpkg", "--print-architecture")
    file = folder / f"backstop_{__version__}_{architecture}.deb"
    with tempfile.TemporaryDirectory(dir=folder) as made:
        root = Path(made, "root")
        lay_out(program, root)
        write(root / "DEBIAN/control", control(root, architecture))
        # Everything is root's, and for everybody to read, whoever built it.
        subprocess.run(["chmod", "-R", "u+rwX,go+rX,go-w", str(root)], check=True)
        made_at = commit("%ct") or str(int((ROOT / "pyproject.toml").stat().st_mtime))
        told = {**os.environ, "SOURCE_DATE_EPOCH": made_at}
        pack = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z3", "--build", str(root), str(Path(made, file.name))]
        subprocess.run(pack, env=told, check=True, stdout=subprocess.DEVNULL)
        # A package that was stopped half-way must not lie there under its name.
        os.replace(Path(made, file.name), file)
    return file


def lay_out(program: Path, root: Path) -> None:
    shutil.copytree(program, root / "usr/lib/backstop", symlinks=True)
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/bin/backstop").symlink_to("../lib/backstop/backstop")
    write(root / "usr/share/applications/backstop.desktop", DESKTOP)
    for size in (48, 256):
        place = root / f"usr/share/icons/hicolor/{size}x{size}/apps/backstop.png"
        place.parent.mkdir(parents=True)
        shutil.copy(ROOT / f"desktop/shipping/icons/backstop-{size}.png", place)
    others = "\n\nThe licences of what it brings along lie in /usr/lib/backstop/_internal/licences.\n"
    write(root / "usr/share/doc/backstop/copyright", (ROOT / "LICENSE").read_text("utf-8") + others)


def control(root: Path, architecture: str) -> str:
    libraries = [file for file in (root / "usr/lib").rglob("*") if file.is_file() and is_library(file)]
    kilobytes = sum(file.lstat().st_size for file in root.rglob("*") if not file.is_dir()) // 1024
    depends = ", ".join(dependencies(libraries))
    return CONTROL.format(version=__version__, architecture=architecture, kilobytes=kilobytes, depends=depends)


def is_library(file: Path) -> bool:
    with file.open("rb") as stream:
        return stream.read(4) == b"\x7fELF"


def dependencies(libraries: list[Path]) -> Iterator[str]:
    """Of the system: whatever the loader finds outside the folder, in which a frozen program looks first. The C
    library may not be older than ours."""
    first = next(file.parent for file in libraries if file.name.startswith("libpython"))
    told = said("env", f"LD_LIBRARY_PATH={first}", "ldd", *map(str, libraries))
    packages = {owner(Path(found)) for found in re.findall(r"=> (/(?:usr/)?lib\S+)", told)}
    if "not found" in told:
        sys.exit("debian: libraries are missing here, so they are missing in the package too: build anew.")
    yield f"libc6 (>= {c_library(libraries)})"
    yield from READ_BY_LIBRARIES
    for name in sorted(packages - {"libc6"}):
        yield f"{name} | {NEWER_NAMES[name]}" if name in NEWER_NAMES else name


def owner(library: Path) -> str:
    for path in (str(library), str(library.resolve()), str(library.resolve()).removeprefix("/usr")):
        told = subprocess.run(["dpkg-query", "--search", path], capture_output=True, text=True, check=False).stdout
        if told:
            return told.split(":")[0]
    sys.exit(f"debian: no package owns {library}.")


def c_library(libraries: list[Path]) -> str:
    found = {match for file in libraries for match in re.findall(rb"GLIBC_(\d+)\.(\d+)", file.read_bytes())}
    return ".".join(map(str, max((int(major), int(minor)) for major, minor in found)))


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    main()
