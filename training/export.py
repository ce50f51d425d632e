"""From trained weights to the files of `claims/extraction/model/`: `python -m training.export
--help`.
"""

import argparse
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from claims.extraction.encoder.session import OUTPUTS
from claims.extraction.model_folder import MODEL_DIR
from claims.extraction.quotes.found import QuoteSigns
from training.train import Model, load_model

HEADS = 12  # of all-MiniLM-L6-v2's attention
# In another folder than the committed model's they are the committed ones.
FITTED_BESIDE_ENCODER = ("speakers.npz", "acts.npz", "confidence.json")
FUSED_DOMAIN = "com.microsoft"  # of ONNX Runtime's own steps


class Unpadded(nn.Module):
    """The encoder over one window, which needs no mask."""

    def __init__(self, model: Model):
        super().__init__()
        self.encoder = model.encoder

    def forward(self, pieces: Tensor, shape: Tensor, opens: Tensor, first: Tensor) -> Any:
        return self.encoder(pieces, torch.ones_like(pieces), shape, opens, first)


def export_encoder(model: Model, path: Path, int8: bool = True) -> None:
    """Write the encoder as ONNX, with weights of 8 bits where asked and attention as one step."""
    model.encoder.bert.set_attn_implementation("eager")
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "encoder.onnx"
        trace_encoder(model, plain)
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
    onnx.save(fuse_attention(onnx.load(str(path))), str(path))


def trace_encoder(model: Model, path: Path) -> None:
    """Write the encoder as ONNX, as PyTorch runs it."""
    pieces = torch.ones(1, 40, dtype=torch.long)
    first = torch.arange(1, 39)[None]
    dynamic_axes = {name: {1: "pieces"} for name in ("pieces", "shape", "opens")}
    dynamic_axes |= {name: {1: "words"} for name in ("first", *OUTPUTS)}
    torch.onnx.export(
        Unpadded(model),
        (pieces, pieces, pieces, first),
        str(path),
        input_names=["pieces", "shape", "opens", "first"],
        output_names=list(OUTPUTS),
        dynamic_axes=dynamic_axes,
        opset_version=17,
        dynamo=False,
    )


def fuse_attention(model: onnx.ModelProto) -> onnx.ModelProto:
    """Return the model with one step for each layer's attention, which saves a fourteenth of the
    time.

    Weights stay as they are. No mask is kept, as windows are unpadded.
    """
    graph = model.graph
    names = [weight.name for weight in graph.initializer]
    layers = sum(name.endswith("attention.self.query.bias") for name in names)
    for layer in range(layers):
        fuse_attention_of_layer(graph, layer)
    remove_unused(graph)
    model.opset_import.append(helper.make_opsetid(FUSED_DOMAIN, 1))
    return model


def fuse_attention_of_layer(graph: onnx.GraphProto, layer: int) -> None:
    """Put one step in the place of what reshapes the layer's attention at its end."""
    parts = ("query", "key", "value")
    prefix = f"/encoder/bert/encoder/layer.{layer}/attention/self/"
    name_of_weights = f"encoder.bert.encoder.layer.{layer}.attention.self"
    weights = {weight.name: weight for weight in graph.initializer}
    biases = [numpy_helper.to_array(weights[f"{name_of_weights}.{part}.bias"]) for part in parts]
    bias_name = f"layer.{layer}.attention.bias"
    graph.initializer.append(numpy_helper.from_array(np.concatenate(biases), bias_name))
    output = f"{prefix}Reshape_3_output_0"
    inputs = [f"{prefix}{part}/MatMul_output_0" for part in parts]
    step = helper.make_node(
        "MultiHeadAttention",
        [*inputs, bias_name],
        [output],
        name=f"{prefix}MultiHeadAttention",
        domain=FUSED_DOMAIN,
        num_heads=HEADS,
    )
    old = next(node for node in graph.node if output in node.output)
    at = list(graph.node).index(old)
    graph.node.remove(old)
    graph.node.insert(at, step)


def remove_unused(graph: onnx.GraphProto) -> None:
    """Remove the nodes, and then the weights, whose values nothing reads."""
    read = list_values_read(graph)
    while unused := [node for node in graph.node if read.isdisjoint(node.output)]:
        for node in unused:
            graph.node.remove(node)
        read = list_values_read(graph)
    for weight in list(graph.initializer):
        if weight.name not in read:
            graph.initializer.remove(weight)


def list_values_read(graph: onnx.GraphProto) -> set[str]:
    """Return the names of the values that a node reads, or that are outputs."""
    read = {output.name for output in graph.output}
    for node in graph.node:
        read.update(node.input)
    return read


def export_links(model: Model, path: Path) -> None:
    links = model.links
    np.savez(
        path,
        distance=convert(links.distance.weight),
        hidden=convert(links.hidden.weight),
        hidden_bias=convert(links.hidden.bias),
        out=convert(links.out.weight),
        out_bias=convert(links.out.bias),
    )


def export_vectors(model: Model, path: Path) -> None:
    out = model.vectors.out
    np.savez(path, weight=convert(out.weight, np.float16), bias=convert(out.bias, np.float16))


def convert(weights: Tensor, kind: type = np.float32) -> NDArray[Any]:
    return weights.detach().numpy().astype(kind)


def export_confidence(path: Path) -> None:
    """Write weights to begin with, all signs alike; `training.calibrate` fits them."""
    used = ("begins", "goes_on", "source", "contents")
    weights = {name: float(name in used) for name in QuoteSigns._fields}
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
    model = load_model(options.weights, options.start)
    options.out.mkdir(parents=True, exist_ok=True)
    export_encoder(model, options.out / "encoder.onnx", int8=not options.float)
    export_links(model, options.out / "links.npz")
    export_vectors(model, options.out / "vectors.npz")
    if options.out == MODEL_DIR:
        export_confidence(options.out / "confidence.json")
    else:
        for name in FITTED_BESIDE_ENCODER:
            shutil.copyfile(MODEL_DIR / name, options.out / name)
    (options.out / "VERSION").write_text(options.version + "\n")
    (options.out / "tokenizer.json").write_bytes((options.start / "tokenizer.json").read_bytes())


if __name__ == "__main__":
    main()
