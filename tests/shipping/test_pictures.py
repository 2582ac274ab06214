"""The pictures of the manual are those of the program as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.shipping.pictures import FOLDER, draw, named


def test_each_picture_is_shown_and_each_that_is_shown_is_there() -> None:
    assert sorted(file.stem for file in FOLDER.glob("*.png")) == named()
    assert len(named()) > 8


@pytest.mark.heavy
@pytest.mark.timeout(600)
def test_they_are_what_the_program_shows_now(tmp_path: Path) -> None:
    """Byte for byte. If not: `python -m desktop.shipping.pictures`, and look at what changed."""
    draw(named(), tmp_path)
    assert [
        name for name in named() if (tmp_path / f"{name}.png").read_bytes() != (FOLDER / f"{name}.png").read_bytes()
    ] == []
