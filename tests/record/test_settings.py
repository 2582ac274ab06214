"""Which folder counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.settings import settings_for


@pytest.mark.parametrize(
    ("asked", "environ", "folder"),
    [
        (Path("/a"), {"BACKSTOP_STORE": "/b"}, Path("/a")),
        (None, {"BACKSTOP_STORE": "/b"}, Path("/b")),
        (Path("~/a"), {}, Path("~/a").expanduser()),
        (Path("a"), {}, Path.cwd() / "a"),
    ],
)
def test_the_folder_of_the_stores(asked: Path | None, environ: dict[str, str], folder: Path) -> None:
    settings = settings_for(asked, environ)
    assert settings.store == folder
    assert settings.demonstration == folder / "demonstration"


@pytest.mark.parametrize("environ", [{}, {"BACKSTOP_STORE": ""}])
def test_without_a_word_it_is_the_platforms_own(environ: dict[str, str]) -> None:
    settings = settings_for(environ=environ)
    assert settings.store == settings.data
    assert {"Backstop"} <= set(settings.data.parts)
