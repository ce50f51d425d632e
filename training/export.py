"""From trained weights to the files of `claims/extraction/model/`: `python -m training.export --help`."""

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from claims.extraction.encoder.features import MODEL_DIR
from claims.extraction.quotes.found import QuoteSigns
from training.train import Model, load

HEADS = 12  # of all-MiniLM-L6-v2's attention
OUTPUTS = (
    "roles",
    "entities",
    "sentences",
    "word_side",
    "cue_side",
    "mention_side",
    "name_side",
    "hidden",
)


class Unpadded(nn.Module):
    """The encoder over one window, which needs no mask."""

    def __init__(self, model: Model):
        super().__init__()
        self.encoder = model.encoder

    def forward(self, pieces: Tensor, shape: Tensor, opens: Tensor, first: Tensor) -> Any:
        return self.encoder(pieces, torch.ones_like(pieces), shape, opens, first)


def export_encoder(model: Model, path: Path, int8: bool = True) -> None:
    model.encoder.bert.set_attn_implementation("eager")
    example = torch.ones(1, 40, dtype=torch.long)
    first = torch.arange(1, 39)[None]
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "encoder.onnx"
        torch.onnx.export(
            Unpadded(model),
            (example, example, example, first),
            str(plain),
            input_names=["pieces", "shape", "opens", "first"],
            output_names=list(OUTPUTS),
            dynamic_axes={
                **{name: {1: "pieces"} for name in ("pieces", "shape", "opens")},
                **{name: {1: "words"} for name in ("first", *OUTPUTS)},
            },
            opset_version=17,
            dynamo=False,
        )
        if int8:
            quantize_dynamic(
                str(plain),
                str(path),
                weight_type=QuantType.QInt8,
                per_channel=True,
                reduce_range=True,
            )
        else:
            onnx.save(onnx.load(str(plain)), str(path))
    onnx.save(with_fused_attention(onnx.load(str(path))), str(path))


def with_fused_attention(model: onnx.ModelProto) -> onnx.ModelProto:
    """The model with one step for each layer's attention, which saves a fourteenth of the time; weights stay as they are.

    No mask is kept, as windows are unpadded.
    """
    graph = model.graph
    weights = {each.name: each for each in graph.initializer}
    layers = sum(name.endswith("attention.self.query.bias") for name in weights)
    for layer in range(layers):
        prefix = f"/encoder/bert/encoder/layer.{layer}/attention/self/"
        parts = ("query", "key", "value")
        biases = [
            numpy_helper.to_array(
                weights[f"encoder.bert.encoder.layer.{layer}.attention.self.{part}.bias"]
            )
            for part in parts
        ]
        graph.initializer.append(
            numpy_helper.from_array(np.concatenate(biases), f"layer.{layer}.attention.bias")
        )
        output = prefix + "Reshape_3_output_0"
        old = next(node for node in graph.node if output in node.output)
        inputs = [
            *(f"{prefix}{part}/MatMul_output_0" for part in parts),
            f"layer.{layer}.attention.bias",
        ]
        domain, name = "com.microsoft", prefix + "MultiHeadAttention"
        step = helper.make_node(
            "MultiHeadAttention", inputs, [output], name=name, domain=domain, num_heads=HEADS
        )
        at = list(graph.node).index(old)
        graph.node.remove(old)
        graph.node.insert(at, step)
    known = read(graph)
    while unused := [node for node in graph.node if known.isdisjoint(node.output)]:
        for node in unused:
            graph.node.remove(node)
        known = read(graph)
    for each in [each for each in graph.initializer if each.name not in known]:
        graph.initializer.remove(each)
    model.opset_import.append(helper.make_opsetid("com.microsoft", 1))
    return model


def read(graph: onnx.GraphProto) -> set[str]:
    """The values that a node reads, or that are outputs."""
    return {name for node in graph.node for name in node.input} | {
        output.name for output in graph.output
    }


def export_links(model: Model, path: Path) -> None:
    links = model.links
    arrays = {
        "distance": links.distance.weight,
        "hidden": links.hidden.weight,
        "hidden_bias": links.hidden.bias,
        "out": links.out.weight,
        "out_bias": links.out.bias,
    }
    np.savez(
        path, **{name: value.detach().numpy().astype(np.float32) for name, value in arrays.items()}
    )  # type: ignore[arg-type]


def export_references(model: Model, path: Path) -> None:
    np.savez(path, distance=model.references.distance.weight.detach().numpy().astype(np.float32))


def export_vectors(model: Model, path: Path) -> None:
    out = model.vectors.out
    np.savez(
        path,
        **{
            name: value.detach().numpy().astype(np.float16)
            for name, value in out.named_parameters()
        },
    )  # type: ignore[arg-type]


def export_confidence(path: Path) -> None:
    """Weights to begin with, all signs alike; `training.calibrate` fits them."""
    weights = {
        name: float(name in ("begins", "goes_on", "source", "contents"))
        for name in QuoteSigns._fields
    }
    path.write_text(json.dumps({"weights": weights, "bias": 2.0}, indent=1) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True, help="final.pt of `training.train`")
    parser.add_argument(
        "--start", type=Path, required=True, help="folder of the pretrained encoder"
    )
    parser.add_argument("--version", required=True, help="of the model, kept with every quote")
    parser.add_argument("--out", type=Path, default=MODEL_DIR)
    parser.add_argument("--float", action="store_true", help="32-bit weights, to compare with")
    options = parser.parse_args()
    model = load(options.weights, options.start)
    options.out.mkdir(parents=True, exist_ok=True)
    export_encoder(model, options.out / "encoder.onnx", int8=not options.float)
    export_links(model, options.out / "links.npz")
    export_references(model, options.out / "references.npz")
    export_vectors(model, options.out / "vectors.npz")
    export_confidence(options.out / "confidence.json")
    (options.out / "VERSION").write_text(options.version + "\n")
    (options.out / "tokenizer.json").write_bytes((options.start / "tokenizer.json").read_bytes())


if __name__ == "__main__":
    main()
