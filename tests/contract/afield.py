"""The binary under test, and a server of it."""

import os
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus"


def binary() -> Path:
    """The binary that `AFIELD_BIN` names, else the release build."""
    named = Path(os.environ.get("AFIELD_BIN", ROOT / "target/release/afield"))
    if not named.is_file():
        raise FileNotFoundError(f"no binary at {named}; start with tests/contract/run, or name one in AFIELD_BIN")
    return named


class Server:
    """`afield serve` on a free port, as long as the `with` lasts."""

    def __init__(self, corpus: Path, index: Path, *options: str) -> None:
        folders = ["--corpus", str(corpus), "--index", str(index)]
        self._command = [str(binary()), "--quiet", *folders, "serve", "--port", "0", *options]

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(self._command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        told = self.process.stdout.readline()
        if not told.startswith("listening on "):
            raise RuntimeError(f"the server did not start: exit code {self.process.wait()}")
        self.url = told.removeprefix("listening on ").strip()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.terminate()
        ended = self.process.wait(timeout=20)
        if kind is None and ended != 0:
            raise RuntimeError(f"the server ended with {ended}")
