#!/usr/bin/env python3
"""Sets Backstop up in `.venv` beside this file, once, and then runs it. Needs only Python itself.

    python3 run.py                      open Backstop on demonstration data
    python3 run.py test [ARGUMENTS]     run the tests; the arguments go to pytest
    python3 run.py build                freeze the program into build/dist/backstop, and try it out
    python3 run.py ANYTHING ELSE        the same as `backstop ANYTHING ELSE`
    python3 run.py --wheels FOLDER …    set up from a folder of wheels, without a network

Standard output belongs to the program; what the launcher itself has to say goes to standard error.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Command = Sequence[str | Path]

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
SYSTEM_LIBRARIES = VENV / "syslibs"
OWN_APT = VENV / "apt"
READY = VENV / "ready"
QT_READY = VENV / "ready-qt"

# All of them at once, on every core; the tests of one file stay together, because they share what they prepared. The
# order is that of tests/conftest.py.
ALL_TESTS = ["-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"]

OLDEST, NEWEST = (3, 11), (3, 13)

# As ensurepip does it; called by its file name, pip would refuse to install itself on Windows.
RUN_PIP = (
    "import runpy, sys; sys.path.insert(0, sys.argv.pop(1));"
    " runpy.run_module('pip', run_name='__main__', alter_sys=True)"
)

# Debian names a library's package after its soname; these few are named otherwise.
PACKAGE_OF = {
    "libGLdispatch.so.0": "libglvnd0",
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    "libgio-2.0.so.0": "libglib2.0-0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgmodule-2.0.so.0": "libglib2.0-0",
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libz.so.1": "zlib1g",
}
# Files that two of the libraries read, for a machine on which nothing may be installed.
DATA_OF = {"libfontconfig1": "fontconfig-config", "libxkbcommon0": "xkb-data"}


class SetUpError(Exception):
    """The set-up cannot go on; the message says what to do."""


def main(arguments: Sequence[str]) -> NoReturn:
    try:
        require_python()
        wheels, wanted = split_arguments(arguments)
        kind = kind_of(wanted)
        if not is_ready(kind):
            with only_one_set_up():
                set_up(kind, wheels=wheels)
        if kind != "run" or opens_window(wanted):
            provide_qt_libraries(platform_plugins(kind, os.environ), may_fetch=wheels is None)
    except SetUpError as mistake:
        sys.exit(f"run.py: {mistake}")
    except KeyboardInterrupt:
        sys.exit("run.py: stopped; the next start goes on from here.")
    start(wanted)


def split_arguments(arguments: Sequence[str]) -> tuple[Path | None, list[str]]:
    """The launcher's own option stands first; the rest is for the program."""
    if not arguments or arguments[0].partition("=")[0] != "--wheels":
        return None, list(arguments)
    _, equals, folder = arguments[0].partition("=")
    rest = list(arguments[1:])
    if not equals:
        folder = rest.pop(0) if rest else ""
    if not folder or not Path(folder).is_dir():
        raise SetUpError("--wheels needs a folder that `pip download` has filled on a machine with a network.")
    return Path(folder).resolve(), rest


def kind_of(wanted: Sequence[str]) -> str:
    """Which file in `requirements` has what is needed."""
    return wanted[0] if wanted[:1] in (["test"], ["build"]) else "run"


def opens_window(wanted: Sequence[str]) -> bool:
    """`assess` and the other commands need no Qt, so they must not wait for its libraries."""
    return not wanted or (wanted[0].startswith("-") and wanted[0] not in {"-h", "--help", "--version"})


def command_line(wanted: Sequence[str]) -> list[str]:
    # -I: neither the current folder nor PYTHONPATH may put another `db` or `resources` before ours.
    python = [str(PYTHON), "-I", "-m"]
    if wanted[:1] == ["test"]:
        return [*python, "pytest", *(wanted[1:] or ALL_TESTS)]
    if wanted[:1] == ["build"]:
        return [*python, "desktop.shipping.build"]
    return [*python, "desktop", *(wanted or ["--demo"])]


def start(wanted: Sequence[str]) -> NoReturn:
    if wanted[:1] == ["test"]:
        os.chdir(HERE)
    command, environment = command_line(wanted), program_environment()
    sys.stderr.flush()
    if os.name == "posix":
        os.execve(command[0], command, environment)
    # Windows has no exec: it would give the prompt back while the program still runs.
    import subprocess

    sys.exit(subprocess.run(command, env=environment, check=False).returncode)


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


# --- Python -------------------------------------------------------------------------------------


