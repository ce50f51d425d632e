"""What a list page (actors, claims, articles, outlets) was asked: read from its address, as
forgivingly as the filters are.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Page, Paginator
from django.http import QueryDict

from claims.extraction.schema import ACTOR_KINDS, STANCES
from claims.models import Outlet
from claims.models.text_search import why_unsearchable
from claims.search.parameters import COPIES_COUNTED, DISPUTE_KINDS, DISPUTED_VALUES
from claims.search.problems import QueryProblem, list_repeated_problems, shorten_query_value

if TYPE_CHECKING:
    from django.core.paginator import _SupportsPagination

ROWS_PER_PAGE = 50
LONGEST_WORDS = 200  # characters
LONGEST_SENTENCE = 500  # characters

Item = TypeVar("Item")


class ListForm(forms.Form):
    """The closed set of parameters of a list page; each is optional."""

    q = forms.CharField(required=False, max_length=LONGEST_WORDS)


class CopiesForm(forms.Form):
    """How often copies of one text count."""

    copies = forms.ChoiceField(required=False, choices=[(way, way) for way in COPIES_COUNTED])


class OrderedCopiesForm(CopiesForm):
    """That, and in which order quotes of one claim come."""

    order = forms.ChoiceField(
        required=False, choices=[(order, order) for order in ("newest", "arrived")]
    )


class WordsListForm(ListForm):
    def clean_q(self) -> str:
        q: str = self.cleaned_data["q"]
        if unsearchable := why_unsearchable(q):
            raise forms.ValidationError(unsearchable)
        return q


class ActorListForm(ListForm, CopiesForm):
    kind = forms.ChoiceField(required=False, choices=[(kind, kind) for kind in ACTOR_KINDS])


class ClaimListForm(WordsListForm, CopiesForm):
    actor = forms.SlugField(required=False, max_length=100)
    outlet = forms.SlugField(required=False, max_length=100)
    stance = forms.ChoiceField(required=False, choices=[(stance, stance) for stance in STANCES])
    since = forms.DateField(required=False)
    disputed = forms.ChoiceField(
        required=False, choices=[(value, value) for value in DISPUTED_VALUES]
    )


class DisputeListForm(WordsListForm):
    kind = forms.ChoiceField(required=False, choices=[(kind, kind) for kind in DISPUTE_KINDS])
    actor = forms.SlugField(required=False, max_length=100)
    outlet = forms.SlugField(required=False, max_length=100)
    since = forms.DateField(required=False)


class AlikeForm(forms.Form):
    text = forms.CharField(required=False, max_length=LONGEST_SENTENCE)


class OutletListForm(ListForm, CopiesForm):
    pass


class ArticleListForm(WordsListForm, CopiesForm):
    outlet = forms.SlugField(required=False, max_length=100)

    def clean_outlet(self) -> str:
        slug: str = self.cleaned_data["outlet"]
        if slug and not Outlet.objects.with_slugs([slug]).exists():
            raise forms.ValidationError(f"There is no outlet “{slug}”.")
        return slug


@dataclass(frozen=True, slots=True)
class ListChoice:
    """A value that narrows a list, with the query string that takes it up, or lets it go when
    it is chosen.
    """

    value: str
    label: str
    count: int
    selected: bool
    query: str


def read_list_query(
    form_class: type[forms.Form], query: QueryDict
) -> tuple[dict[str, Any], list[QueryProblem]]:
    """Return the values that can be used, and a problem for each part of the query string that
    cannot.
    """
    form = form_class(query)
    problems = []
    for name, messages in form.errors.items():
        reasons = " ".join(str(message) for message in messages)
        message = f"“{name}” is left out. {reasons}"
        problems.append(QueryProblem(name, str(query.get(name)), message))
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    return asked, problems + list_query_problems(query, known=[*form.fields, "page"])


def list_query_problems(query: QueryDict, known: Collection[str] = ()) -> list[QueryProblem]:
    """Return a problem for each parameter that is not known, and for each that is and comes
    several times.
    """
    problems = []
    for name in query:
        if name not in known:
            message = f"There is no filter “{shorten_query_value(name)}” here."
            problems.append(QueryProblem(name, str(query.get(name)), message))
    return problems + list_repeated_problems(query, known)


def build_list_choices(
    name: str, counted: Iterable[tuple[str, str, int]], asked: dict[str, Any]
) -> list[ListChoice]:
    """Return one choice for each value, label and count."""
    choices = []
    for value, label, count in counted:
        is_selected = asked.get(name) == value
        query = build_toggled_list_query(asked, name, value)
        choices.append(ListChoice(value, label, count, is_selected, query))
    return choices


def build_toggled_list_query(asked: dict[str, Any], name: str, value: str) -> str:
    """Return the query string that takes up a value, or lets it go where it is chosen."""
    wanted = {other: asked_value for other, asked_value in asked.items() if other != name}
    if asked.get(name) != value:
        wanted[name] = value
    return urlencode(wanted)


def select_page(
    rows: "_SupportsPagination[Item]", query: QueryDict, per_page: int = ROWS_PER_PAGE
) -> tuple[Page[Item], list[QueryProblem]]:
    """Return the page asked for, else the nearest there is and a problem that says so."""
    asked = query.get("page", "1")
    page = Paginator(rows, per_page).get_page(asked)
    if asked == str(page.number):
        return page, []
    message = f"There is no page “{shorten_query_value(asked)}”: this is page {page.number}."
    return page, [QueryProblem("page", asked, message)]
