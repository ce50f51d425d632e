# ruff: noqa: E501 -- the lines of files made here are long
from claims.intake.readers import Document, Problem
from tests.claims.intake.readers.reading import TEXT, read_all, read_refusal
from tests.claims.intake.readers.test_archives import make_zip
from tests.claims.intake.readers.test_html import make_page

CONTAINER = '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>'
PACKAGE = (
    '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>Harbour Herald</dc:title>'
    '<dc:date>2024-03-05</dc:date></metadata><manifest><item id="a" href="a.xhtml"/><item id="b" href="b.xhtml"/></manifest>'
    '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>'
)


def test_each_chapter_of_a_book_is_an_article_and_the_title_page_is_named() -> None:
    content = make_zip(
        {"META-INF/container.xml": CONTAINER, "OPS/book.opf": PACKAGE, "OPS/a.xhtml": "<html><body><p>Harbour Herald</p></body></html>",
         "OPS/b.xhtml": make_page(record={}, day="")}
    )  # fmt: skip

    cover, found = read_all(content, "herald.epub")

    assert isinstance(cover, Problem)
    assert cover.where == "herald.epub: OPS/a.xhtml"
    assert isinstance(found, Document)
    assert (found.text, str(found.published_on)) == (TEXT, "2024-03-05")


def test_an_encrypted_book_is_refused() -> None:
    content = make_zip({"META-INF/container.xml": CONTAINER, "META-INF/encryption.xml": "<x/>"})

    assert "encrypted" in read_refusal(content, "herald.epub")
