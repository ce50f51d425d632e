"""The forms by which a reporter brings news in: a link, a text or files, and corrections of what was
read.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from newsroom.web_addresses import LONGEST_ADDRESS, complete_address, is_web_address

LONGEST_TRY = 20_000  # characters, as all that follow; of a text that anybody may try
LONGEST_TEXT = 500_000  # of a text that is pasted by who may add articles
LONGEST_TITLE = 1000
LONGEST_AUTHOR = 300
LONGEST_PUBLISHER = 200
LONGEST_SECTION = 100
LONGEST_LICENCE = 300
EARLIEST_DAY = datetime.date(1600, 1, 1)
# The ends of names that the choice of files offers. Readers tell a format by what a file holds.
FILE_ENDINGS = (
    *(".html", ".htm", ".xhtml", ".mht", ".mhtml", ".pdf", ".docx", ".rtf", ".epub", ".txt"),
    *(".text", ".md", ".eml", ".mbox", ".vtt", ".srt", ".csv", ".tsv", ".xlsx", ".xml", ".rss"),
    *(".atom", ".json", ".jsonl", ".zip", ".warc", ".gz"),
)
NOT_A_LINK = "This is not the address of a web page. It begins with https:// or http://."
LINK_TOO_LONG = f"A link has at most {LONGEST_ADDRESS:,} characters."


def check_link(written: str) -> str:
    """Return an address as it was meant. Raises `ValidationError` if it is none of a page."""
    address = complete_address(written)
    if not is_web_address(address):
        raise forms.ValidationError(NOT_A_LINK)
    if len(address) > LONGEST_ADDRESS:
        raise forms.ValidationError(LINK_TOO_LONG)
    return address


class HandInForm(forms.Form):
    """What is handed in. `field_refused` is the field beside which a refusal is told."""

    field_refused = ""
    keep = forms.BooleanField(required=False)


class LinkForm(HandInForm):
    """The address of a page to fetch and read."""

    field_refused = "url"

    url = forms.CharField(
        label="Link",
        max_length=LONGEST_ADDRESS,
        error_messages={
            "required": "Paste the link of an article.",
            "max_length": LINK_TOO_LONG,
        },
    )

    def clean_url(self) -> str:
        return check_link(self.cleaned_data["url"])


class TextForm(HandInForm):
    """A text that was pasted, with its title where that is known."""

    field_refused = "text"

    longest = LONGEST_TEXT
    text = forms.CharField(
        label="Text", strip=False, error_messages={"required": "Paste the text of an article."}
    )
    title = forms.CharField(
        label="Title",
        required=False,
        max_length=LONGEST_TITLE,
        error_messages={"max_length": f"A title has at most {LONGEST_TITLE:,} characters."},
    )
    date = forms.DateField(
        label="Date",
        required=False,
        error_messages={"invalid": "Give the date as 2024-03-05, or leave it empty."},
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not text.strip():
            raise forms.ValidationError("Paste the text of an article.")
        if len(text) > self.longest:
            raise forms.ValidationError(
                f"This text has {len(text):,} characters; {self.longest:,} can be pasted."
            )
        return text


class TryForm(TextForm):
    """A text that anybody may have read, without its being kept."""

    longest = LONGEST_TRY


class FilesInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name)


class FilesField(forms.FileField):
    """One or more files."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = [file for file in data or [] if file]
        if not files:
            raise forms.ValidationError("Choose one or more files.")
        return [super(FilesField, self).clean(file, initial) for file in files]


class FilesForm(HandInForm):
    """Files of any format that is read."""

    field_refused = "files"

    files = FilesField(  # type: ignore[assignment] # a form's own `files` is another thing
        label="Files",
        allow_empty_file=True,
        max_length=200,
        error_messages={"max_length": "The name of a file has at most 200 characters."},
    )

    def refuse_as_too_large(self) -> None:
        """Say that more was sent than is taken, instead of that nothing was chosen."""
        self.errors.pop("files", None)
        self.add_error("files", build_too_large_message())


def build_too_large_message() -> str:
    most = settings.LARGEST_UPLOAD // 1_000_000
    return f"Together the files are larger than {most} MB. Send fewer of them at once."


class CorrectionForm(forms.Form):
    """What was read of an article beside its text, each of it open to correction.

    The fields are called as `manage.py read` calls them.
    """

    title = forms.CharField(
        label="Title",
        max_length=LONGEST_TITLE,
        error_messages={"required": "An article needs a title."},
    )
    date = forms.DateField(
        label="Date",
        required=False,
        help_text="Empty where nobody knows it.",
        error_messages={"invalid": "Give the date as 2024-03-05, or leave it empty."},
    )
    author = forms.CharField(label="By", required=False, max_length=LONGEST_AUTHOR)
    publisher = forms.CharField(
        label="Outlet",
        required=False,
        max_length=LONGEST_PUBLISHER,
        help_text="Who published it. A well-known address tells that by itself.",
    )
    section = forms.CharField(label="Section", required=False, max_length=LONGEST_SECTION)
    url = forms.CharField(
        label="Address",
        required=False,
        max_length=LONGEST_ADDRESS,
        help_text="Empty for a text without one.",
    )
    licence = forms.CharField(
        label="Terms of use",
        required=False,
        max_length=LONGEST_LICENCE,
        help_text="An address, or a notice of copyright, as its page says it.",
    )

    def clean_date(self) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data["date"]
        if day and day < EARLIEST_DAY:
            raise forms.ValidationError(f"The date is before {EARLIEST_DAY.year}.")
        return day

    def clean_url(self) -> str:
        written: str = self.cleaned_data["url"]
        return check_link(written) if written else ""

    def list_corrections(self) -> dict[str, str]:
        """Return every value as a document has it."""
        values = dict(self.cleaned_data)
        day = values["date"]
        return {**values, "date": day.isoformat() if day else ""}


def list_values_read(document: Mapping[str, Any]) -> dict[str, str]:
    """Return what the correction form shows of a document that was read."""
    return {name: str(document.get(name) or "") for name in CorrectionForm.base_fields}
