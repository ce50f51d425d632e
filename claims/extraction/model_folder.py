"""Where the weights that ship with the engine are."""

from pathlib import Path

MODEL_DIR = Path(__file__).resolve().parent / "model"
