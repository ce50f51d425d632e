"""One pass of the model over a text, and what is read off it as numbers."""

from claims.extraction.encoder.session import Encoder

__all__ = ["Encoder"]
