"""Large files that are made while nobody waits, and kept for some days."""

import uuid
from datetime import timedelta
from pathlib import Path
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from claims.models.rules import build_one_of_constraint

DAYS_FILES_ARE_KEPT = 3
HOURS_FILES_MAY_TAKE = 6  # after which one that is not finished counts as given up


class FileState(models.TextChoices):
    WAITING = "waiting", "waiting"
    MAKING = "making", "being made"
    READY = "ready", "ready"
    FAILED = "failed", "failed"


class MadeFileQuerySet(models.QuerySet["MadeFile"]):
    def made_lately(self, sender: str) -> Self:
        """Return what this sender has had made within the last day."""
        return self.filter(sender=sender, asked_at__gt=timezone.now() - timedelta(days=1))

    def unfinished(self) -> Self:
        """Return what waits or is being made; what has been so for hours, nobody makes any more."""
        horizon = timezone.now() - timedelta(hours=HOURS_FILES_MAY_TAKE)
        unfinished = self.filter(state__in=[FileState.WAITING, FileState.MAKING])
        return unfinished.filter(asked_at__gt=horizon)

    def old(self) -> Self:
        horizon = timezone.now() - timedelta(days=DAYS_FILES_ARE_KEPT)
        return self.filter(asked_at__lt=horizon)


class MadeFile(models.Model):
    """A file of many quotes, in one format; `done` of `total` rows are in it.

    Its address holds `token`: nobody else finds it. `sender` stands for a network address for a day
    and tells it to nobody.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ending = models.CharField("format", max_length=10)
    query = models.TextField(blank=True, help_text="query string of the filters")
    site = models.CharField(max_length=300)
    described = models.TextField("quotes")
    sender = models.CharField(max_length=64, editable=False)
    state = models.CharField(max_length=7, choices=FileState, default=FileState.WAITING)
    reason = models.CharField(max_length=300, blank=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    size = models.BigIntegerField("bytes", null=True, blank=True)
    name = models.CharField("file name", max_length=200, blank=True)
    asked_at = models.DateTimeField("asked for", auto_now_add=True)
    ready_at = models.DateTimeField("ready", null=True, blank=True)

    objects = MadeFileQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-asked_at", "-id"]
        verbose_name = "large file"
        constraints: ClassVar = [
            build_one_of_constraint("state", tuple(FileState.values), "file_state_is_known")
        ]

    def __str__(self) -> str:
        return f"{self.ending}: {self.described}"

    def get_absolute_url(self) -> str:
        return reverse("made-file", args=[self.token])

    @property
    def path(self) -> Path:
        return Path(settings.FILES_FOLDER) / f"{self.token}.{self.ending}"

    @property
    def share(self) -> int:
        """Return how much of it is made, in percent."""
        if self.state == FileState.READY:
            return 100
        return min(100 * self.done // self.total, 99) if self.total else 0

    @property
    def kept_until(self) -> object:
        return self.asked_at + timedelta(days=DAYS_FILES_ARE_KEPT)

    @property
    def is_finished(self) -> bool:
        return self.state in (FileState.READY, FileState.FAILED)
