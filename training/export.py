"""From trained weights to the files of `claims/extraction/model/`: `python -m training.export --help`."""

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from claims.extraction.features import MODEL_DIR
from claims.extraction.quotes import Signs
from training.train import Model, load

OUTPUTS = ("roles", "entities", "sentences", "word_side", "cue_side", "mention_side", "name_side", "hidden")


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
            quantize_dynamic(str(plain), str(path), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
        else:
            onnx.save(onnx.load(str(plain)), str(path))


def export_links(model: Model, path: Path) -> None:
    links = model.links
    arrays = {
        "distance": links.distance.weight,
        "hidden": links.hidden.weight,
        "hidden_bias": links.hidden.bias,
        "out": links.out.weight,
        "out_bias": links.out.bias,
    }
    np.savez(path, **{name: value.detach().numpy().astype(np.float32) for name, value in arrays.items()})  # type: ignore[arg-type]


def export_references(model: Model, path: Path) -> None:
    np.savez(path, distance=model.references.distance.weight.detach().numpy().astype(np.float32))


def export_vectors(model: Model, path: Path) -> None:
    out = model.vectors.out
    np.savez(path, **{name: value.detach().numpy().astype(np.float16) for name, value in out.named_parameters()})  # type: ignore[arg-type]


def export_confidence(path: Path) -> None:
    """Weights to begin with, all signs alike; `training.calibrate` fits them."""
    weights = {name: float(name in ("begins", "goes_on", "source", "contents")) for name in Signs._fields}
    path.write_text(json.dumps({"weights": weights, "bias": 2.0}, indent=1) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True, help="final.pt of `training.train`")
    parser.add_argument("--start", type=Path, required=True, help="folder of the pretrained encoder")
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
