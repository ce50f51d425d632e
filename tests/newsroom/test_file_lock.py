from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

from newsroom.file_lock import hold_lock


def test_who_comes_second_says_so_and_waits_for_the_first(tmp_path: Path) -> None:
    path, waiting, order = tmp_path / "new folder" / "lock", Event(), list[str]()

    def come_second() -> None:
        with hold_lock(path, waiting.set):
            order.append("second")

    with ThreadPoolExecutor(1) as aside:
        with hold_lock(path):
            second = aside.submit(come_second)
            assert waiting.wait(30)
            order.append("first")
        second.result(30)

    assert order == ["first", "second"]


def test_who_comes_alone_does_not_wait(tmp_path: Path) -> None:
    waits: list[str] = []

    for _ in range(2):
        with hold_lock(tmp_path / "lock", lambda: waits.append("waits")):
            pass

    assert waits == []
