from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.models import Actor
from claims.models.naming import ListedActor, list_qualifiers
from tests.claims.admin_client import get_page
from tests.claims.query_strings import list_facets_of, read_filters
from tests.factories import make_article, make_quote

DAY = date(2024, 3, 5)


def known_in(
    slug: str, outlet: str = "Herald", day: date = DAY, title: str = "Rain"
) -> ListedActor:
    return ListedActor(slug, "Bell", "person", outlet, day, title)


EVERYWHERE = ListedActor("bell", "Bell", "person")


@pytest.mark.parametrize(
    ("rows", "qualifiers"),
    [
        pytest.param([EVERYWHERE], [""], id="known everywhere"),
        pytest.param([known_in("bell-2")], ["Herald, 5 March 2024"], id="known in one article"),
        pytest.param(
            [EVERYWHERE, known_in("bell-2")], ["", "Herald, 5 March 2024"], id="one of each"
        ),
        pytest.param(
            [known_in("bell-2"), known_in("bell-3", outlet="Wire")],
            ["Herald, 5 March 2024", "Wire, 5 March 2024"],
            id="two outlets",
        ),
        pytest.param(
            [
                known_in("bell-2"),
                known_in("bell-3", title="Frost"),
                known_in("bell-4", day=date(2024, 3, 6)),
            ],
            [
                "Herald, 5 March 2024, “Rain”",
                "Herald, 5 March 2024, “Frost”",
                "Herald, 6 March 2024",
            ],
            id="two articles of a day",
        ),
        pytest.param(
            [known_in("bell-2"), known_in("bell-3")],
            ["Herald, 5 March 2024, “Rain”, bell-2", "Herald, 5 March 2024, “Rain”, bell-3"],
            id="two articles of a title",
        ),
        pytest.param(
            [EVERYWHERE, ListedActor("bell-2", "Bell", "group")],
            ["person", "group"],
            id="two kinds",
        ),
        pytest.param(
            [EVERYWHERE, ListedActor("bell-2", "Lund", "group")], ["", ""], id="two names"
        ),
    ],
)
def test_names_get_the_shortest_words_that_tell_them_apart(
    rows: list[ListedActor], qualifiers: list[str]
) -> None:
    assert list_qualifiers(rows) == qualifiers


@pytest.mark.django_db
@pytest.mark.usefixtures("three_bells")
class TestInLists:
    """Three actors called by a bare surname, two of them in one outlet on one day."""

    QUALIFIERS = (
        "Harbour Herald, 5 March 2024, “Rain”",
        "Harbour Herald, 5 March 2024, “Frost”",
        "Northern Wire, 5 March 2024",
    )

    @pytest.fixture
    def three_bells(self) -> None:
        places = [
            ("Harbour Herald", "Rain"),
            ("Harbour Herald", "Frost"),
            ("Northern Wire", "Rain"),
        ]
        for number, (outlet, title) in enumerate(places):
            article = make_article("Bell said it rains.", outlet=outlet, title=title)
            actor = Actor.objects.create(
                name="Bell", slug=f"bell-{number}", kind="person", article=article
            )
            make_quote(article=article, actor=actor, content="it rains")

    @pytest.mark.parametrize("address", ["/", "/actors/", "/?q=Bell"])
    def test_no_two_rows_look_the_same(
        self,
        client: Client,
        address: str,
        keep_columns: Callable[[], None],
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        keep_columns()
        with django_assert_max_num_queries(8):
            shown = client.get(address).content.decode()

        for qualifier in self.QUALIFIERS:
            assert qualifier in shown, qualifier

    def test_a_facet_tells_its_actors_apart(self) -> None:
        who = list_facets_of(read_filters(""))[0]

        assert {(value.label, value.qualifier) for value in who.values} == {
            ("Bell", each) for each in self.QUALIFIERS
        }

    def test_a_chosen_actor_is_named_with_its_place(self) -> None:
        (chip,) = read_filters("actor=bell-2").list_chips()

        assert chip.label == "Bell (Northern Wire, 5 March 2024)"

    def test_the_admin_tells_them_apart_in_few_queries(
        self, curator: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for model in ("actor", "quote"):
            with django_assert_max_num_queries(10):
                get_page(curator, f"/admin/claims/{model}/")
        with django_assert_max_num_queries(6):
            found = curator.get(
                "/admin/autocomplete/?app_label=claims&model_name=quote&field_name=actor&term=bell"
            )

        names = {row["text"] for row in found.json()["results"]}
        assert names == {
            "Bell (Harbour Herald, 5 March 2024, “Rain”)",
            "Bell (Harbour Herald, 5 March 2024, “Frost”)",
            "Bell (Northern Wire, 5 March 2024, “Rain”)",
        }
        assert "Bell (Northern Wire, 5 March 2024, “Rain”)" in get_page(
            curator, "/admin/claims/quote/"
        )
