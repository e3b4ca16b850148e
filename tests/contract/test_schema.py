"""The server keeps to `/openapi.json`: for requests made from it by schemathesis, for everything in the corpus, and
for those who have no key."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator

from afield import CORPUS, ROOT, Server, binary

HERE = Path(__file__).parent
FEWEST_REQUESTS = 2_000

Json = dict[str, Any]


@pytest.fixture(scope="module")
def document(server: Server) -> Json:
    """What the server says of itself."""
    return httpx.get(f"{server.url}/openapi.json").raise_for_status().json()


def test_generated_requests(server: Server, tmp_path: Path) -> None:
    """No server error and nothing undocumented, in thousands of requests that are right or wrong on purpose."""
    report = tmp_path / "report.json"
    st = [str(Path(sys.executable).with_name("st")), "--config-file", str(HERE / "schemathesis.toml")]
    options = ["--continue-on-failure", "--report", "json", "--report-json-path", str(report)]
    ran = subprocess.run(
        [*st, "run", f"{server.url}/openapi.json", *options], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    told = "\n".join(line[:400] for line in ran.stdout.splitlines())
    assert ran.returncode == 0, told + ran.stderr
    found = json.loads(report.read_text())
    requests = found["test_cases"]["generated"]
    print(f"{requests} requests to {found['operations']['tested']} operations")
    assert requests >= FEWEST_REQUESTS


def get_all(server: Server) -> Iterator[tuple[str, str, httpx.QueryParams]]:
    """Template, path and query of every thing that the corpus has, and of each judged topic."""
    ids = [path.stem for path in CORPUS.glob("cases/*/*.md")]
    topics = [json.loads(line) for line in (ROOT / "tests/quality/topics.jsonl").read_text().splitlines()]
    with httpx.Client(base_url=server.url) as client:
        sectors = [each["sector"]["id"] for each in client.get("/v1/sectors").json()["sectors"]]
        signals = [each["id"] for each in client.get("/v1/signals").json()["signals"]]
    for path in ("sectors", "signals", "mechanisms", "facets"):
        yield f"/v1/{path}", f"/v1/{path}", httpx.QueryParams()
    for kind, named in [("cases", ids), ("sectors", sectors), ("signals", signals)]:
        for each in named:
            yield f"/v1/{kind}/{{id}}", f"/v1/{kind}/{each}", httpx.QueryParams()
    for each in ids:
        yield "/v1/cases/{id}/related", f"/v1/cases/{each}/related", httpx.QueryParams()
    for place, topic in enumerate(topics):
        brief = {"q": topic["text"], "for": topic["for"]}
        yield "/v1/search", "/v1/search", httpx.QueryParams({**brief, "limit": 100})
        yield (
            "/v1/search",
            "/v1/search",
            httpx.QueryParams({**brief, "plain": "true", "as_of": "2015-06", "evidence": "A"}),
        )
        yield "/v1/why", "/v1/why", httpx.QueryParams({**brief, "id": ids[place]})
        yield "/v1/suggest", "/v1/suggest", httpx.QueryParams({"q": topic["text"].split()[0], "limit": 100})


def test_everything_there_is(server: Server, document: Json) -> None:
    """Whatever the corpus has is answered as documented, with nothing beside."""
    wrong, asked = [], 0
    validators: dict[str, Draft202012Validator] = {}
    with httpx.Client(base_url=server.url) as client:
        for template, path, query in get_all(server):
            answer = client.get(path, params=query)
            asked += 1
            if answer.status_code != 200:
                wrong.append(f"{answer.url}: {answer.text}")
                continue
            if template not in validators:
                validators[template] = Draft202012Validator(response_schema(document, template))
            errors = validators[template].iter_errors(answer.json())
            wrong += [f"{answer.url}: {error.json_path}: {error.message}" for error in errors]
    print(f"{asked} requests")
    assert not wrong, "\n".join(each[:400] for each in wrong[:20])


def response_schema(document: Json, template: str) -> Json:
    """The schema of what a path answers; it takes no undocumented field."""
    response = document["paths"][template]["get"]["responses"]["200"]
    components = document["components"]
    return {**response["content"]["application/json"]["schema"], "components": closed(components), "open": components}


def closed(schema: Any) -> Any:
    """A schema that takes no undocumented field; the parts of a composed one do not know of each other."""
    match schema:
        case {"allOf": list(parts)}:
            opened = [
                {"$ref": part["$ref"].replace("#/components/", "#/open/")} if "$ref" in part else part for part in parts
            ]
            return {"allOf": opened, "unevaluatedProperties": False}
        case {"type": "object", "properties": _}:
            return {"additionalProperties": False, **{key: closed(value) for key, value in schema.items()}}
        case dict():
            return {key: closed(value) for key, value in schema.items()}
        case list():
            return [closed(each) for each in schema]
        case _:
            return schema


def test_keys(document: Json, index: Path, tmp_path: Path) -> None:
    """Where there are keys, exactly the documented operations want one."""
    keys = tmp_path / "keys.toml"
    new = [str(binary()), "keys", "new", "contract", "--scope", "read", "--scope", "metrics", "--keys", str(keys)]
    key = subprocess.run(new, capture_output=True, text=True, check=True).stdout.strip()
    with Server(CORPUS, index, "--keys", str(keys)) as server, httpx.Client(base_url=server.url) as client:
        for path, item in document["paths"].items():
            for method, operation in item.items():
                wants_key = "security" in operation
                for sent, code in [(None, "missing_key"), ("afield_wrong", "invalid_key"), (key, None)]:
                    headers = {"Authorization": f"Bearer {sent}"} if sent else {}
                    answer = client.request(method, path.replace("{id}", "nothing"), headers=headers)
                    refused = answer.json().get("code") if answer.status_code == 401 else None
                    assert refused == (code if wants_key else None), f"{method} {path}: {answer.text}"
