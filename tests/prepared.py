"""What hundreds of tests begin with, made once in a process: nothing changes the content, and a store is copied."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from db.store import Store
from desktop.clinical.case_table import Row, load_cases
from desktop.clinical.content import Content, load
from desktop.clinical.library import Library, load_library


@cache
def shipped_content() -> Content:
    return load()


@cache
def shipped_cases() -> tuple[Row, ...]:
    return tuple(load_cases(shipped_content()))


@cache
def shipped_library() -> Library:
    return load_library(shipped_content())


def open_store(folder: Path, key: bytes) -> Store:
    """A new one is a copy: making its tables takes longer than most tests."""
    folder.mkdir(parents=True, exist_ok=True)
    if not any(folder.iterdir()):
        for name, data in _empty_store(key).items():
            (folder / name).write_bytes(data)
    return Store.open(folder, key)


@cache
def _empty_store(key: bytes) -> Mapping[str, bytes]:
    with TemporaryDirectory() as folder:
        Store.open(Path(folder), key).close()
        return {file.name: file.read_bytes() for file in Path(folder).iterdir()}
