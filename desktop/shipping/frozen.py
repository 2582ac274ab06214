"""What goes into the frozen program, and the notices that go with it. Used by build.spec."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata
from pathlib import Path

from desktop.build_mark import FILE
from desktop.shipping.build import commit
from desktop.shipping.licences import ROOT, NoLicence, licence_of, pinned, texts_of
from run import SYSTEM_LIBRARIES, package_of

Entry = tuple[str, str, str]
"""As PyInstaller has it: where it goes, where it comes from, what kind it is."""
PART_OF_THE_FREEZER = {"pyinstaller", "pyinstaller-hooks-contrib"}
"""Their loader and hooks start the program; the GPL of the loader makes an exception for what it starts."""
SYSTEM = ("/lib/", "/usr/lib/", f"{SYSTEM_LIBRARIES}/")


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def strangers() -> list[str]:
    """Modules of installed packages that the program doesn't need. Whoever has the tests' packages must build the
    same program as whoever has not; some libraries would bring pytest or numpy along as soon as they are there."""
    shipped = {canonical(name) for name, _ in pinned()} - {"pip"}
    ours = {"desktop", "db", "resources"}
    names: set[str] = set()
    kept: set[str] = set(ours)
    for module, owners in metadata.packages_distributions().items():
        (kept if {canonical(one) for one in owners} & shipped else names).add(module)
    return sorted(names - kept)


def manual() -> list[tuple[str, str]]:
    """Each file of the manual and the folder it goes to: the program shows it, so it goes along."""
    beside = [*ROOT.glob("docs/*.md"), *ROOT.glob("docs/*/*.png")]
    pages = [(str(file), f"resources/manual/{file.parent.relative_to(ROOT)}") for file in sorted(beside)]
    return pages + [(str(ROOT / name), "resources/manual") for name in ("README.md", "CONTRIBUTING.md")]


def mark() -> tuple[str, str]:
    """What it was made from, for About and for reports. The day is that of the commit, so that it can be made again."""
    file = ROOT / "build" / FILE
    file.parent.mkdir(exist_ok=True)
    told = {"commit": commit("%h") or "unknown", "day": commit("%cs") or "unknown"}
    file.write_text("".join(f'{name} = "{value}"\n' for name, value in told.items()), "utf-8")
    return str(file), "resources"


def notices(entries: Iterable[Entry]) -> list[tuple[str, str]]:
    """Where each licence text comes from and the folder it goes to; a package without one stops the build."""
    sources = {Path(source).resolve() for _, source, _ in entries if source}
    found = [*_of_packages(sources), *_of_the_system(sources), *_of_python()]
    return sorted(set(found))


def _of_packages(sources: set[Path]) -> Iterator[tuple[str, str]]:
    allowed = {canonical(name) for name, _ in pinned()} | PART_OF_THE_FREEZER
    for name in sorted(set(_owners(sources).values())):
        if name not in allowed:
            raise NoLicence(f"{name} would be shipped, and requirements/run.txt does not know it")
        licence_of(name)
        for text in texts_of(name):
            yield str(text), f"licences/{name}/{_below(text)}"


def _below(text: Path) -> str:
    """Some packages keep texts of one name in several folders."""
    parts = text.parent.parts
    return "/".join(parts[parts.index("licenses") + 1 :]) if "licenses" in parts else ""


def _owners(sources: set[Path]) -> Mapping[Path, str]:
    names = {source.name for source in sources}  # where each of ten thousand files lies takes seconds to ask
    files = {
        Path(str(told.locate_file(file))).resolve(): canonical(told.metadata["Name"])
        for told in metadata.distributions()
        for file in told.files or ()
        if file.name in names
    }
    return {source: files[source] for source in sources if source in files}


def _of_the_system(sources: set[Path]) -> Iterator[tuple[str, str]]:
    """Libraries of the builder's own system that go along: Debian keeps what their authors ask for in one file."""
    for source in sorted(sources):
        if ".so" not in source.name or not str(source).startswith(SYSTEM):
            continue
        package, root = _debian_package(source)
        text = next(root.glob(f"usr/share/doc/{package}*/copyright"), None)
        if not text:
            raise NoLicence(f"{source} of this system would be shipped, and its package brings no copyright file")
        yield str(text), f"licences/system/{package}"


def _debian_package(source: Path) -> tuple[str, Path]:
    """And where its files lie: run.py unpacks what it may not install, and nobody then keeps a list of it."""
    if source.is_relative_to(SYSTEM_LIBRARIES):
        return package_of(source.name), SYSTEM_LIBRARIES
    for path in (str(source), str(source).removeprefix("/usr")):
        told = subprocess.run(["dpkg-query", "--search", path], capture_output=True, text=True, check=False).stdout
        if told:
            return told.split(":")[0], Path("/")
    raise NoLicence(f"{source} would be shipped, and no package of this system owns it")


def _of_python() -> Iterator[tuple[str, str]]:
    places = (Path(sys.base_prefix) / f"lib/python3.{sys.version_info.minor}", Path(sys.base_prefix))
    for place in places:
        if (place / "LICENSE.txt").exists():
            yield str(place / "LICENSE.txt"), "licences/python"
            return
    debian = Path(f"/usr/share/doc/python3.{sys.version_info.minor}/copyright")
    if not debian.exists():
        raise NoLicence("this Python brings no text of its licence")
    yield str(debian), "licences/python"
