"""`manage.py run` from nothing: its own database, the seed read, the site answering."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener
from zipfile import ZipFile

import pytest

from newsroom.embedded_postgres import PostgresServer
from tests.newsroom.conftest import OUR_VARIABLES, ROOT, MakeServer

PATIENCE = 120.0  # seconds for everything from nothing


@dataclass
class Site:
    """A site that runs: its address, the folder of its files, and what its command has said."""

    address: str
    folder: Path
    said: Path
    process: "subprocess.Popen[bytes]"


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the wheel of the project lies as `pip` would install it."""
    folder = tmp_path_factory.mktemp("installation")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    subprocess.run([*build, "--directory", str(folder)], cwd=ROOT, capture_output=True, check=True)
    (wheel,) = folder.glob("*.whl")
    with ZipFile(wheel) as archive:
        archive.extractall(folder / "packages")
    return folder / "packages"


@pytest.fixture(scope="module")
def sites(
    tmp_path_factory: pytest.TempPathFactory, make_server: MakeServer, installation: Path
) -> Iterator[list[Site]]:
    """Two sites, started at once with one empty folder; they and their database are stopped after.

    The first is run from the checkout and has a worker; the second is run from the wheel.
    """
    folder = tmp_path_factory.mktemp("sites")
    make_server(folder / "var" / "postgres")  # who made it stops it
    started = [
        start(folder / "var", folder / "said 1", ROOT),
        start(folder / "var", folder / "said 2", installation, "--no-worker"),
    ]
    try:
        for site in started:
            wait(site)
        yield started
    finally:
        for site in started:
            site.process.terminate()
        for site in started:
            site.process.wait(30)


def start(folder: Path, said: Path, packages: Path, *options: str) -> Site:
    """Start a site whose packages lie in a folder, as `python -m newsroom run` does anywhere."""
    port = free_port()
    rest = {
        key: value
        for key, value in os.environ.items()
        if key not in (*OUR_VARIABLES, "DJANGO_SETTINGS_MODULE")
    }
    with said.open("wb") as file:
        running = subprocess.Popen(
            [sys.executable, "-m", "newsroom", "run", "--port", str(port), *options],
            cwd=folder.parent,
            env={**rest, "NEWSROOM_VAR": str(folder), "PYTHONPATH": str(packages)},
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
        )
    return Site(f"http://127.0.0.1:{port}", folder, said, running)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def wait(site: Site) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and site.process.poll() is None:
        try:
            fetched(f"{site.address}/healthz")
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"the site did not start: {site.said.read_text()}")


def fetched(address: str) -> str:
    with build_opener(ProxyHandler({})).open(address, timeout=10) as response:
        return str(response.read().decode())


def read(address: str) -> Any:
    return json.loads(fetched(address))


def test_run_makes_sites_that_are_ready_and_have_read_the_seed_though_two_begin_at_once(
    sites: list[Site],
) -> None:
    for site in sites:
        assert read(f"{site.address}/readyz") == {"ready": True, "missing": []}
        assert {
            row["actor"]["name"]
            for row in read(f"{site.address}/api/v1/quotes/?act=deny")["results"]
        } >= {"Russia"}
        assert "any such intention" in fetched(f"{site.address}/?actor=russia&act=deny")
        assert f"Newsroom is at {site.address}/" in site.said.read_text()
    assert PostgresServer(sites[0].folder / "postgres").find_process_id()


def test_the_wheel_is_the_whole_site(sites: list[Site], installation: Path) -> None:
    page = fetched(f"{sites[1].address}/")
    (style,) = set(re.findall(r'href="(/static/newsroom[^"]*\.css)"', page))

    assert "--" in fetched(f"{sites[1].address}{style}")
    (metadata,) = installation.glob("newsroom_quotes-*.dist-info")
    assert "newsroom = newsroom.command:main" in (metadata / "entry_points.txt").read_text()
    assert (installation / "claims" / "py.typed").is_file()


