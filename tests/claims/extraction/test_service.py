"""Newsroom in other programs: what the documents show runs from an installed package, with nothing but spaCy named."""

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from spacy.tokens import Doc, DocBin

from claims.extraction.pipeline import load

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package as `pip install` lays it out."""
    folder = tmp_path_factory.mktemp("installed")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--quiet",
        "--disable-pip-version-check",
        "install",
        "--no-deps",
        "--no-index",
    ]
    subprocess.run([*pip, "--no-build-isolation", "--target", str(folder), str(ROOT)], check=True)
    return folder


def example() -> str:
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "finding.md").read_text(), re.S)
    assert isinstance(code, str)
    return code


def test_the_example_of_the_documents_is_short() -> None:
    assert len([line for line in example().splitlines() if line.strip()]) <= 10


def test_the_example_of_the_documents_runs_from_an_installed_package(
    installed: Path, tmp_path: Path
) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", example()],
        cwd=tmp_path,
        env={"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
    )

    assert ran.stderr == ""
    assert ran.stdout.splitlines() == [
        "Ana Bell | said | the bridge is safe",
        "Omar Reza | denied | it",
        "['Ana Bell', 'Omar Reza, an engineer']",
    ]


def test_quotes_cross_processes_and_are_kept_on_disk() -> None:
    nlp = load()
    text = "In Oslo on Monday, Ana Bell told Reuters the bridge “is safe”. She said Omar Reza denied it."

    doc = nlp.make_doc(text)
    doc._.published = date(2024, 5, 7)
    nlp(doc)
    kept = DocBin(store_user_data=True, docs=[doc])
    (again,) = DocBin().from_bytes(kept.to_bytes()).get_docs(nlp.vocab)
    (piped, _) = nlp.pipe([text, text], n_process=2)

    assert len(doc._.quotes) == 3
    assert list(again._.quotes) == doc._.quotes
    assert again._.published == date(2024, 5, 7)
    assert [quote.contents for quote in piped._.quotes] == [
        quote.contents for quote in doc._.quotes
    ]
    assert (
        Doc(nlp.vocab).from_bytes(doc.to_bytes())._.words.piece.tolist()
        == doc._.words.piece.tolist()
    )


def test_what_the_pipeline_found_before_stays(installed: Path, tmp_path: Path) -> None:
    code = """
import spacy
nlp = spacy.blank("en")
nlp.add_pipe("entity_ruler").add_patterns([{"label": "MAYOR", "pattern": "Ana Bell"}])
nlp.add_pipe("sentencizer")
nlp.add_pipe("newsroom_quotes")
doc = nlp("Ana Bell said the bridge is safe. It rained.")
print([(e.text, e.label_) for e in doc.ents], len(list(doc.sents)), doc.spans["contents"][0].text)
"""
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(installed)},
        capture_output=True,
    )

    assert ran.stdout.decode() == "[('Ana Bell', 'MAYOR')] 2 the bridge is safe\n", (
        ran.stderr.decode()
    )
