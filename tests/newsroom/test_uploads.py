"""Files that are sent with a form stay within a limit, and the fields before them are read."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django import Settings

from newsroom.uploads import is_upload_too_large


def send(*sizes: int) -> HttpRequest:
    files = [SimpleUploadedFile(f"{size}.txt", b"x" * size) for size in sizes]
    return RequestFactory().post("/", {"what": "files", "files": files})


@pytest.fixture(autouse=True)
def limit(settings: Settings) -> None:
    settings.LARGEST_UPLOAD = 10_000


def test_files_within_the_limit_are_all_there() -> None:
    request = send(4000, 5000)

    assert [file.size for file in request.FILES.getlist("files")] == [4000, 5000]
    assert not is_upload_too_large(request)


@pytest.mark.parametrize("sizes", [(10_001,), (5000, 6000)], ids=["one", "together"])
def test_of_more_than_that_nothing_is_kept_but_the_fields(sizes: tuple[int, ...]) -> None:
    request = send(*sizes)

    assert request.POST["what"] == "files"
    assert request.FILES.getlist("files") == []
    assert is_upload_too_large(request)
