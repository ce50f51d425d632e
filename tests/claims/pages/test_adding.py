"""What may be handed in by a form, and what the form says of the rest."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from claims.intake.readers.sources import FILE_FORMATS
from claims.pages.adding import (
    FILE_ENDINGS,
    LONGEST_TRY,
    NOT_A_LINK,
    CorrectionForm,
    FilesForm,
    LinkForm,
    TextForm,
    TryForm,
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("https://news.example/bridge", "https://news.example/bridge"),
        ("  http://news.example/a?b=1#c ", "http://news.example/a?b=1#c"),
        ("news.example/bridge", "https://news.example/bridge"),
        ("HTTPS://news.example/Bridge", "https://news.example/Bridge"),
    ],
)
def test_a_link_is_taken_as_people_paste_it(typed: str, read: str) -> None:
    form = LinkForm({"url": typed})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["url"] == read


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Paste the link of an article."),
        ("bridge", NOT_A_LINK),
        ("javascript:alert(1)", NOT_A_LINK),
        ("javascript://news.example/%0aalert(1)", NOT_A_LINK),
        ("file:///etc/passwd", NOT_A_LINK),
        ("ftp://news.example/a", NOT_A_LINK),
        ("https://", NOT_A_LINK),
        ("https://[::1", NOT_A_LINK),
        ("https://news.example/a b", NOT_A_LINK),
        ("https://news.example/a\u200bb", NOT_A_LINK),
        ("https://news.example:port/", NOT_A_LINK),
        ("harbour/bridge.html", NOT_A_LINK),
        ("ana@news.example", NOT_A_LINK),
        (f"https://news.example/{'a' * 2000}", "A link has at most 2,000 characters."),
        ("https://news.example/\0", "Null characters are not allowed."),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_no_link_is_said_beside_the_field(typed: str, said: str) -> None:
    assert LinkForm({"url": typed}).errors["url"] == [said]


def test_a_text_is_taken_as_it_is_up_to_its_length() -> None:
    text = "  The bridge.\r\n\r\nIt is safe. " + "x" * 20
    whole = TryForm({"text": text})
    too_long = "x" * (LONGEST_TRY + 1)

    assert whole.is_valid()
    assert whole.cleaned_data["text"] == text
    assert TryForm({"text": too_long}).errors["text"] == [
        "This text has 20,001 characters; 20,000 can be pasted."
    ]
    assert TextForm({"text": too_long}).is_valid()


@pytest.mark.parametrize("text", ["", " \n "])
def test_a_text_without_a_word_is_none(text: str) -> None:
    assert TextForm({"text": text}).errors["text"] == ["Paste the text of an article."]


def test_the_date_of_a_text_may_be_left_empty_but_not_be_nonsense() -> None:
    assert TextForm({"text": "It is safe.", "date": ""}).is_valid()
    assert TextForm({"text": "It is safe.", "date": "soon"}).errors["date"] == [
        "Give the date as 2024-03-05, or leave it empty."
    ]


def send_files(*files: SimpleUploadedFile) -> FilesForm:
    return FilesForm({}, MultiValueDict({"files": list(files)}))


def test_several_files_are_taken_in_their_order() -> None:
    form = send_files(SimpleUploadedFile("a.html", b"a"), SimpleUploadedFile("b.pdf", b"b"))

    assert form.is_valid(), form.errors
    assert [file.name for file in form.cleaned_data["files"]] == ["a.html", "b.pdf"]


def test_no_file_is_said_to_be_none() -> None:
    assert send_files().errors["files"] == ["Choose one or more files."]


def test_the_choice_of_files_offers_every_format_that_is_read() -> None:
    last_endings = {f".{name.rpartition('.')[2]}" for name in FILE_FORMATS}

    assert sorted(FILE_ENDINGS) == sorted(last_endings)


def test_corrections_are_as_a_document_has_them() -> None:
    form = CorrectionForm(
        {
            "title": " Bridge to open ",
            "date": "2024-03-06",
            "author": "Ruth Okafor",
            "publisher": "",
            "section": "",
            "url": "https://news.example/bridge",
            "licence": "",
        }
    )

    assert form.is_valid(), form.errors
    assert form.list_corrections() == {
        "title": "Bridge to open",
        "date": "2024-03-06",
        "author": "Ruth Okafor",
        "publisher": "",
        "section": "",
        "url": "https://news.example/bridge",
        "licence": "",
    }


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", " ", "An article needs a title."),
        ("date", "5 March", "Give the date as 2024-03-05, or leave it empty."),
        ("date", "0001-01-01", "The date is before 1600."),
        ("url", "javascript:alert(1)", NOT_A_LINK),
    ],
)
def test_a_correction_that_cannot_be_is_told_at_its_field(
    field: str, value: str, said: str
) -> None:
    values = {"title": "Bridge to open", "date": "2024-03-06", field: value}

    assert CorrectionForm(values).errors[field] == [said]
