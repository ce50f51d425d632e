# ruff: noqa: E501 -- the lines of files made here are long
import zlib
from collections.abc import Sequence

import pytest

from tests.claims.intake.readers.reading import PARAGRAPHS, read_one, read_refusal

Placed = tuple[float, float, float, str]  # left, baseline and size in points, and a line
WIDTH = 5.0  # points that a letter takes at 10 points, about


def make_pdf(pages: Sequence[Sequence[Placed]], title: str = "") -> bytes:
    """Return a PDF with these lines on its pages."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for page in pages:
        drawn = "\n".join(
            f"BT /F1 {size} Tf {left} {bottom} Td ({escape(text)}) Tj ET"
            for left, bottom, size, text in page
        )
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append(f"<< /Title ({escape(title)}) >>")
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    return (
        out
        + f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{start}\n%%EOF".encode()
    )


def escape(text: str) -> str:
    for mark, plain in (
        ("“", '"'),
        ("”", '"'),
        ("’", "'"),
        ("\\", "\\\\"),
        ("(", "\\("),
        (")", "\\)"),
    ):
        text = text.replace(mark, plain)
    return text


def set_lines(
    paragraphs: Sequence[str], left: float, top: float, width: int, gap: float = 6
) -> list[Placed]:
    """Return paragraphs cut into lines of so many letters, with a hyphen where a word does not fit."""
    placed: list[Placed] = []
    for paragraph in paragraphs:
        line = ""
        for word in paragraph.split():
            if len(line) + len(word) + 1 <= width:
                line = f"{line} {word}".strip()
                continue
            room = width - len(line) - 2
            if room >= 3 and len(word) >= 8 and word.isalpha() and len(word) - room >= 3:
                placed.append((left, top, 10, f"{line} {word[:room]}-"))
                line = word[room:]
            else:
                placed.append((left, top, 10, line))
                line = word
            top -= 12
        placed.append((left, top, 10, line))
        top -= 12 + gap
    return placed


def plain(paragraphs: Sequence[str]) -> str:
    return "\n".join(paragraphs).replace("“", '"').replace("”", '"').replace("’", "'")


HEAD: list[Placed] = [
    (50, 780, 20, "Harbour bridge to stay open"),
    (50, 760, 10, "By Ana Bell"),
    (50, 746, 10, "March 5, 2024"),
]


def test_paragraphs_are_whole_and_cut_words_too() -> None:
    content = make_pdf([[*HEAD, *set_lines(PARAGRAPHS, 50, 720, 48)]])

    found = read_one(content, "bridge.pdf")

    assert found.title == "Harbour bridge to stay open"
    assert found.text == plain(PARAGRAPHS)
    assert (str(found.published_on), found.author) == ("2024-03-05", "Ana Bell")


@pytest.mark.parametrize("is_by_row", [False, True], ids=["a column after another", "row by row"])
def test_columns_are_read_one_after_another(is_by_row: bool) -> None:
    columns = set_lines(PARAGRAPHS[:2], 50, 720, 40) + set_lines(PARAGRAPHS[2:], 310, 720, 40)
    if is_by_row:
        columns.sort(key=lambda line: (-line[1], line[0]))

    found = read_one(make_pdf([[*HEAD, *columns]]), "bridge.pdf")

    assert found.text == plain(PARAGRAPHS)


def test_what_stands_on_every_page_is_left_out_and_a_paragraph_goes_on_over_the_page() -> None:
    lines = set_lines(PARAGRAPHS, 50, 720, 48)
    cut = len(lines) // 2
    furniture: list[Placed] = [
        (50, 815, 8, "Harbour Herald, Tuesday"),
        (50, 20, 8, "https://herald.example/bridge"),
    ]
    second = [
        (left, 700.0 - 14 * i, size, text) for i, (left, _, size, text) in enumerate(lines[cut:])
    ]

    found = read_one(
        make_pdf([[*HEAD, *lines[:cut], *furniture], [*second, *furniture, (290, 40, 8, "2")]]),
        "bridge.pdf",
    )

    assert "Harbour Herald" not in found.text
    assert " ".join(found.text.split()) == " ".join(plain(PARAGRAPHS).split())
    assert found.url == "https://herald.example/bridge"


def test_the_title_may_be_that_of_the_file() -> None:
    found = read_one(
        make_pdf([[*HEAD, *set_lines(PARAGRAPHS, 50, 720, 48)]], "Bridge over the harbour"), "a.pdf"
    )

    assert found.title == "Bridge over the harbour"


def test_a_pdf_of_pictures_is_refused_with_that_reason() -> None:
    assert "pictures of pages and no text" in read_refusal(make_pdf([[], []]), "scan.pdf")


def test_an_encrypted_pdf_is_refused_with_that_reason() -> None:
    content = make_pdf([[*HEAD]])
    locked = content.replace(
        b"trailer << ",
        b"trailer << /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] /Encrypt << /Filter /Standard /V 1 /R 2 "
        b"/O <" + b"11" * 32 + b"> /U <" + b"22" * 32 + b"> /P -4 >> ",
    )

    assert "encrypted" in read_refusal(locked, "locked.pdf")


def test_a_broken_pdf_is_refused() -> None:
    assert "the PDF is damaged, and cannot be opened" in read_refusal(
        b"%PDF-1.4\n" + zlib.compress(b"x" * 100), "broken.pdf"
    )
