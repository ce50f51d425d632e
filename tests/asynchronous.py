"""Runs what is asynchronous, also where a browser's loop runs in the thread of the tests."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from asgiref.sync import sync_to_async
from django.db import connections


def run_to_end(work: Coroutine[Any, Any, None]) -> None:
    """Run this in a thread of its own, and close the connections that it has opened."""

    async def run_and_close() -> None:
        try:
            await work
        finally:
            await sync_to_async(connections.close_all)()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, run_and_close()).result()
