"""From the files of a released model back to weights that training goes on from:
`python -m training.recover --help`.

The weights come back as they were rounded to 8 bits, which a little training makes good. Heads that
are not exported (parts of speech, syntactic heads, references) begin anew.
"""

import argparse
import re
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

from claims.extraction.model_folder import MODEL_DIR
from training.data import read_corpus
from training.epochs import list_tags
from training.train import Model

Arrays = dict[str, NDArray[Any]]

# In the released file attention's three biases of a layer are one row.
ATTENTION_BIAS = re.compile(r"layer\.(\d+)\.attention\.bias")
PARTS_OF_ATTENTION = ("query", "key", "value")
PRODUCT = "MatMulInteger"


def recover_encoder(path: Path) -> dict[str, Tensor]:
    """Return the encoder's weights by their names in `training.model`."""
    graph = onnx.load(str(path)).graph
    stored = {weight.name: numpy_helper.to_array(weight) for weight in graph.initializer}
    recovered: Arrays = {}
    for name, values in stored.items():
        attention = ATTENTION_BIAS.fullmatch(name)
        if attention:
            recovered |= split_attention_bias(int(attention[1]), values)
        elif name.endswith(".weight_quantized"):
            name = name.removesuffix("_quantized")
            recovered[name] = restore(stored, name)
        elif name.startswith("encoder.") and name.endswith((".weight", ".bias")):
            recovered[name] = values
    for node in graph.node:
        if node.op_type == PRODUCT:
            rounded = node.input[1].removesuffix("_quantized")
            recovered[name_weights_of_product(node.name)] = restore(stored, rounded).T
    return {name: torch.from_numpy(values.copy()) for name, values in recovered.items()}


def split_attention_bias(layer: int, values: NDArray[Any]) -> Arrays:
    prefix = f"encoder.bert.encoder.layer.{layer}.attention.self"
    biases = np.split(values, len(PARTS_OF_ATTENTION))
    return {
        f"{prefix}.{part}.bias": bias for part, bias in zip(PARTS_OF_ATTENTION, biases, strict=True)
    }


def restore(stored: Arrays, name: str) -> NDArray[Any]:
    """Return weights of 32 bits from those of 8 bits, their zero points and scales."""
    rounded = stored[f"{name}_quantized"].astype(np.float32)
    zero_point = stored[f"{name}_zero_point"].astype(np.float32)
    return np.asarray((rounded - zero_point) * stored[f"{name}_scale"])


def name_weights_of_product(node: str) -> str:
    """Return the name of a product's weights: "/encoder/roles/MatMul_quant" has encoder.roles."""
    return node.removeprefix("/").removesuffix("/MatMul_quant").replace("/", ".") + ".weight"


def recover_heads(folder: Path) -> dict[str, Tensor]:
    """Return the weights of the heads that stand beside the encoder's file."""
    with np.load(folder / "links.npz") as links:
        names = {
            "links.distance.weight": links["distance"],
            "links.hidden.weight": links["hidden"],
            "links.hidden.bias": links["hidden_bias"],
            "links.out.weight": links["out"],
            "links.out.bias": links["out_bias"],
        }
    with np.load(folder / "vectors.npz") as vectors:
        names["vectors.out.weight"] = vectors["weight"]
        names["vectors.out.bias"] = vectors["bias"]
    return {name: torch.from_numpy(values.astype(np.float32)) for name, values in names.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=MODEL_DIR)
    parser.add_argument(
        "--start", type=Path, required=True, help="folder of the pretrained encoder"
    )
    parser.add_argument(
        "--quotes", type=Path, required=True, help="the corpus whose parts of speech are taught"
    )
    parser.add_argument("--out", type=Path, required=True, help="where `final.pt` is written")
    options = parser.parse_args()
    tags = list_tags(read_corpus(options.quotes))
    model = Model(options.start, tags)
    state = model.state_dict()
    recovered = recover_encoder(options.model / "encoder.onnx") | recover_heads(options.model)
    # The word pieces' own vectors are never trained, so the pretrained ones are the exact ones.
    recovered.pop("encoder.bert.embeddings.word_embeddings.weight")
    for name, values in recovered.items():
        if state[name].shape != values.shape:
            raise SystemExit(f"{name} is {tuple(values.shape)}, not {tuple(state[name].shape)}")
        state[name] = values
    anew = sorted(set(state) - set(recovered))
    print(f"{len(recovered)} recovered; as pretrained or anew: {', '.join(anew)}")
    torch.save({"model": state, "tags": tags}, options.out)


if __name__ == "__main__":
    main()
