"""The shipped content, and copies of it to plant mistakes in."""

import shutil
from pathlib import Path

import pytest

from desktop.clinical.content import Content
from resources import FOLDER

from ..prepared import shipped_content

PARTS = ("checklist", "rules", "cases", "citations", "pathways")


@pytest.fixture(scope="session")
def content() -> Content:
    return shipped_content()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for part in PARTS:
        shutil.copytree(FOLDER / part, tmp_path / part)
    return tmp_path


@pytest.fixture
def plant(copy: Path):
    """Replaces text in a copied file, once; returns the folder to load."""

    def planted(file: str, old: str, new: str) -> Path:
        path = copy / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} no longer holds {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return copy

    return planted
