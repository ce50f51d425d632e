"""The kinds of arrays that the model's parts hand to one another."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
HalfFloats = NDArray[np.float16]  # what is kept for long, so that a book fits in memory
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
