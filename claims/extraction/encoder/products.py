"""Matrix products by one thread.

Those of the engine are small and gain nothing from more. BLAS's other threads go on waiting busily
after each, on a core that the encoder needs: with them all reading takes a fifth longer.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock

from threadpoolctl import ThreadpoolController

# How many threads BLAS has is the process's: one of our threads at a time sets it and sets it back.
BLAS_LOCK = Lock()


@contextmanager
def limit_blas_to_one_thread() -> Iterator[None]:
    with BLAS_LOCK, get_blas_controller().limit(limits=1):
        yield


@cache
def get_blas_controller() -> ThreadpoolController:
    return ThreadpoolController().select(user_api="blas")
