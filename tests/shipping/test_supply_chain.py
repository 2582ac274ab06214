"""What is given away can be compared: sums, and a wheel that two people build alike."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from pathlib import Path

import pytest

from desktop.shipping import sums, wheel


def test_sums_are_those_of_what_is_given_away(tmp_path: Path) -> None:
    (tmp_path / "b.whl").write_bytes(b"two")
    (tmp_path / "a.deb").write_bytes(b"one")
    (tmp_path / "notes.txt").write_bytes(b"kept at home")
    sums.main(tmp_path)
    told = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in (("a.deb", b"one"), ("b.whl", b"two"))]
    assert (tmp_path / sums.NAME).read_text() == "".join(told)


def test_an_empty_folder_has_no_sums(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="nothing to give away"):
        sums.main(tmp_path)


@pytest.mark.heavy
def test_two_wheels_of_two_folders_are_the_same(tmp_path: Path) -> None:
    """Nothing of the place or the moment is in it."""
    copies = [tmp_path / name for name in ("one", "another place")]
    for copy in copies:
        shutil.copytree(wheel.ROOT, copy, ignore=shutil.ignore_patterns(".*", "build", "__pycache__"))
    made = [wheel.build(tmp_path / f"made-{number}", copy) for number, copy in enumerate(copies)]
    assert sums.digest(made[0]) == sums.digest(made[1])
    folders = {"/".join(Path(name).parts[:2]) for name in zipfile.ZipFile(made[0]).namelist()}
    assert "desktop/ui" in folders
    assert "desktop/shipping" not in folders
