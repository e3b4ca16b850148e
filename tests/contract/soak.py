"""A server that follows a corpus which never rests: are its answers right, and does it grow?

    tests/contract/run soak --minutes 5

One thread adds, edits and removes cases; others ask. Two marked cases, which are fictional, carry a count in every one
of their texts; each edit raises it. An answer is wrong when

- a marked case says two counts: its parts are of two states;
- a count is lower than one that was answered before it was asked for: time runs backwards;
- it is another answer than was given to the same question by the same generation: it mixes generations.

An edit has to be in the answers within `PATIENCE`, and when the corpus rests, answers have to be those of a server that
is started afresh. Ends with 1 when anything is wrong, fails or grows.
"""

import argparse
import json
import re
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count, cycle
from pathlib import Path
from statistics import median
from typing import Any

import httpx

from afield import CORPUS, ROOT, Server

READERS = 3
PATIENCE = 30.0
MOST_GROWTH = 0.10
MOST_NEW_HANDLES = 5
MARKED = {"soak-a": "hotels-lodging", "soak-b": "telecom"}
BRIEF = "zorblax lanterns no longer glow"
CASE = """---
title: Zorblax lanterns, round {round}
organisation: Fernbank, round {round}
sector: {sector}
years: 2019-2021
signals: [churn]
pattern: [lanterns fade in round {round}]
asks:
  - our zorblax lanterns no longer glow, round {round}
  - nobody comes for lanterns
mechanism: [fixed-fee]
outcome: worked
evidence: C
sources:
  - {{ title: A page, publisher: A paper, url: "https://paper.example" }}
---
## Challenge

The zorblax lanterns went dark in round {round}.

## Idea

They lit the lanterns again in round {round}.
"""


class Writer:
    """Edits a corpus, which is a copy of the shipped one."""

    def __init__(self, corpus: Path) -> None:
        self._cases = corpus / "cases"
        self._shipped = cycle(sorted(self._cases.glob("*/*.md")))
        self.round = 0
        self.edits = 0
        self.mark()

    def mark(self) -> None:
        """Raises the count of the marked cases."""
        for name, sector in MARKED.items():
            self._write(self._cases / sector / f"{name}.md", CASE.format(round=self.round + 1, sector=sector))
        self.round += 1

    def stir(self) -> None:
        """Adds a case, edits one of the shipped, and removes one that was added a while ago."""
        shipped = next(self._shipped)
        self._write(shipped, f"{shipped.read_text().rstrip()}\n\nEdited {self.edits} times elsewhere.\n")
        added = CASE.format(round=0, sector="telecom").replace("lanterns", "teapots")
        self._write(self._cases / "telecom" / f"added-{self.edits}.md", added)
        (self._cases / "telecom" / f"added-{self.edits - 5}.md").unlink(missing_ok=True)

    def _write(self, path: Path, text: str) -> None:
        """Replaces a file at once, as editors do."""
        path.parent.mkdir(exist_ok=True)
        new = path.with_suffix(".new")
        new.write_text(text)
        new.replace(path)
        self.edits += 1


@dataclass
class Findings:
    """What readers found, all together."""

    requests: int = 0
    wrong: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    generations: set[str] = field(default_factory=set)
    answers: dict[tuple[str, str], int] = field(default_factory=dict)
    rounds: dict[str, int] = field(default_factory=lambda: dict.fromkeys(MARKED, 0))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def search(self, question: str, answer: dict[str, Any]) -> None:
        """Holds an answer against those that the same generation gave."""
        generation = answer["index"]["generation"]
        digest = hash(json.dumps(answer | {"took_ms": 0}))
        with self.lock:
            self.generations.add(generation)
            if digest != self.answers.setdefault((generation, question), digest):
                self.wrong.append(f"two answers of generation {generation} to `{question}`")

    def marked(self, name: str, case: dict[str, Any], before: int) -> None:
        """Holds a marked case against itself, and against what was known before it was asked for."""
        rounds = {int(told) for told in re.findall(r"round (\d+)", json.dumps(case))}
        with self.lock:
            if len(rounds) != 1:
                self.wrong.append(f"`{name}` is of the rounds {sorted(rounds)} at once")
            elif max(rounds) < before:
                self.wrong.append(f"`{name}` is back in round {max(rounds)}, after {before}")
            self.rounds[name] = max(self.rounds[name], *rounds)


def topics() -> list[dict[str, str]]:
    """The judged topics, as questions."""
    lines = (ROOT / "tests/quality/topics.jsonl").read_text().splitlines()
    return [{"q": topic["text"], "for": topic["for"]} for topic in map(json.loads, lines)]


