import pytest

from claims.extraction.schema import ACTOR_KINDS, ACTS, KINDS, STANCES
from claims.models import Actor, Claim, Quote, QuoteStatus
from tests.claims.writes import allowed, execute, refused
from tests.factories import make_actor, make_article, make_quote

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("column", "value", "constraint"),
    [
        ("act", "shout", "quote_act_is_known"),
        ("act", "", "quote_act_is_known"),
        ("act", "Say", "quote_act_is_known"),
        ("kind", "sung", "quote_kind_is_known"),
        ("stance", "doubts", "quote_stance_is_known"),
        ("status", "pending", "quote_status_is_known"),
    ],
)
def test_a_value_outside_a_closed_set_is_refused(column: str, value: str, constraint: str) -> None:
    quote = make_quote()

    with refused(constraint):
        execute(f"UPDATE claims_quote SET {column} = %s WHERE id = %s", value, quote.pk)
    with refused(constraint):
        Quote.objects.filter(pk=quote.pk).update(**{column: value})


@pytest.mark.parametrize(
    ("column", "values"), [("act", ACTS), ("kind", KINDS), ("stance", STANCES), ("status", QuoteStatus.values)]
)
def test_every_value_of_a_closed_set_can_be_stored(column: str, values: list[str]) -> None:
    quote = make_quote()

    for value in values:
        with allowed():
            assert execute(f"UPDATE claims_quote SET {column} = %s WHERE id = %s", value, quote.pk) == 1


def test_an_actor_is_of_a_known_kind() -> None:
    actor = make_actor("Ana Bell", "person")

    with refused("actor_kind_is_known"):
        execute("UPDATE claims_actor SET kind = 'robot' WHERE id = %s", actor.pk)
    for kind in ACTOR_KINDS:
        with allowed():
            assert execute("UPDATE claims_actor SET kind = %s WHERE id = %s", kind, actor.pk) == 1


@pytest.mark.parametrize("column", ["confidence", "actor_confidence"])
@pytest.mark.parametrize("value", [-0.01, 1.01, float("nan"), float("inf")])
def test_a_confidence_is_a_share(column: str, value: float) -> None:
    quote = make_quote()

    with refused(f"quote_{column}_is_a_share"):
        execute(f"UPDATE claims_quote SET {column} = %s WHERE id = %s", value, quote.pk)


def test_a_cue_of_an_article_makes_one_quote() -> None:
    quote = make_quote(cue="said", content="the bridge is safe")

    with refused("quote_is_one_row_per_cue"):
        make_quote(article=quote.article, cue="said", content="the bridge")


def test_the_same_words_elsewhere_make_another_quote() -> None:
    article = make_article(text="Veldania said it rains. Ana Bell said it rains.")

    with allowed():
        make_quote(article=article, actor="Veldania", content="it rains")
        make_quote(article=article, actor="Ana Bell", content="it rains")

    assert article.quotes.count() == 2
    assert Claim.objects.count() == 1


@pytest.mark.parametrize(
    ("sql", "constraint"),
    [
        pytest.param("INSERT INTO claims_claim (text, key) SELECT 'other', key FROM claims_claim", "key", id="claim"),
        pytest.param(
            "INSERT INTO claims_actor (name, slug, kind) SELECT name, 'other', kind FROM claims_actor",
            "actor_is_one_row_per_name",
            id="actor by name",
        ),
        pytest.param(
            "INSERT INTO claims_actor (name, slug, kind) SELECT 'Other', slug, kind FROM claims_actor",
            "slug",
            id="actor by slug",
        ),
        pytest.param(
            "INSERT INTO claims_actorname (name, actor_id) SELECT name, actor_id FROM claims_actorname",
            "actor_name_is_given_once",
            id="name",
        ),
        pytest.param(
            "INSERT INTO claims_outlet (name, slug, host) SELECT name, 'other', host FROM claims_outlet", "host", id="outlet"
        ),
        pytest.param(
            "INSERT INTO claims_article (key, outlet_id, url, title, text, published_on, extractor, added_at)"
            " SELECT key, outlet_id, url, title, text, published_on, extractor, added_at FROM claims_article",
            "key",
            id="article",
        ),
    ],
)
def test_the_same_thing_is_one_row(sql: str, constraint: str) -> None:
    make_quote()

    with refused(constraint):
        execute(sql)


def test_a_name_known_in_one_article_alone_is_an_actor_for_each_article() -> None:
    first, second = make_article(), make_article()

    with allowed():
        for number, article in enumerate((first, second, None)):
            Actor.objects.create(name="Bell", slug=f"bell-{number}", kind="person", article=article)
    with refused("actor_is_one_row_per_name"):
        Actor.objects.create(name="Bell", slug="bell-3", kind="person", article=first)

    assert Actor.objects.count() == 3
