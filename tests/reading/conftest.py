from pathlib import Path

import pytest

from desktop.clinical.content import Content, load
from desktop.reading.lexicon import load_lexicon
from desktop.reading.reader import Reader

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def content() -> Content:
    return load()


@pytest.fixture(scope="session")
def reader(content: Content) -> Reader:
    return Reader(load_lexicon(content))
