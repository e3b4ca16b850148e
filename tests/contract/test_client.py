"""A client that openapi-python-client makes from `/openapi.json` works, and knows every answer as a type."""

import importlib
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

from afield import Server

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def generated(server: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of the generated package, which can be imported from now on."""
    folder = tmp_path_factory.mktemp("client")
    tools = Path(sys.executable).parent
    command = [
        str(tools / "openapi-python-client"),
        "generate",
        "--url",
        f"{server.url}/openapi.json",
        "--fail-on-warning",
    ]
    options = ["--meta", "none", "--config", str(HERE / "client.yaml"), "--output-path", str(folder / "afield_client")]
    # The generator tidies up with ruff, which it looks for in the path.
    environment = os.environ | {"PATH": f"{tools}:{os.environ['PATH']}"}
    ran = subprocess.run([*command, *options], env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    sys.path.insert(0, str(folder))
    return "afield_client"


@pytest.fixture
def client(generated: str, server: Server) -> Any:
    """A client of the server."""
    return importlib.import_module(generated).Client(base_url=server.url)


def operation(generated: str, name: str) -> ModuleType:
    """The module of an operation, such as `ideas.search`."""
    return importlib.import_module(f"{generated}.api.{name}")


def model(generated: str, name: str) -> type:
    """The type of an answer."""
    return getattr(importlib.import_module(f"{generated}.models"), name)


def test_search(generated: str, client: Any) -> None:
    """Hits are objects, in both ways to ask."""
    asked = operation(generated, "ideas.search").sync(
        client=client, q="our branches are losing footfall", for_="banking", limit=3
    )
    assert isinstance(asked, model(generated, "Search"))
    assert len(asked.hits) == 3
    assert all(isinstance(hit, model(generated, "Hit")) for hit in asked.hits)
    assert all(hit.sector.id != "banking" and hit.outcome.value for hit in asked.hits)

    body = model(generated, "SearchRequest")(q="our branches are losing footfall", for_="banking", limit=3)
    posted = operation(generated, "ideas.search_with_body").sync(client=client, body=body)
    assert [hit.id for hit in posted.hits] == [hit.id for hit in asked.hits]
    assert posted.index.generation == asked.index.generation


def test_case(generated: str, client: Any) -> None:
    """A hit leads to its case, its relatives and its reasons."""
    brief = "our branches are losing footfall"
    hit = operation(generated, "ideas.search").sync(client=client, q=brief, for_="banking", limit=1).hits[0]
    case = operation(generated, "cases.case").sync(hit.id, client=client)
    assert isinstance(case, model(generated, "Case"))
    assert (case.id, case.title, case.organisation) == (hit.id, hit.title, hit.organisation)
    assert case.sections and case.sources
    related = operation(generated, "cases.related").sync(hit.id, client=client, limit=2)
    assert len(related.hits) == 2
    why = operation(generated, "ideas.why").sync(client=client, id=hit.id, q=brief, for_="banking")
    assert (why.place, why.case.id, why.obstacles) == (1, hit.id, [])


def test_vocabulary(generated: str, client: Any) -> None:
    """Sectors and signals can be walked."""
    sectors = operation(generated, "vocabulary.sectors").sync(client=client).sectors
    pressed = operation(generated, "vocabulary.sector").sync(sectors[0].sector.id, client=client)
    assert pressed.sector.id == sectors[0].sector.id
    signals = operation(generated, "vocabulary.signals").sync(client=client).signals
    assert operation(generated, "vocabulary.signal").sync(signals[0].id, client=client).id == signals[0].id


def test_problems(generated: str, client: Any) -> None:
    """What goes wrong is an object too."""
    wrong = operation(generated, "ideas.search").sync(client=client, q="footfall", limit=1_000)
    assert isinstance(wrong, model(generated, "Problem"))
    assert (wrong.status, wrong.code, wrong.errors[0].pointer) == (400, "invalid_request", "#/limit")
    missed = operation(generated, "cases.case").sync("no-such-case", client=client)
    assert (missed.status, missed.code) == (404, "unknown_case")


def test_every_operation_has_a_module(generated: str, client: Any, server: Server) -> None:
    """The generator passed over nothing."""
    for path, item in httpx.get(f"{server.url}/openapi.json").json()["paths"].items():
        for asked in item.values():
            name = f"{asked['tags'][0]}.{asked['operationId']}"
            assert hasattr(operation(generated, name), "sync_detailed"), path
