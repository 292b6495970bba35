"""The web process: ``python -m croisee_web.config.web HOST PORT``. Ends with its parent."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.embed import Server

BACKLOG, BACKPRESSURE = 1024, 512
COLLECTED = (20_000, 20, 50)
"""How many new objects before cycles are looked for: an answer makes thousands, and no cycle."""


def write_together() -> None:
    """Begin to write answers several at a time: they wait for the disk together."""
    from croisee_web.collection.usecases.intake.grouping import start_writing  # noqa: PLC0415

    start_writing()


def write_no_more() -> None:
    """Write the answers that still wait, and end their thread before the interpreter ends."""
    from croisee_web.collection.usecases.intake.grouping import stop_writing  # noqa: PLC0415

    stop_writing()


async def serve(host: str, port: int) -> None:
    """Answer requests until told to stop, or until the parent is gone."""
    from croisee_web.config.asgi import application  # noqa: PLC0415 -- Django starts here

    write_together()
    gc.collect()
    gc.freeze()  # what Django loaded stays: it is not looked through again with each answer
    gc.set_threshold(*COLLECTED)
    server: Any = Server(
        application,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        backlog=BACKLOG,
        backpressure=BACKPRESSURE,
        websockets=False,
        log_level=LogLevels.error,
    )
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, server.stop)
    watch = asyncio.create_task(_stop_with_parent(server))
    await server.serve()
    watch.cancel()
    await asyncio.to_thread(write_no_more)


async def _stop_with_parent(server: Any) -> None:
    parent = os.environ.get("CROISEE_PARENT", "")
    while not parent or str(os.getppid()) == parent:
        await asyncio.sleep(1)
    server.stop()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], int(sys.argv[2])))
