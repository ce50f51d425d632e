# ruff: noqa: E501 -- the lines of files made here are long
import pytest

from claims.intake.readers import Document, Problem
from tests.claims.intake.readers.reading import PARAGRAPHS, TEXT, read_all, read_refusal
from tests.claims.intake.readers.test_plain import wrap


def make_nexis(title: str, body: str) -> str:
    return (
        f"{title}\nHarbour Herald (Fernhaven)\nMarch 5, 2024 Tuesday\nLate Edition - Final\n\n"
        "Copyright 2024 Herald Press All Rights Reserved\n\nSection: Section A; Column 0; Local; Pg. 1\nLength: 80 words\n"
        f"Byline: By ANA BELL\n\nBody\n\n{body}\n\nClassification\n\nLanguage: ENGLISH\n\nLoad-Date: March 6, 2024\n\nEnd of Document\n\n"
    )


def test_each_article_of_a_nexis_export_is_read_and_the_broken_one_is_named() -> None:
    content = (
        make_nexis("Bridge stays open", wrap(TEXT))
        + make_nexis("Nothing", "")
        + make_nexis("Second", wrap(TEXT))
    )

    first, broken, last = read_all(content, "export.txt")

    assert isinstance(first, Document)
    assert (first.title, first.publisher) == ("Bridge stays open", "Harbour Herald (Fernhaven)")
    assert first.text.startswith(TEXT)
    assert (str(first.published_on), first.author, first.section) == (
        "2024-03-05",
        "Ana Bell",
        "Section A",
    )
    assert isinstance(broken, Problem)
    assert broken.where == "export.txt: article 2"
    assert isinstance(last, Document)
    assert last.title == "Second"


def test_an_export_of_the_older_shape_is_read() -> None:
    content = (
        "                               1 of 1 DOCUMENTS\n\n\n                              Harbour Herald\n\n"
        "                            March 5, 2024 Tuesday\n\nBridge stays open\n\nBYLINE: Ana Bell\n\nSECTION: LOCAL; Pg. 4\n\nLENGTH: 80 words\n\n"
        f"{wrap(TEXT)}\n\nLOAD-DATE: March 6, 2024\n\nLANGUAGE: ENGLISH\n\n                Copyright 2024 Herald Press\n"
    )

    (found,) = read_all(content, "export.txt")

    assert isinstance(found, Document)
    assert (found.title, found.publisher, found.text) == (
        "Bridge stays open",
        "Harbour Herald",
        TEXT,
    )
    assert (str(found.published_on), found.author, found.section) == (
        "2024-03-05",
        "Ana Bell",
        "LOCAL",
    )


def make_factiva(title: str, paragraphs: tuple[str, ...], number: str) -> str:
    fields = {"SE": "Local", "HD": title, "BY": "By Ana Bell", "WC": "80 words", "PD": "5 March 2024", "SN": "Harbour Herald", "LA": "English",
              "LP": "".join(f"<p>{text}</p>" for text in paragraphs[:1]), "TD": "".join(f"<p>{text}</p>" for text in paragraphs[1:]),
              "AN": f"Document HHER000020240305ek35{number}"}  # fmt: skip
    rows = "".join(
        f"<tr><td class='index'><b>{name}</b>&nbsp;</td><td>{value}</td></tr>"
        for name, value in fields.items()
    )
    return f"<div class='article enArticle'><table>{rows}</table></div>"


def test_each_article_of_a_factiva_export_is_read_and_the_broken_one_is_named() -> None:
    parts = [
        make_factiva("Bridge stays open", PARAGRAPHS, "1"),
        make_factiva("Nothing", (), "2"),
        make_factiva("Second", PARAGRAPHS, "3"),
    ]

    first, broken, last = read_all(f"<html><body>{''.join(parts)}</body></html>", "Factiva.html")

    assert isinstance(first, Document)
    assert (first.title, first.text, first.publisher) == (
        "Bridge stays open",
        TEXT,
        "Harbour Herald",
    )
    assert (str(first.published_on), first.author, first.section) == (
        "2024-03-05",
        "Ana Bell",
        "Local",
    )
    assert first.key == "id:Harbour Herald/HHER000020240305ek351"
    assert isinstance(broken, Problem)
    assert broken.where == "Factiva.html: article 2"
    assert isinstance(last, Document)


LONG_NAMES = {
    "HD": "headline", "LP": "leadParagraph", "TD": "tailParagraphs", "BY": "byline", "PD": "publicationDate",
    "SN": "sourceName", "SE": "sectionName", "AN": "reference", "CY": "copyright",
}  # fmt: skip


def make_factiva_fields(title: str, paragraphs: tuple[str, ...]) -> dict[str, str]:
    return {
        "SE": "Local",
        "HD": title,
        "BY": "By Ana Bell",
        "PD": "2024-03-05",
        "SN": "Harbour Herald",
        "CY": "(c) 2024 Herald Press",
        "LP": "".join(f"<paragraph>{text}</paragraph>" for text in paragraphs[:1]),
        "TD": "".join(f"<paragraph>{text}</paragraph>" for text in paragraphs[1:]),
        "AN": "distdoc:archive/ArchiveDoc::Article/HHER000020240305ek35",
    }


def write_two_letters(fields: dict[str, str]) -> str:
    return "".join(f"<{name}>{value}</{name}>" for name, value in fields.items())


def write_long_names(fields: dict[str, str]) -> str:
    return "".join(
        f"<{LONG_NAMES[name]}>{value}</{LONG_NAMES[name]}>" for name, value in fields.items()
    )


def write_named_fields(fields: dict[str, str]) -> str:
    return "".join(f'<field name="{name}">{value}</field>' for name, value in fields.items())


@pytest.mark.parametrize("write", [write_two_letters, write_long_names, write_named_fields])
def test_each_article_of_a_factiva_export_as_xml_is_read_and_the_broken_one_is_named(write) -> None:  # type: ignore[no-untyped-def]
    articles = [
        make_factiva_fields("Bridge stays open", PARAGRAPHS),
        make_factiva_fields("Nothing", ()),
        make_factiva_fields("Second", PARAGRAPHS),
    ]
    written = "".join(f"<article>{write(fields)}</article>" for fields in articles)
    content = f'<?xml version="1.0"?><ppsArticleResponse>{written}</ppsArticleResponse>'

    first, broken, last = read_all(content, "Factiva.xml")

    assert isinstance(first, Document)
    assert (first.title, first.text, first.publisher) == (
        "Bridge stays open",
        TEXT,
        "Harbour Herald",
    )
    assert (str(first.published_on), first.author, first.section) == (
        "2024-03-05",
        "Ana Bell",
        "Local",
    )
    assert (first.key, first.licence) == (
        "id:Harbour Herald/HHER000020240305ek35",
        "(c) 2024 Herald Press",
    )
    assert broken == Problem("Factiva.xml: article 2", "it has no text (LP, TD)")
    assert isinstance(last, Document)
    assert last.title == "Second"


def test_an_xml_of_factiva_without_an_article_is_refused() -> None:
    content = '<?xml version="1.0"?><ppsArticleResponse><errors>0</errors></ppsArticleResponse>'

    assert "holds no article of Factiva" in read_refusal(content, "Factiva.xml")