def require_python() -> None:
    """Goes on in another Python of this machine when the one that was called is too old or too new."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return
    import shutil

    names = [f"python{major}.{minor}" for major, minor in ((3, 13), (3, 12), (3, 11))]
    for python in filter(None, map(shutil.which, names)):
        os.execv(python, [python, str(HERE / "run.py"), *sys.argv[1:]])
    raise SetUpError(
        f"Backstop needs Python 3.11, 3.12 or 3.13; this is {sys.version.split()[0]}."
        " Please install one of them and start again, for instance with `python3.13 run.py`."
    )


# --- The environment ----------------------------------------------------------------------------


def fingerprint(kind: str) -> str:
    """What the environment was made from: another Python, folder or pinned version makes another one."""
    kinds = ("run",) if kind == "run" else ("run", kind)
    digest = hashlib.sha256(f"{sys.implementation.cache_tag} {sys.platform} {HERE}".encode())
    for one in kinds:
        digest.update((HERE / "requirements" / f"{one}.txt").read_bytes())
    return f"{sys.implementation.cache_tag} {'+'.join(kinds)} {digest.hexdigest()}"


def is_ready(kind: str) -> bool:
    """An environment with the packages of the tests or of the build can run the program too."""
    kinds = ("run", "test", "build") if kind == "run" else (kind,)
    return PYTHON.exists() and read(READY) in map(fingerprint, kinds)


def read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return ""


def set_up(kind: str, *, wheels: Path | None) -> None:
    """The stamp is taken away first and written last, so a half-filled environment never counts."""
    if is_ready(kind):
        return  # another start did it while this one waited for the lock
    say("Setting Backstop up beside run.py, once: about 450 MB, a minute or two …")
    reusable = read(READY).startswith(f"{sys.implementation.cache_tag} ") and PYTHON.exists()
    READY.unlink(missing_ok=True)
    QT_READY.unlink(missing_ok=True)
    requirements = HERE / "requirements" / f"{kind}.txt"
    if not any(install(requirements, wheels, reusable) for install in (install_with_uv, install_with_pip)):
        raise SetUpError(
            "the packages could not be installed; the reason stands above. Nothing is lost: start again when"
            " the network is back, or use `--wheels FOLDER` on a machine without one."
        )
    make_importable()
    READY.write_text(fingerprint(kind), "utf-8")


def make_importable() -> None:
    """A path file, not an installed copy: what stands in this folder is what runs."""
    (site_packages() / "backstop.pth").write_text(f"{HERE}\n", "utf-8")


def site_packages() -> Path:
    if os.name == "nt":
        return VENV / "Lib/site-packages"
    return VENV / f"lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages"


def install_with_uv(requirements: Path, wheels: Path | None, reusable: bool) -> bool:
    import shutil

    uv = shutil.which("uv")
    if not uv:
        return False
    make: Command = [uv, "venv", "--quiet", "--clear", "--no-project", "--python", sys.executable, VENV]
    fill: Command = [uv, "pip", "install", "--quiet", "--python", PYTHON, *install_options(requirements, wheels)]
    if (reusable or succeeds(make)) and succeeds(fill):
        return True
    say("uv could not do it; going on with pip.")
    return False


def install_with_pip(requirements: Path, wheels: Path | None, reusable: bool) -> bool:
    if not reusable and not succeeds([sys.executable, "-m", "venv", "--clear", "--without-pip", VENV]):
        raise SetUpError("this Python has no module venv; please install the full Python of your system.")
    pip: Command = [PYTHON, "-I", "-c", RUN_PIP, pip_wheel(wheels)]
    return succeeds([*pip, "install", "--quiet", *install_options(requirements, wheels)])


def install_options(requirements: Path, wheels: Path | None) -> Command:
    # Wheels only: a build from source would run unpinned code and need a compiler.
    options: Command = ["--require-hashes", "--only-binary", ":all:", "-r", requirements]
    return [*options, "--no-index", "--find-links", wheels] if wheels else options


def pip_wheel(wheels: Path | None) -> Path:
    """Pip as one file, which runs as it is: from the folder of wheels, from this Python, or from Debian."""
    folders = [wheels] if wheels else []
    with contextlib.suppress(ImportError):
        import ensurepip

        folders.append(Path(ensurepip.__file__).parent / "_bundled")
    folders.append(Path("/usr/share/python-wheels"))
    if found := newest_pip(folders):
        return found
    if wheels is None and has_apt():
        unpack_packages(["python3-pip-whl"], VENV / "pip")
        if found := newest_pip([VENV / "pip/usr/share/python-wheels"]):
            return found
    raise SetUpError("this Python has no pip; please install it (on Debian: apt-get install python3-venv).")


def newest_pip(folders: Iterable[Path]) -> Path | None:
    for folder in folders:
        if found := sorted(folder.glob("pip-*.whl")):
            return found[-1]
    return None


@contextlib.contextmanager
def only_one_set_up() -> Iterator[None]:
    """Two first starts at once take turns; the system drops the lock of a start that died.

    The helpers inherit the lock: when only the launcher is killed, an installation goes on without it.
    """
    try:
        lock = (HERE / ".venv.lock").open("w")
    except OSError as mistake:
        raise SetUpError(
            f"cannot write in {HERE} ({mistake.strerror}); please copy the folder to a place of yours."
        ) from None
    with lock:
        os.set_inheritable(lock.fileno(), True)
        wait_for(lock)
        yield


def wait_for(lock: IO[str]) -> None:
    if sys.platform != "win32":
        import fcntl

        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another start is setting Backstop up; waiting for it …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        return
    import msvcrt

    waiting = True
    while waiting:  # Windows gives up after ten seconds
        with contextlib.suppress(OSError):
            msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)
            waiting = False


def succeeds(command: Command, *, folder: str | None = None, **environment: str) -> bool:
    """Whatever a helper prints goes to standard error."""
    import subprocess

    clean = {**os.environ, "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1", **environment}
    done = subprocess.run(command, cwd=folder, stdout=sys.stderr, env=clean, close_fds=False, check=False)
    return done.returncode == 0


# --- The system libraries of Qt, on Linux -------------------------------------------------------


def provide_qt_libraries(platforms: Sequence[str], *, may_fetch: bool) -> None:
    """Looked for once for each set of packages and displays; after that a stamp stands for them."""
    if not sys.platform.startswith("linux"):
        return
    stamp = f"{' '.join(platforms)} {read(READY)}"
    if read(QT_READY) == stamp:
        return
    with only_one_set_up():
        fetch_until_nothing_is_missing(platforms, may_fetch=may_fetch)
        QT_READY.write_text(stamp, "utf-8")


def platform_plugins(kind: str, environment: Mapping[str, str]) -> list[str]:
    """The tests and the headless run need offscreen; a display needs its own libraries besides. What is built takes
    them all along, for displays that are not here."""
    if kind == "build":
        return ["offscreen", "xcb", "wayland"]
    return [
        "offscreen",
        *(["xcb"] if environment.get("DISPLAY") else []),
        *(["wayland"] if environment.get("WAYLAND_DISPLAY") else []),
    ]


def fetch_until_nothing_is_missing(platforms: Sequence[str], *, may_fetch: bool) -> None:
    """A library that was fetched may need others, which only then can be seen to be missing."""
    before: set[str] = set()
    while missing := missing_libraries(platforms):
        if missing == before or not may_fetch or not has_apt():
            raise SetUpError(explain_missing(missing))
        say(f"Fetching the system libraries that Qt needs: {', '.join(sorted(missing))} …")
        fetch_libraries(missing)
        before = missing


def missing_libraries(platforms: Sequence[str]) -> set[str]:
    """The sonames that the loader does not find for the parts of Qt that Backstop loads."""
    import subprocess

    qt = site_packages() / "PySide6"
    patterns = [f"Qt{module}.*so" for module in ("Core", "Gui", "Widgets", "PrintSupport", "Svg")]
    patterns += [f"Qt/plugins/platforms/libq{platform}*.so" for platform in platforms]
    parts = [path for pattern in patterns for path in qt.glob(pattern)]
    seen = subprocess.run(
        ["ldd", *parts], env=program_environment(), check=False, capture_output=True, text=True
    ).stdout
    return {line.split()[0] for line in seen.splitlines() if line.endswith("=> not found")}


def explain_missing(missing: Iterable[str]) -> str:
    packages = sorted({package_of(soname) for soname in missing})
    return (
        f"Qt needs these system libraries, which are not there: {', '.join(sorted(missing))}.\n"
        "Please install them and start again.\n"
        f"  Debian, Ubuntu: apt-get install {' '.join(packages)}\n"
        "  Fedora: dnf install glib2 libglvnd-glx libglvnd-egl fontconfig dbus-libs libxkbcommon-x11"
        " xcb-util-cursor xcb-util-wm xcb-util-keysyms\n"
        "  Arch: pacman -S glib2 libglvnd fontconfig dbus libxkbcommon-x11"
        " xcb-util-cursor xcb-util-wm xcb-util-keysyms"
    )


def package_of(soname: str) -> str:
    """Debian's rule: `libX11.so.6` lies in `libx11-6`, `libEGL.so.1` in `libegl1`."""
    name, _, version = soname.partition(".so.")
    dash = "-" if name[-1].isdigit() else ""
    return PACKAGE_OF.get(soname, f"{name}{dash}{version}".lower())


