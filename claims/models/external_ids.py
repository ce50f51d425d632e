"""Under which numbers others know an actor."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from claims.models.actors import Actor
from claims.models.changed_rows import build_log_triggers
from claims.models.rules import track_history

WIKIDATA_ITEM = r"^Q[1-9][0-9]{0,11}\Z"


class ExternalIdScheme(models.TextChoices):
    WIKIDATA = "wikidata", "Wikidata"


@track_history()
class ExternalId(models.Model):
    """The number of an actor in another collection, set by a person: an item of Wikidata."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="external_ids")
    scheme = models.CharField(
        max_length=10, choices=ExternalIdScheme, default=ExternalIdScheme.WIKIDATA
    )
    value = models.CharField(
        max_length=20,
        validators=[
            RegexValidator(WIKIDATA_ITEM, "An item of Wikidata is a Q and a number, such as Q7747.")
        ],
        help_text="such as Q7747",
    )
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        triggers: ClassVar = build_log_triggers(
            "externalid",
            "SELECT 'actor', slug FROM {rows} one JOIN claims_actor ON claims_actor.id = actor_id",
        )
        ordering: ClassVar = ["scheme", "value"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scheme", "value"],
                name="external_id_is_of_one_actor",
                violation_error_message="Another actor has this number; if they are one, merge them.",
            ),
            models.CheckConstraint(
                condition=Q(scheme__in=ExternalIdScheme.values), name="external_id_scheme_is_known"
            ),
            models.CheckConstraint(
                condition=Q(value__regex=r"^Q[1-9][0-9]{0,11}$"),
                name="external_id_is_an_item",
                violation_error_message="An item of Wikidata is a Q and a number, such as Q7747.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"
