"""Where a store may lie."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from db import folder as places
from db.errors import NetworkFolder, NotAFolder, ReadOnlyFolder, ReadOnlyStore, StoreError, UnopenedStore, UnsafeFolder
from db.store import FILE, Store

KEY = bytes(range(32))
NOBODY = 65534
LINUX = """\
/dev/sda1 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
systemd-1 /home/shared autofs rw 0 0
server:/home /home/shared nfs4 rw 0 0
//server/gp /mnt/the\\040practice cifs rw 0 0
/dev/sdb1 /mnt/the\\040practice/stick vfat rw 0 0
me@server: /home/me/remote fuse.sshfs rw 0 0
"""
MAC = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//gp@server/share on /Volumes/The practice (smbfs, nodev, nosuid, mounted by gp)
"""


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/home/me", "ext4"),
        ("/home/sharedness", "ext4"),
        ("/home/shared/gp", "nfs4"),
        ("/mnt/the practice", "cifs"),
        ("/mnt/the practice/stick/store", "vfat"),
        ("/home/me/remote/x", "fuse.sshfs"),
    ],
)
def test_the_innermost_mount_counts(place: str, kind: str) -> None:
    assert places.file_system(Path(place), places.linux_mounts(LINUX)) == kind


def test_the_table_of_a_mac() -> None:
    table = places.bsd_mounts(MAC)
    assert table == [("/", "apfs"), ("/Volumes/The practice", "smbfs")]


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs"])
def test_a_network_drive_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(places, "mounts", lambda: [("/", "ext4"), (str(folder.parent), kind)])
    with pytest.raises(NetworkFolder, match="network drive"):
        Store.open(folder, KEY)
    assert not folder.exists()


def test_a_link_to_a_network_drive_is_refused(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "remote").mkdir()
    folder.symlink_to(tmp_path / "remote")
    monkeypatch.setattr(places, "mounts", lambda: [("/", "ext4"), (str(tmp_path / "remote"), "nfs")])
    with pytest.raises(NetworkFolder):
        Store.open(folder, KEY)


def test_this_machine_has_a_table_and_its_temporary_folder_is_local(folder: Path) -> None:
    table = places.mounts()
    # In a changed root the disk itself stands in no table.
    assert places.file_system(folder, table) != "" or (table and "/" not in dict(table))
    assert not places.is_on_network(folder)


@pytest.mark.parametrize("below", ["", "deeper"])
def test_a_file_in_the_place_of_the_folder_is_refused(folder: Path, below: str) -> None:
    folder.write_text("a letter", encoding="utf-8")
    with pytest.raises(NotAFolder):
        Store.open(folder / below, KEY)
    assert folder.read_text(encoding="utf-8") == "a letter"


def test_a_circle_of_links_is_refused(folder: Path) -> None:
    folder.symlink_to(folder)
    with pytest.raises(NotAFolder):
        Store.open(folder, KEY)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may write anywhere, so root becomes somebody else for a moment."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such disks there")
def test_a_disk_that_knows_no_locks_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", no_locks)
    with pytest.raises(UnsafeFolder):
        Store.open(folder, KEY)


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """Not under `tmp_path`, which only its owner may enter."""
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o777)
        yield Path(made)
        Path(made).chmod(0o777)


def test_a_folder_that_may_only_be_read_is_refused(open_to_all: Path) -> None:
    Store.open(open_to_all, KEY).close()
    before = sorted(os.listdir(open_to_all))
    (open_to_all / "backstop.lock").chmod(0o444)
    open_to_all.chmod(0o555)
    for place in (open_to_all, open_to_all / "new"):
        with as_nobody(), pytest.raises(ReadOnlyFolder, match="can't be written to"):
            Store.open(place, KEY)
    assert sorted(os.listdir(open_to_all)) == before


def test_a_file_that_may_only_be_read_is_refused(open_to_all: Path) -> None:
    Store.open(open_to_all, KEY).close()
    (open_to_all / "backstop.lock").chmod(0o666)
    (open_to_all / FILE).chmod(0o444)
    with as_nobody(), pytest.raises(ReadOnlyStore, match="may only be read"):
        Store.open(open_to_all, KEY)


def test_a_folder_where_no_file_can_be_added_is_refused(open_to_all: Path) -> None:
    """Its files may be written to, but SQLite needs two more beside them."""
    Store.open(open_to_all, KEY).close()
    for path in open_to_all.iterdir():
        path.chmod(0o666)
    open_to_all.chmod(0o555)
    with as_nobody(), pytest.raises(ReadOnlyStore, match="or its folder"):
        Store.open(open_to_all, KEY)


def test_a_file_that_may_not_be_read_is_refused(open_to_all: Path) -> None:
    Store.open(open_to_all, KEY).close()
    (open_to_all / "backstop.lock").chmod(0o666)
    (open_to_all / FILE).chmod(0o000)
    with as_nobody(), pytest.raises(UnopenedStore, match="can't be opened"):
        Store.open(open_to_all, KEY)


def every_error() -> list[type[StoreError]]:
    return StoreError.__subclasses__()


@pytest.mark.parametrize("kind", every_error(), ids=lambda kind: kind.__name__)
def test_every_error_says_what_happened_what_is_safe_and_what_to_do(kind: type[StoreError]) -> None:
    error = kind("/a/{strange}\nplace")
    assert error.title
    assert error.safe.endswith(".")
    assert error.todo.endswith(".")
    assert len(str(error).splitlines()) == 1
    assert "{place}" not in str(error)


def test_each_error_has_words_of_its_own() -> None:
    assert len({kind.title for kind in every_error()}) == len(every_error()) > 10
