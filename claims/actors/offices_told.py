"""Keeps which offices articles give those whom they name, by the names under which they know them."""

from collections.abc import Iterable, Iterator

from django.db.models import Q

from claims.actors.forms import build_form, build_form_key
from claims.actors.offices import find_offices
from claims.extraction.schema import Speaker
from claims.models import Actor, Article, Office, Unjoined

# An article, the key of a name in it, and an office with its place.
OfficeRow = tuple[int, str, str, str]


def list_offices(article: int, speaker: Speaker, name_key: str, text: str) -> Iterator[OfficeRow]:
    """Yield the offices that an article gives a person, whom it knows under the name of this key."""
    if speaker.kind != "person":
        return
    for office in find_offices(speaker.name, text, (speaker.mention,)):
        yield article, name_key, office.title, office.place


def forget_offices_told_no_more(article: Article, speakers: Iterable[Speaker]) -> None:
    """Forget the offices of an article that its text gives none of these whom it names any more.

    Whose names these are is found anew: an office may have told it.
    """
    stored = list(Office.objects.filter(article=article))
    told: set[OfficeRow] = set()
    for speaker in speakers:
        _, name_key, _ = build_form_key(build_form(speaker, article.pk))
        told.update(list_offices(article.pk, speaker, name_key, article.text))
    gone = []
    for office in stored:
        if (article.pk, office.key, office.title, office.place) not in told:
            gone.append(office)
    if not gone:
        return
    Office.objects.filter(pk__in=[office.pk for office in gone]).delete()
    of_these_names = Actor.objects.filter(key__in={office.key for office in gone})
    here = of_these_names.filter(Q(article=None) | Q(article=article)).order_by()
    numbers = here.values_list("pk", flat=True)
    Unjoined.objects.bulk_create([Unjoined(actor_id=number) for number in numbers])
