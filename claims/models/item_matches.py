"""Which items of Wikidata actors may be, by a file that the site holds, and what people said of that."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models

from claims.models.actors import Actor
from claims.models.external_ids import WIKIDATA_ITEM
from claims.models.rules import build_field_choices, build_one_of_constraint

ITEM_STATUSES = ("sure", "proposed", "confirmed", "refused")
JUDGED_STATUSES = ("confirmed", "refused")


class ItemMatch(models.Model):
    """An item that an actor may be: `sure` and `confirmed` ones are among its numbers elsewhere.

    What a person confirmed or refused no file changes.
    """

    # Found by `item_match_is_one_row_per_pair`.
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="item_matches", db_index=False)
    value = models.CharField(
        max_length=20, validators=[RegexValidator(WIKIDATA_ITEM)], help_text="such as Q7747"
    )
    label = models.CharField(max_length=300)
    description = models.CharField(max_length=300, blank=True)
    reasons = models.JSONField(help_text="for and against, a short sentence each")
    status = models.CharField(max_length=9, choices=build_field_choices(ITEM_STATUSES))
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        verbose_name, verbose_name_plural = "item of Wikidata", "items of Wikidata"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["actor", "value"], name="item_match_is_one_row_per_pair"
            ),
            build_one_of_constraint("status", ITEM_STATUSES, "item_match_status_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.actor} as {self.value}"
