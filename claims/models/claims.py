"""What is said: in which words, and which of these say one thing."""

import hashlib
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Self

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from claims.models.addresses import get_address
from claims.models.changed_rows import build_log_triggers
from claims.models.rules import track_history
from claims.models.standing import build_quote_count, build_quote_exists
from claims.models.text_search import build_plain_column, build_search_query

if TYPE_CHECKING:
    from django.db.models import Manager

    from claims.models.quotes import Quote

CONTENT_GAP = " … "  # stands between the parts of a discontinuous content
WORD = re.compile(r"\w+")
LEAST_WORDS_ALONE = 3  # that mean the same in every article

# Whoever adds a wording need not say of which claim it is: at first of one of its own.
OWN_CLAIM_TRIGGER = pgtrigger.Trigger(
    name="is_a_claim_of_its_own",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    condition=pgtrigger.Condition("NEW.claim_id IS NULL"),
    func="NEW.claim_id = NEW.id; RETURN NEW;",
)
# With a wording goes what was read of it. Its claim stays, if it has others, and so does the
# address; what joined these may have gone with it, so they wait to be looked at again.
HEIR_TRIGGER = pgtrigger.Trigger(
    name="its_address_stays_with_the_claim",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Delete,
    referencing=pgtrigger.Referencing(old="old_rows"),  # type: ignore[no-untyped-call]
    func="""
        INSERT INTO claims_formerclaim (number, wording)
        SELECT gone.id, heir.id
          FROM old_rows gone
         CROSS JOIN LATERAL (
               SELECT id FROM claims_wording WHERE claim_id = gone.claim_id ORDER BY id LIMIT 1) heir
            ON CONFLICT (number) DO UPDATE SET wording = excluded.wording;
        UPDATE claims_formerclaim former SET wording = later.wording
          FROM claims_formerclaim later
         WHERE former.wording = later.number AND later.number IN (SELECT id FROM old_rows);
        INSERT INTO claims_unrelated (wording)
        SELECT id FROM claims_wording WHERE claim_id IN (SELECT claim_id FROM old_rows);
        UPDATE claims_wording rest SET claim_id = former.wording
          FROM claims_formerclaim former
         WHERE rest.claim_id = former.number AND former.number IN (SELECT id FROM old_rows);
        DELETE FROM claims_match WHERE first_id IN (SELECT id FROM old_rows);
        DELETE FROM claims_match WHERE second_id IN (SELECT id FROM old_rows);
        DELETE FROM claims_wordingprint WHERE wording_id IN (SELECT id FROM old_rows);
        RETURN NULL;
    """,
)
# The lock waits for quotes that are being stored with the wording, so that none is left unnoted.
CLAIM_NOTE_TRIGGER = pgtrigger.Trigger(
    name="quotes_change_with_the_claim",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("claim_id", "is_proposition"),  # type: ignore[no-untyped-call]
    condition=pgtrigger.Condition(
        "OLD.claim_id IS DISTINCT FROM NEW.claim_id"
        " OR OLD.is_proposition IS DISTINCT FROM NEW.is_proposition"
    ),
    func="""
        PERFORM 1 FROM claims_wording WHERE id = NEW.id FOR UPDATE;
        INSERT INTO claims_change (quote_id) SELECT id FROM claims_quote WHERE wording_id = NEW.id;
        RETURN NULL;
    """,
)


class NumberOfClaim(models.ForeignKey[Any, Any]):
    """The claim of a wording, which the database gives it as it goes in.

    Migrations know it as the foreign key that it is.
    """

    db_returning = True

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.ForeignKey", args, kwargs


class WordingQuerySet(models.QuerySet["Wording"]):
    def search(self, text: str) -> Self:
        return self.filter(search=build_search_query(text))

    def of_claim(self, claim: int) -> models.QuerySet["Wording", int]:
        """Return the numbers of the wordings of a claim, the first of them first."""
        return self.filter(claim=claim).order_by("pk").values_list("pk", flat=True)

    def find_claim(self, number: int) -> "Claim | None":
        """Return the claim of the wording of this number, or of the one that took its place."""
        wordings = self.select_related("claim").defer("search", "claim__search")
        wording = wordings.filter(pk=number).first()
        if wording is None:
            places = FormerClaim.objects.filter(number=number).values("wording")
            wording = wordings.filter(pk__in=places).first()
        return wording.claim if wording else None

    def delete_unused(self, keys: Iterable[int]) -> None:
        """Delete those of these wordings that no quote has, unless a person decided on one.

        Whoever stores a quote with one just now is waited for, and then seen.
        """
        wordings = self.filter(pk__in=list(keys)).order_by("pk")
        locked = list(wordings.select_for_update().values_list("pk", flat=True))
        unused = self.filter(pk__in=locked, quotes__isnull=True)
        unused.filter(~build_decision_exists()).delete()


