import io

import docx

from tests.claims.intake.readers.reading import PARAGRAPHS, TEXT, read_one, read_refusal


def make_docx(*, styled: bool = True, author: str = "Ana Bell") -> bytes:
    file = docx.Document()
    file.core_properties.author = author
    file.add_paragraph("Harbour bridge to stay open", style="Title" if styled else None)
    file.add_paragraph("5 March 2024")
    file.add_paragraph(PARAGRAPHS[0])
    for text in PARAGRAPHS[1:]:
        file.add_paragraph(text)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def test_a_docx_is_title_date_author_and_paragraphs() -> None:
    found = read_one(make_docx(), "bridge.docx")

    assert (found.title, found.text) == ("Harbour bridge to stay open", TEXT)
    assert (str(found.published_on), found.author) == ("2024-03-05", "Ana Bell")


def test_a_docx_without_styles_has_its_title_first() -> None:
    found = read_one(make_docx(styled=False), "bridge.docx")

    assert (found.title, found.text) == ("Harbour bridge to stay open", TEXT)


def test_an_encrypted_or_old_office_file_is_refused_with_that_reason() -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)

    assert "an encrypted office file, or one of before 2007" in read_refusal(content, "locked.docx")


def test_a_docx_that_is_cut_off_is_refused() -> None:
    assert "the file is damaged, and cannot be opened" in read_refusal(
        make_docx()[:-300], "bridge.docx"
    )


def test_rtf_is_read() -> None:
    body = "\\par\n".join(text.replace("“", "\\'93").replace("”", "\\'94") for text in PARAGRAPHS)
    content = (
        r"{\rtf1\ansi\ansicpg1252 {\fonttbl{\f0 Arial;}}\f0 Harbour bridge to stay open\par March 5, 2024\par "
        + body
        + r"\par}"
    )

    found = read_one(content, "bridge.rtf")

    assert (found.title, found.text) == ("Harbour bridge to stay open", TEXT)
    assert str(found.published_on) == "2024-03-05"


def test_the_headings_and_items_of_a_docx_are_told() -> None:
    file = docx.Document()
    file.add_paragraph("Harbour bridge to stay open", style="Title")
    file.add_paragraph("5 March 2024")
    file.add_paragraph(PARAGRAPHS[0])
    file.add_paragraph("Who pays for it", style="Heading 2")
    file.add_paragraph(PARAGRAPHS[1])
    file.add_paragraph("New lamps", style="List Bullet")
    file.add_paragraph("Nothing of this was read out.", style="Intense Quote")
    out = io.BytesIO()
    file.save(out)

    found = read_one(out.getvalue(), "bridge.docx")

    assert [(found.text[start:end], kind) for start, end, kind in found.blocks] == [
        ("Who pays for it", "heading"),
        ("New lamps", "item"),
        ("Nothing of this was read out.", "quotation"),
    ]
