"""A bundle checks itself, without the site: it says so when all is well, and fails at any changed byte."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.test import Client

from tests.claims.outputs.reading import fetch
from tests.factories import make_article, make_quote

pytestmark = pytest.mark.django_db

TEXT = "It was “dull” — noon 🦊.\nVeldania denied any part in it, as all know.\nRain fell."


@pytest.fixture
def bundle(client: Client, tmp_path: Path) -> Path:
    """The folder of a bundle of one quote, as somebody unpacks it."""
    article = make_article(TEXT)
    quote = make_quote(article=article, cue="denied", content="any part in it", act="deny")
    content, _ = fetch(client, f"/quotes/{quote.pk}.bundle")
    zipfile.ZipFile(io.BytesIO(content)).extractall(tmp_path / "bundle")
    return tmp_path / "bundle"


def check(folder: Path, *texts: Path) -> tuple[int, str]:
    """Run the script of a bundle, in a Python that knows nothing else."""
    command = [sys.executable, "-I", "-S", str(folder / "check.py"), *map(str, texts)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120)
    return ran.returncode, ran.stdout


def test_a_bundle_says_that_all_is_as_it_was(bundle: Path, tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text(TEXT, encoding="utf-8")

    code, said = check(bundle, text)

    assert code == 0, said
    assert "1 quotes were looked at." in said
    assert "is the text of 1 of the quotes" in said
    assert "Rain fell" not in (bundle / "quotes.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["quotes.json", "about.json", "README.md", "SHA256SUMS"])
def test_a_byte_that_is_changed_is_found(bundle: Path, name: str) -> None:
    content = bytearray((bundle / name).read_bytes())
    content[len(content) // 2] ^= 1
    (bundle / name).write_bytes(content)

    code, said = check(bundle)

    assert code == 1
    assert "WRONG" in said


def test_another_text_is_told_from_that_of_the_quote(bundle: Path, tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text(f"{TEXT} ", encoding="utf-8")

    code, said = check(bundle, text)

    assert (code, "is the text of no quote here" in said) == (1, True)