def read(server: Server, findings: Findings, stop: threading.Event) -> None:
    """Asks for topics and marked cases in turn."""
    with httpx.Client(base_url=server.url) as client:
        for topic in cycle(topics()):
            if stop.is_set():
                return
            for path, query in [
                ("/v1/search", topic),
                ("/v1/search", {"q": BRIEF}),
                *((f"/v1/cases/{name}", {}) for name in MARKED),
            ]:
                before = dict(findings.rounds)
                try:
                    answer = client.get(path, params=query).raise_for_status().json()
                except httpx.HTTPError as error:
                    findings.errors.append(repr(error))
                    continue
                findings.requests += 1
                if path == "/v1/search":
                    findings.search(query["q"], answer)
                    cases = {hit["id"]: hit for hit in answer["hits"]}
                else:
                    cases = {answer["id"]: answer}
                for name in cases.keys() & MARKED.keys():
                    findings.marked(name, cases[name], before[name])
                if query == {"q": BRIEF} and not MARKED.keys() <= cases.keys():
                    findings.wrong.append(f"`{BRIEF}` did not find {sorted(MARKED.keys() - cases.keys())}")


def write(writer: Writer, findings: Findings, lags: list[float], stop: threading.Event) -> None:
    """Stirs the corpus until each round has been answered."""
    while not stop.is_set():
        writer.mark()
        marked = time.monotonic()
        while min(findings.rounds.values()) < writer.round and not stop.is_set():
            writer.stir()
            time.sleep(0.25)
            if time.monotonic() - marked > PATIENCE:
                findings.wrong.append(f"round {writer.round} is not in the answers after {PATIENCE:.0f} s")
                return
        if not stop.is_set():
            lags.append(time.monotonic() - marked)


@dataclass
class Sample:
    """What a process holds."""

    memory: int
    """Resident, in KiB."""
    handles: int

    @classmethod
    def of(cls, process: int) -> "Sample":
        """Looks it up in `/proc`."""
        status = Path(f"/proc/{process}/status").read_text()
        told = re.search(r"VmRSS:\s+(\d+) kB", status)
        assert told
        return cls(int(told[1]), len(list(Path(f"/proc/{process}/fd").iterdir())))


def soak(server: Server, writer: Writer, seconds: float) -> tuple[Findings, list[float], list[Sample]]:
    """Lets all of them loose for so long. A sample is taken each second, the first when the server is warm."""
    findings, lags, stop = Findings(), list[float](), threading.Event()
    jobs: list[Callable[[], None]] = [lambda: read(server, findings, stop)] * READERS
    jobs.append(lambda: write(writer, findings, lags, stop))
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    warm = min(60.0, seconds / 4)
    samples = []
    started = time.monotonic()
    try:
        while (elapsed := time.monotonic() - started) < seconds and server.process.poll() is None:
            if elapsed >= warm:
                samples.append(Sample.of(server.process.pid))
            time.sleep(1)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    return findings, lags, samples


def at_rest(server: Server, corpus: Path, folder: Path) -> list[str]:
    """How a server differs from one that is started afresh over the same corpus."""
    with Server(corpus, folder / "fresh") as fresh:
        for patience in count():
            differences = [topic["q"] for topic in topics() if hits(server, topic) != hits(fresh, topic)]
            if not differences or patience == PATIENCE:
                return [f"at rest, another answer than a fresh server's to `{question}`" for question in differences]
            time.sleep(1)
    return []


def hits(server: Server, question: dict[str, str]) -> Any:
    """What a server finds, without what tells of the server."""
    answer = httpx.get(f"{server.url}/v1/search", params=question | {"limit": "20"}).raise_for_status().json()
    return {key: value for key, value in answer.items() if key not in ("took_ms", "index")}


def main() -> int:
    """Runs it and tells what came of it."""
    parser = argparse.ArgumentParser(description="Lets a server follow a corpus that never rests.")
    parser.add_argument("--minutes", type=float, default=5)
    minutes = parser.parse_args().minutes
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        corpus = folder / "corpus"
        shutil.copytree(CORPUS, corpus)
        writer = Writer(corpus)
        with Server(corpus, folder / "index", "--watch") as server:
            findings, lags, samples = soak(server, writer, minutes * 60)
            findings.wrong += at_rest(server, corpus, folder)
    fifth = max(len(samples) // 5, 1)
    first, last = samples[:fifth], samples[-fifth:]
    memory = median(each.memory for each in last) / median(each.memory for each in first) - 1
    handles = max(each.handles for each in last) - max(each.handles for each in first)
    print(f"requests: {findings.requests}, generations: {len(findings.generations)}, edits: {writer.edits}")
    print(f"an edit was answered after {median(lags or [PATIENCE]):.1f} s, at most {max(lags or [PATIENCE]):.1f} s")
    print(f"memory: {median(each.memory for each in last) / 1024:.0f} MiB, {memory:+.1%} after the first minute")
    print(f"open files: {max(each.handles for each in last)}, {handles:+}")
    print(f"errors: {len(findings.errors)}, wrong answers: {len(findings.wrong)}")
    for told in (findings.wrong + findings.errors)[:20]:
        print(f"  {told}")
    sound = lags and not findings.wrong and not findings.errors
    return 0 if sound and memory <= MOST_GROWTH and handles <= MOST_NEW_HANDLES else 1


if __name__ == "__main__":
    sys.exit(main())
