"""Where a store may lie, and the lock that lets one process write there."""

from __future__ import annotations

import errno
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.errors import DiskFull, NetworkFolder, NotAFolder, ReadOnlyFolder, StoreError, StoreInUse, UnsafeFolder

LOCK = "backstop.lock"
NETWORK = {
    *("afpfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "davfs2", "glusterfs", "gpfs", "lustre"),
    *("ncpfs", "nfs", "nfs4", "smb2", "smb3", "smbfs", "webdav"),
    *("fuse.curlftpfs", "fuse.davfs", "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.rclone", "fuse.s3fs"),
    "fuse.sshfs",
}
WINDOWS_REMOTE_DRIVE = 4

if sys.platform == "win32":
    import ctypes
    import msvcrt
else:
    import fcntl


class Lock:
    """The system lets go of it when the process ends, however it ends; the empty file stays."""

    def __init__(self, folder: Path) -> None:
        with told_of(folder):
            self._file = (folder / LOCK).open("ab")
        try:
            self._take()
        except OSError as error:
            self._file.close()
            held = isinstance(error, BlockingIOError | PermissionError)  # and else the disk knows no locks
            raise (StoreInUse if held else UnsafeFolder)(folder) from error

    def release(self) -> None:
        self._file.close()

    if sys.platform == "win32":

        def _take(self) -> None:
            self._file.seek(0)
            msvcrt.locking(self._file.fileno(), msvcrt.LK_NBLCK, 1)

    else:

        def _take(self) -> None:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def claim(folder: Path) -> Lock:
    """Make the folder if need be and take its lock, or say why a store can't lie there."""
    with told_of(folder):
        if is_on_network(folder):
            raise NetworkFolder(folder)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Lock(folder)


@contextmanager
def told_of(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, RuntimeError) as error:  # RuntimeError: how Python before 3.13 reports a circle of links
        raise _reason(error)(folder) from error


def _reason(error: OSError | RuntimeError) -> type[StoreError]:
    number = getattr(error, "errno", errno.ELOOP)
    if number in (errno.EEXIST, errno.ENOTDIR, errno.ELOOP):
        return NotAFolder
    return DiskFull if number in (errno.ENOSPC, errno.EDQUOT) else ReadOnlyFolder


def is_on_network(folder: Path) -> bool:
    place = folder.resolve()
    if sys.platform == "win32":
        return _is_remote_drive(place)
    return file_system(place, mounts()) in NETWORK


def file_system(place: Path, table: list[tuple[str, str]]) -> str:
    """The kind of the innermost mount that holds the place; on one point the later hides the earlier."""
    kind, depth = "", -1
    for point, found in table:
        if place.is_relative_to(point) and len(Path(point).parts) >= depth:
            kind, depth = found, len(Path(point).parts)
    return kind


def mounts() -> list[tuple[str, str]]:
    """Each mount point with the kind of its file system, in the order of mounting."""
    if sys.platform == "linux":
        return linux_mounts(Path("/proc/self/mounts").read_text(errors="surrogateescape"))
    import subprocess  # of no use but on a Mac

    return bsd_mounts(subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=True).stdout)


def linux_mounts(table: str) -> list[tuple[str, str]]:
    rows = (line.split(" ") for line in table.splitlines())
    return [(_unescaped(row[1]), row[2]) for row in rows if len(row) > 2]


def bsd_mounts(table: str) -> list[tuple[str, str]]:
    return re.findall(r"^.+? on (.+) \((\w+)[,)]", table, flags=re.MULTILINE)


def _unescaped(point: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), point)


if sys.platform == "win32":

    def _is_remote_drive(place: Path) -> bool:
        if place.drive.startswith("\\\\"):
            return True
        return bool(ctypes.windll.kernel32.GetDriveTypeW(place.anchor) == WINDOWS_REMOTE_DRIVE)
