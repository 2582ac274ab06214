from pathlib import Path

import pytest

from desktop.clinical.content import Content
from desktop.reading.lexicon import load_lexicon
from desktop.reading.reader import Reader

from ..prepared import shipped_content

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def content() -> Content:
    return shipped_content()


@pytest.fixture(scope="session")
def reader(content: Content) -> Reader:
    return Reader(load_lexicon(content))
