"""A server over the shipped corpus, for all tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from afield import CORPUS, Server, binary


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index that all servers of a run share."""
    return tmp_path_factory.mktemp("index")


@pytest.fixture(scope="session")
def server(index: Path) -> Iterator[Server]:
    """A server that needs no key."""
    with Server(CORPUS, index) as running:
        yield running


@pytest.fixture(scope="session")
def command(index: Path) -> list[str]:
    """The command line up to the verb."""
    return [str(binary()), "--quiet", "--corpus", str(CORPUS), "--index", str(index)]