def fetch_libraries(missing: Iterable[str]) -> None:
    packages = sorted({package_of(soname) for soname in missing})
    if os.geteuid() == 0:
        install_packages(packages)
    else:
        data = [DATA_OF[package] for package in packages if package in DATA_OF]
        unpack_packages([*packages, *data], SYSTEM_LIBRARIES)


def program_environment() -> dict[str, str]:
    """Libraries that were unpacked beside the environment must be found there, and the files they read."""
    environment = dict(os.environ)
    if SYSTEM_LIBRARIES.exists():
        folders = [*SYSTEM_LIBRARIES.glob("lib/*-linux-gnu*"), *SYSTEM_LIBRARIES.glob("usr/lib/*-linux-gnu*")]
        inherited = environment.get("LD_LIBRARY_PATH", "")
        environment["LD_LIBRARY_PATH"] = os.pathsep.join([*map(str, folders), *filter(None, [inherited])])
        set_if_unpacked(environment, "FONTCONFIG_PATH", "etc/fonts")
        set_if_unpacked(environment, "XKB_CONFIG_ROOT", "usr/share/X11/xkb")
    return environment


def set_if_unpacked(environment: dict[str, str], variable: str, folder: str) -> None:
    if (SYSTEM_LIBRARIES / folder).exists() and not Path("/", folder).exists():
        environment[variable] = str(SYSTEM_LIBRARIES / folder)


