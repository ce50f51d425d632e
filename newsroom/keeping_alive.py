"""Keeps a program running beside another one: starts it again when it dies, and ends it with that.

    python -m newsroom.keeping_alive COMMAND …

The other one holds the pipe that is this program's standard input. When it ends, however that is,
the pipe ends too. COMMAND gets a pipe of the same kind.
"""

import os
import select
import subprocess
import sys
import time

SHORTEST_LIFE = 10.0  # seconds; what lives less long is started again only after a pause
FIRST_PAUSE = 1.0  # seconds; doubles while the program keeps dying
LONGEST_PAUSE = 60.0
SECONDS_TO_END = 15.0  # that a program is given before it is killed
SECONDS_BETWEEN_LOOKS = 0.2


def keep_alive(command: list[str]) -> None:
    """Run a program again and again until standard input ends."""
    pause = FIRST_PAUSE
    while True:
        began = time.monotonic()
        program = subprocess.Popen(command, stdin=subprocess.PIPE)
        while program.poll() is None:
            if has_input_ended(SECONDS_BETWEEN_LOOKS):
                end(program)
                return
        has_lived = time.monotonic() - began >= SHORTEST_LIFE
        pause = FIRST_PAUSE if has_lived else min(pause * 2, LONGEST_PAUSE)
        if not has_lived and wait_for_end_of_input(pause):
            return


def wait_for_end_of_input(seconds: float) -> bool:
    """Wait; return at once, and true, if standard input ends meanwhile."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if has_input_ended(SECONDS_BETWEEN_LOOKS):
            return True
    return False


def has_input_ended(seconds: float) -> bool:
    """Return whether standard input has ended, after waiting for it for a while at most."""
    ready, _, _ = select.select([sys.stdin], [], [], seconds)
    return bool(ready) and not os.read(sys.stdin.fileno(), 1024)


def end(program: "subprocess.Popen[bytes]") -> None:
    """End a program: ask it first, and kill it if that takes too long."""
    program.terminate()
    try:
        program.wait(SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()


if __name__ == "__main__":
    keep_alive(sys.argv[1:])
