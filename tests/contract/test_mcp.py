"""Agents get on with the server: the official MCP client, on standard input and output and over HTTP.

The client itself holds the structured content of every result to the output schema of its tool.
"""

import asyncio
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from mcp import Client, MCPError, StdioServerParameters
from mcp.types import CallToolResult, TextContent

from afield import Server

BRIEF = "our branches are losing footfall"


@pytest.fixture(params=["stdio", "http"])
def door(request: pytest.FixtureRequest, command: list[str], server: Server) -> StdioServerParameters | str:
    """What a client needs to know of the server: a command, or an address."""
    if request.param == "http":
        return f"{server.url}/mcp"
    return StdioServerParameters(command=command[0], args=[*command[1:], "mcp"])


@pytest.fixture(params=["auto", "legacy"])
def connect(request: pytest.FixtureRequest, door: StdioServerParameters | str) -> Any:
    """Opens a client, by the newest protocol that both know and by the handshake of older ones."""
    return lambda: Client(door, mode=request.param, read_timeout_seconds=30)


async def structured(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    """What a tool answers as data; its text says the same."""
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result
    assert result.structured_content is not None
    return result.structured_content


def text(result: CallToolResult) -> str:
    """The words of a result."""
    return "\n".join(block.text for block in result.content if isinstance(block, TextContent))


def test_introduction(connect: Any) -> None:
    """The server says who it is, what it is for, and what each tool takes and answers."""

    async def talk() -> None:
        async with connect() as client:
            assert client.server_info.name == "afield"
            assert "inspire" in (client.instructions or "")
            tools = {tool.name: tool for tool in (await client.list_tools()).tools}
            assert sorted(tools) == ["case", "fetch", "inspire", "search", "sectors"]
            for tool in tools.values():
                assert tool.title and tool.description and tool.output_schema
                assert tool.annotations and tool.annotations.read_only_hint
                for schema in (tool.input_schema, tool.output_schema):
                    Draft202012Validator.check_schema(schema)
                    assert schema["type"] == "object"
            assert all("description" in each for each in tools["inspire"].input_schema["properties"].values())

    asyncio.run(talk())


def test_each_tool(connect: Any) -> None:
    """Each tool answers, and leads to the next."""

    async def talk() -> None:
        async with connect() as client:
            await client.list_tools()
            ideas = await structured(client, "inspire", q=BRIEF, **{"for": "banking"}, limit=3)
            first = ideas["hits"][0]
            assert len(ideas["hits"]) == 3
            case = await structured(client, "case", id=first["id"])
            assert case["title"] == first["title"]
            results = (await structured(client, "search", query=BRIEF))["results"]
            fetched = await structured(client, "fetch", id=results[0]["id"])
            assert fetched["title"] == results[0]["title"]
            assert len(fetched["text"]) > 500
            sectors = (await structured(client, "sectors"))["sectors"]
            one = await structured(client, "sectors", id=sectors[0]["sector"]["id"], as_of="2020-06")
            assert one["sector"] == sectors[0]["sector"]

    asyncio.run(talk())


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("inspire", {"q": BRIEF, "limit": 1_000}, "`limit` is `1000`, expected a whole number from 1 to 100"),
        ("inspire", {"q": BRIEF, "for": "bankng"}, "`banking`"),
        ("inspire", {"q": BRIEF, "sectors": ["banking"]}, "did you mean `sector`?"),
        ("inspire", {}, "`q` is missing"),
        ("search", {"query": " "}, "`query` is empty"),
        ("fetch", {"id": "no-such-case"}, "no-such-case"),
        ("case", {"id": 7}, "`id` is `7`, expected a text"),
        ("sectors", {"as_of": "soon"}, "`as_of` is `soon`, expected a date"),
    ],
)
def test_errors_can_be_acted_on(connect: Any, tool: str, arguments: dict[str, Any], told: str) -> None:
    """A bad argument is told in words, as a result of the tool: agents read those."""

    async def talk() -> None:
        async with connect() as client:
            await client.list_tools()
            result = await client.call_tool(tool, arguments)
            assert result.is_error
            assert told in text(result)

    asyncio.run(talk())


def test_unknown_tool(connect: Any) -> None:
    """There is no such tool, but there are others."""

    async def talk() -> None:
        async with connect() as client:
            with pytest.raises(MCPError, match=r"there is no tool `inspier`.*`inspire`"):
                await client.call_tool("inspier", {"q": BRIEF})

    asyncio.run(talk())


def test_concurrent_calls(connect: Any) -> None:
    """Twenty calls at once are all answered, each with its own answer."""

    async def talk() -> None:
        async with connect() as client:
            await client.list_tools()
            calls = [structured(client, "inspire", q=f"{BRIEF} {number}", limit=2) for number in range(20)]
            answers = await asyncio.gather(*calls)
            assert [each["query"]["text"] for each in answers] == [f"{BRIEF} {number}" for number in range(20)]

    asyncio.run(talk())