def test_nothing_is_written_into_the_installation(sites: list[Site], installation: Path) -> None:
    (metadata,) = installation.glob("newsroom_quotes-*.dist-info")
    brought = {line.split(",")[0] for line in (metadata / "RECORD").read_text().splitlines()}
    found = {
        str(path.relative_to(installation))
        for path in installation.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }

    assert found == {path.strip('"') for path in brought}


def test_the_one_that_has_to_wait_says_so(sites: list[Site]) -> None:
    said = [site.said.read_text() for site in sites]

    assert (
        sum(
            "Another `make run` is preparing the same site; waiting for it." in each
            for each in said
        )
        == 1
    )


def test_a_site_whose_database_died_has_it_again(sites: list[Site]) -> None:
    server = PostgresServer(sites[0].folder / "postgres")
    with ThreadPoolExecutor(
        8
    ) as pool:  # so many at once that each process of both has come to its connection
        assert all(pool.map(is_ready, sites * 40))
    pid = server.find_process_id()
    assert pid
    os.kill(pid, signal.SIGKILL)

    until = time.monotonic() + 30
    while time.monotonic() < until and not (
        all(map(is_ready, sites)) and server.find_process_id() not in (None, pid)
    ):
        time.sleep(0.1)

    assert [is_ready(site) for site in sites] == [True, True]
    assert "any such intention" in fetched(f"{sites[0].address}/?actor=russia&act=deny")
    assert server.find_process_id() not in (None, pid)
    assert server.log.read_text().count("ready to accept connections") == 2


def is_ready(site: Site) -> bool:
    try:
        return bool(read(f"{site.address}/readyz") == {"ready": True, "missing": []})
    except (
        URLError,
        ConnectionError,
    ):  # what the health check has found missing is told with a status of 503
        return False


def find_worker(site: Site) -> int | None:
    """Return the process of the worker of a site, if one runs."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().split(b"\0")
            environment = (process / "environ").read_bytes().split(b"\0")
        except OSError:  # it has ended
            continue
        is_worker = command[1:4] == [b"-m", b"newsroom", b"work"]
        if is_worker and f"NEWSROOM_VAR={site.folder}".encode() in environment:
            return int(process.name)
    return None


def hand_in(site: Site, title: str) -> str:
    """Hand in a text, and return the address in the API that tells what became of it."""
    text = f"Title: {title}\n\nThe harbour bridge is safe, Mayor Ana Bell said on Tuesday in the town hall."
    program = (
        "from claims.intake.arriving import deliver_text\n"
        f"print('token', deliver_text({text!r}).token)"
    )
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", program],
        cwd=ROOT,
        env={**os.environ, "NEWSROOM_VAR": str(site.folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    token = done.stdout.rpartition("token ")[2].strip()
    return f"{site.address}/api/v1/deliveries/{token}/"


def read_settled(address: str) -> dict[str, Any]:
    """Return what became of the one document of a delivery, once nothing waits."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        told = read(address)
        if told["is_settled"]:
            (document,) = told["documents"]
            return dict(document)
        time.sleep(0.1)
    pytest.fail(f"it was not read: {told}")


def test_a_worker_reads_what_is_handed_in_and_starts_again_when_it_is_killed(
    sites: list[Site],
) -> None:
    site = sites[0]
    first = read_settled(hand_in(site, "First"))
    killed = find_worker(site)
    assert killed
    os.kill(killed, signal.SIGKILL)

    second = read_settled(hand_in(site, "Second"))

    assert [(each["state"], each["title"]) for each in (first, second)] == [
        ("read", "First"),
        ("read", "Second"),
    ]
    assert find_worker(site) not in (None, killed)
    assert site.said.read_text().count("A worker is ready to read.") == 2
    assert "worker" not in sites[1].said.read_text()


def test_the_worker_ends_with_its_site_even_when_that_is_killed(sites: list[Site]) -> None:
    site = sites[0]
    assert find_worker(site)

    site.process.kill()

    until = time.monotonic() + 30
    while find_worker(site) and time.monotonic() < until:
        time.sleep(0.1)
    assert find_worker(site) is None
