"""What the build needs of the system and a fresh Debian has not: objdump and strip, Python as a library, the library
through which Qt prints, and zstd for the archive."""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from ctypes.util import find_library
from pathlib import Path

from run import SetUpError, has_apt, install_packages


def provide_tools() -> None:
    if not sys.platform.startswith("linux") or not (packages := missing()):
        return
    if os.geteuid() or not has_apt():
        raise SetUpError(f"building needs {' and '.join(packages)} of your system: please install and start again.")
    print(f"Fetching what the build needs: {', '.join(packages)} …", file=sys.stderr, flush=True)
    install_packages(packages)


def missing() -> list[str]:
    """As packages of Debian."""
    told = sysconfig.get_config_vars()
    folders = [Path(told["LIBDIR"]), Path(told["LIBDIR"]) / str(told.get("MULTIARCH", ""))]
    packages = [] if all(map(shutil.which, ("objdump", "strip"))) else ["binutils"]
    packages += ["zstd"] * (not shutil.which("zstd")) + ["libcups2"] * (not find_library("cups"))
    if not any((folder / str(told["INSTSONAME"])).exists() for folder in folders):
        packages.append(f"libpython{sys.version_info.major}.{sys.version_info.minor}")
    return packages
