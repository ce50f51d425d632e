"""Files sent with a form, within a limit: what is more than that is passed over, never kept."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

TOO_LARGE = "newsroom.upload_is_too_large"


class LimitedUploadHandler(FileUploadHandler):
    """Stops at the first file of a request that brings more than `LARGEST_UPLOAD` bytes in all.

    The fields before it are read, so that a view can say what is wrong.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        self.is_too_large = content_length > settings.LARGEST_UPLOAD

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.is_too_large:
            assert self.request is not None
            self.request.META[TOO_LARGE] = True
            raise StopUpload(connection_reset=False)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def is_upload_too_large(request: HttpRequest) -> bool:
    """Return whether the files of a request were passed over, since they are too large."""
    return bool(request.META.get(TOO_LARGE))