# --- Debian's packages --------------------------------------------------------------------------


def has_apt() -> bool:
    import shutil

    return bool(shutil.which("apt-get") and shutil.which("dpkg-deb"))


def install_packages(packages: Sequence[str]) -> None:
    def install() -> bool:
        names = names_in_this_release(packages)
        command = ["apt-get", "install", "--quiet=2", "--yes", "--no-install-recommends", *names]
        return succeeds(command, DEBIAN_FRONTEND="noninteractive")

    if not attempt_twice(install):
        raise SetUpError(f"could not install {' '.join(packages)}; the reason stands above.")


def unpack_packages(packages: Sequence[str], target: Path) -> None:
    """Without root and without installing anything: each package is fetched and laid open in a folder."""
    import tempfile

    with tempfile.TemporaryDirectory(dir=VENV) as folder:

        def download() -> bool:
            names = names_in_this_release(packages)
            return succeeds(["apt-get", *apt_options(), "download", "--quiet=2", *names], folder=folder)

        if not attempt_twice(download):
            raise SetUpError(f"could not fetch {' '.join(packages)}; the reason stands above.")
        for package in Path(folder).glob("*.deb"):
            succeeds(["dpkg-deb", "-x", package, target])


def attempt_twice(attempt: Callable[[], bool]) -> bool:
    """A fresh machine has no package lists, an old one has stale lists: the second attempt has new ones."""
    if attempt():
        return True
    say("Renewing the package lists and trying again …")
    if os.geteuid() != 0:
        (OWN_APT / "lists/partial").mkdir(parents=True, exist_ok=True)
        (OWN_APT / "cache/archives/partial").mkdir(parents=True, exist_ok=True)
    return succeeds(["apt-get", *apt_options(), "update", "--quiet=2"]) and attempt()


def apt_options() -> list[str]:
    """Who is not root may not renew the lists of the system, but may keep some of their own."""
    if not OWN_APT.exists():
        return []
    return ["-o", f"Dir::State::lists={OWN_APT / 'lists'}", "-o", f"Dir::Cache={OWN_APT / 'cache'}"]


def names_in_this_release(packages: Iterable[str]) -> list[str]:
    """Newer releases call some packages otherwise: `libglib2.0-0` became `libglib2.0-0t64`."""
    import subprocess

    def is_known(name: str) -> bool:
        show = ["apt-cache", *apt_options(), "show", name]
        return bool(subprocess.run(show, check=False, capture_output=True).stdout)

    def name_here(package: str) -> str:
        newer = f"{package}t64"
        return newer if is_known(newer) else package

    return [name_here(package) for package in packages]


if __name__ == "__main__":
    main(sys.argv[1:])
