"""A power cut, simulated: the system calls of a process are replayed up to some moment, and what had not been synced
by then is lost, kept, or torn in pieces of 512 bytes.

The model. Content: what was written before the last sync of that file stays; of what was written after it any part may
be there. Names: making, renaming, linking and deleting happen in their order, and those before the last sync of the
folder (or, for a new file's name, of the file) stay; of the later ones the first few may be there. It is a model, not
a disk: a drive that says it has synced and has not is worse.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

TRACED = (
    "open,openat,creat,close,dup,dup2,dup3,fcntl,lseek,write,pwrite64,writev,pwritev,ftruncate,truncate,fsync,fdatasync,"
    "sync_file_range,rename,renameat,renameat2,unlink,unlinkat,rmdir,link,linkat,mkdir,mkdirat,symlink,symlinkat,"
    "copy_file_range,sendfile"
)
NOT_REPLAYED = ("symlink", "symlinkat", "copy_file_range", "sendfile", "writev", "pwritev", "dup", "dup2", "dup3")
CALL = re.compile(r"^\d+\s+(\w+)\((.*)\)\s+= (-?\d+)(?: .*)?$")
UNFINISHED = re.compile(r"^(\d+)\s+(.*) <unfinished \.\.\.>$")
RESUMED = re.compile(r"^(\d+)\s+<\.\.\. \w+ resumed>(.*)$")
SECTOR = 512


@dataclass
class Inode:
    """`synced` is on the disk; `since` was written after that, as (place, bytes), a length alone as (place, None)."""

    synced: bytes = b""
    since: list[tuple[int, bytes | None]] = field(default_factory=list)

    def sync(self) -> None:
        self.synced, self.since = self.content(len(self.since)), []

    def content(self, first: int, torn: random.Random | None = None) -> bytes:
        data = bytearray(self.synced)
        for number, (place, piece) in enumerate(self.since):
            if number < first:
                _apply(data, place, piece)
            elif torn and torn.random() < 0.5:
                _tear(data, place, piece, torn)
        return bytes(data)


@dataclass
class Disk:
    """`kept` are the names that are on the disk for good; `now` those that the process sees; between them `steps`."""

    kept: dict[str, Inode] = field(default_factory=dict)
    now: dict[str, Inode] = field(default_factory=dict)
    steps: list[tuple[str, str, Inode | None]] = field(default_factory=list)

    def name(self, path: str, inode: Inode | None) -> None:
        """None takes the name away."""
        self.steps.append((os.path.dirname(path), path, inode))
        _name(self.now, path, inode)

    def keep_folder(self, folder: str) -> None:
        """In order: an earlier step elsewhere is kept with it, as a journal does."""
        last = max((number for number, step in enumerate(self.steps) if step[0] == folder), default=-1)
        self._keep(last + 1)

    def keep_file(self, inode: Inode) -> None:
        inode.sync()
        made = [number for number, (_, path, named) in enumerate(self.steps) if named is inode]
        if made and not any(each is inode for each in self.kept.values()):
            self._keep(made[0] + 1)

    def image(self, chance: random.Random | None = None) -> dict[str, bytes]:
        """What is found after the cut: at the least, or with a random part of what was not synced."""
        names = dict(self.kept)
        for _, path, inode in self.steps[: chance.randint(0, len(self.steps)) if chance else 0]:
            _name(names, path, inode)
        return {
            path: inode.content(chance.randint(0, len(inode.since)) if chance else 0, chance)
            for path, inode in names.items()
        }

    def _keep(self, first: int) -> None:
        for _, path, inode in self.steps[:first]:
            _name(self.kept, path, inode)
        del self.steps[:first]


def traced(name: str, folder: Path, trace: Path, way: str = "") -> None:
    """Runs a job of jobs.py and writes down its system calls."""
    command = ["strace", "-f", "-xx", "-s", "4000000", "-e", f"trace={TRACED}", "-o", str(trace)]
    jobs = str(Path(__file__).with_name("jobs.py"))
    subprocess.run([*command, sys.executable, jobs, name, str(folder), way], check=True, capture_output=True)


def moments(trace: Path, folder: Path, before: dict[str, bytes]) -> Iterator[tuple[Disk, list[str], str]]:
    """The disk after each call that changes something under `folder`, and what the process had said by then."""
    disk = Disk()
    for path, data in before.items():
        disk.kept[path] = disk.now[path] = Inode(data)
    replay = _Replay(disk, str(folder))
    for call, arguments, result in _calls(trace):
        if replay.step(call, arguments, result):
            yield disk, replay.said, call


def files_under(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def write_image(image: dict[str, bytes], folder: Path, to: Path) -> None:
    """The index of the changes (-shm) lives in memory and is made again."""
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    for path, data in image.items():
        if not path.endswith("-shm"):
            target = to / Path(path).relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)


class _Replay:
    def __init__(self, disk: Disk, folder: str) -> None:
        self.disk, self._folder = disk, folder
        self.said: list[str] = []
        self._open: dict[int, tuple[str, Inode | None]] = {}
        self._place: dict[int, int] = {}

    def step(self, call: str, arguments: list[str], result: int) -> bool:
        """Whether it changed something that a power cut could find."""
        if result < 0:
            return False
        if call in NOT_REPLAYED and any(self._folder in _text(each) for each in arguments):
            raise NotImplementedError(call)
        done = getattr(self, f"_{call}", None)
        return bool(done and done(arguments, result))

    def _openat(self, arguments: list[str], number: int) -> bool:
        path, flags = _path(arguments[1], arguments[0]), arguments[2]
        if not path.startswith(self._folder):
            self._open.pop(number, None)
            return False
        inode, made = self.disk.now.get(path), False
        if inode is None and "O_CREAT" in flags:
            inode, made = Inode(), True
            self.disk.name(path, inode)
        if inode is not None and "O_TRUNC" in flags:
            inode.since.append((0, None))
        self._open[number], self._place[number] = (path, inode), 0
        return made

    def _open_(self, arguments: list[str], number: int) -> bool:
        return self._openat(["AT_FDCWD", *arguments], number)

    def _close(self, arguments: list[str], result: int) -> bool:
        self._open.pop(int(arguments[0]), None)
        return False

    def _lseek(self, arguments: list[str], result: int) -> bool:
        self._place[int(arguments[0])] = result
        return False

    def _write(self, arguments: list[str], result: int) -> bool:
        number = int(arguments[0])
        if number == 1:
            self.said += _bytes(arguments[1]).decode().split("\n")
            self.said = [line for line in self.said if line]
            return True
        if number not in self._open:
            return False
        place = self._place.get(number, 0)
        self._place[number] = place + result
        return self._put(number, place, _bytes(arguments[1])[:result])

    def _pwrite64(self, arguments: list[str], result: int) -> bool:
        return self._put(int(arguments[0]), int(arguments[3]), _bytes(arguments[1])[:result])

    def _put(self, number: int, place: int, data: bytes) -> bool:
        _, inode = self._open.get(number, ("", None))
        if inode is not None:
            inode.since.append((place, data))
        return inode is not None

    def _ftruncate(self, arguments: list[str], result: int) -> bool:
        _, inode = self._open.get(int(arguments[0]), ("", None))
        if inode is not None:
            inode.since.append((int(arguments[1]), None))
        return inode is not None

    def _fsync(self, arguments: list[str], result: int) -> bool:
        path, inode = self._open.get(int(arguments[0]), ("", None))
        if inode is not None:
            self.disk.keep_file(inode)
        elif path:
            self.disk.keep_folder(path)
        return bool(path)

    _fdatasync = _fsync

    def _rename(self, arguments: list[str], result: int) -> bool:
        return self._move(_path(arguments[0]), _path(arguments[1]))

    def _renameat(self, arguments: list[str], result: int) -> bool:
        return self._move(_path(arguments[1], arguments[0]), _path(arguments[3], arguments[2]))

    _renameat2 = _renameat

    def _move(self, old: str, new: str) -> bool:
        """A folder takes all that is in it along, in one step."""
        moved = [path for path in self.disk.now if path == old or path.startswith(f"{old}/")]
        if not moved:
            return False
        if moved == [old]:
            self.disk.steps.append((os.path.dirname(new), f"{old}\0{new}", self.disk.now[old]))
        else:
            self.disk.steps.append((os.path.dirname(new), f"{old}\0{new}\0", None))
        _name(self.disk.now, *self.disk.steps[-1][1:])
        return True

    def _unlink(self, arguments: list[str], result: int) -> bool:
        path = _path(arguments[0])
        if path in self.disk.now:
            self.disk.name(path, None)
            return True
        return False

    def _unlinkat(self, arguments: list[str], result: int) -> bool:
        return self._unlink([_quoted(_path(arguments[1], arguments[0], self._open))], result)

    def _link(self, arguments: list[str], result: int) -> bool:
        inode = self.disk.now.get(_path(arguments[0]))
        if inode is not None:
            self.disk.name(_path(arguments[1]), inode)
        return inode is not None

    def _linkat(self, arguments: list[str], result: int) -> bool:
        return self._link([arguments[1], arguments[3]], result)


def _name(names: dict[str, Inode], path: str, inode: Inode | None) -> None:
    if "\0" not in path:
        if inode is None:
            names.pop(path, None)
        else:
            names[path] = inode
        return
    old, new, *whole = path.split("\0")
    for each in [each for each in names if each == old or (whole and each.startswith(f"{old}/"))]:
        names[new + each[len(old) :]] = names.pop(each)


def _apply(data: bytearray, place: int, piece: bytes | None) -> None:
    if piece is None:
        del data[place:]
        data.extend(bytes(place - len(data)))
        return
    data.extend(bytes(max(0, place - len(data))))
    data[place : place + len(piece)] = piece


def _tear(data: bytearray, place: int, piece: bytes | None, chance: random.Random) -> None:
    if piece is None:
        return
    for start in range(0, len(piece), SECTOR):
        if chance.random() < 0.5:
            _apply(data, place + start, piece[start : start + SECTOR])


def _calls(trace: Path) -> Iterator[tuple[str, list[str], int]]:
    begun: dict[str, str] = {}
    with trace.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if unfinished := UNFINISHED.match(line):
                begun[unfinished[1]] = line[: line.rindex(" <unfinished")]
                continue
            if resumed := RESUMED.match(line):
                line = begun.pop(resumed[1], "") + resumed[2]
            if call := CALL.match(line):
                name = "open_" if call[1] == "open" else call[1]
                yield name, _split(call[2]), int(call[3])


def _split(arguments: str) -> list[str]:
    return [each.strip() for each in re.findall(r'(?:"[^"]*"|[^,])+', arguments)]


def _bytes(quoted: str) -> bytes:
    return bytes.fromhex(quoted[quoted.index('"') + 1 : quoted.rindex('"')].replace("\\x", ""))


def _text(quoted: str) -> str:
    return _bytes(quoted).decode(errors="replace") if '"' in quoted else quoted


def _quoted(path: str) -> str:
    return '"' + "".join(f"\\x{byte:02x}" for byte in path.encode()) + '"'


def _path(quoted: str, folder: str = "AT_FDCWD", opened: dict[int, tuple[str, Inode | None]] | None = None) -> str:
    path = _text(quoted)
    if not os.path.isabs(path) and folder.isdigit() and opened:
        return os.path.join(opened.get(int(folder), ("", None))[0], path)
    return path