def build_decision_exists() -> Exists:
    """Return whether a person decided how a wording relates to another."""
    from claims.models.matches import Match

    of_it = Q(first=OuterRef("pk")) | Q(second=OuterRef("pk"))
    return Exists(Match.objects.decided().filter(of_it))


@track_history("search", "claim", "is_proposition")
class Wording(models.Model):
    """The words of contents, whatever their case and marks.

    Which claim it is of follows from how it matches others (`claims/gathering/`), and whether it
    says something by itself from the words: no history has that.
    """

    if TYPE_CHECKING:
        quotes: "Manager[Quote]"

    text = models.TextField(help_text="in the words of the first quote")
    key = models.CharField(
        max_length=64, unique=True, editable=False, help_text="SHA-256 of the normalised words"
    )
    claim = NumberOfClaim(
        "claims.Claim",
        models.DO_NOTHING,
        related_name="wordings",
        editable=False,
        help_text="the first wording of those that say the same",
    )
    is_proposition = models.BooleanField(
        default=True,
        db_default=True,
        editable=False,
        help_text="false: words that say nothing by themselves, and are in no list of claims",
    )
    search = models.GeneratedField(
        expression=SearchVector(build_plain_column("text"), config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = WordingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [GinIndex(fields=["search"], name="wording_search")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(claim__lte=F("id")), name="claim_has_the_number_of_its_first_wording"
            )
        ]
        triggers: ClassVar = [
            OWN_CLAIM_TRIGGER,
            HEIR_TRIGGER,
            CLAIM_NOTE_TRIGGER,
            *build_log_triggers(
                "wording",
                "SELECT 'wording', id::text FROM {rows}",
                "SELECT 'claim', claim_id::text FROM {rows}",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:100]

    @property
    def claim_address(self) -> str:
        """Return the address of the claim that it is a wording of."""
        return get_address("claim", self.claim_id)

    @staticmethod
    def key_of(content: str, article: str) -> str:
        """Return a key that is the same for contents that differ only in case, marks,
        white space and a leading "that".

        One or two words ("this", "the charge") mean what their article was speaking of, so
        they are a wording of that article alone (by its key).
        """
        without_apostrophes = content.casefold().replace("’", "").replace("'", "")
        words = WORD.findall(without_apostrophes)
        if words[:1] == ["that"]:
            words = words[1:]
        key_words = words or [content]
        if len(words) < LEAST_WORDS_ALONE:
            key_words = [f"article {article}:", *key_words]
        return hashlib.sha256(" ".join(key_words).encode()).hexdigest()


class ClaimQuerySet(models.QuerySet["Claim"]):
    def standing(self) -> Self:
        """Return what readers see in lists: the claims of which readers see a quote."""
        wordings = Wording.objects.filter(build_quote_exists(Wording), claim=OuterRef("pk"))
        return self.filter(Exists(wordings))

    def counted(self) -> Self:
        return self.annotate(quote_count=build_quote_count("wording__claim"))

    def search(self, text: str) -> Self:
        """Return the claims with these words in one of their wordings."""
        return self.filter(pk__in=Wording.objects.search(text).values("claim"))


class FirstWordings(models.Manager["Claim"]):
    """Of all wordings those that are the first of their claims."""

    def get_queryset(self) -> models.QuerySet["Claim"]:
        return super().get_queryset().filter(pk=F("claim"))


class Claim(Wording):
    """What quotes assert, deny or question: a group of wordings that say the same.

    Its number, and so its address, is that of its first wording. `/claims/<id>/` of another one of
    them leads to it; of a claim that is split, each part has the number of its own first wording.
    """

    objects: ClassVar = FirstWordings.from_queryset(ClaimQuerySet)()  # type: ignore[assignment]

    class Meta:
        proxy = True
        ordering: ClassVar = ["-id"]

    def get_absolute_url(self) -> str:
        return get_address("claim", self.pk)


class FormerClaim(models.Model):
    """The number of a wording that is gone, and the wording that took its place in its claim."""

    number = models.BigIntegerField(primary_key=True)
    wording = models.BigIntegerField(db_index=True)

    class Meta:
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"claim {self.number}"
