import pytest

from claims.models import Actor, Article, Claim, Quote, Span, Wording, find_unused_slug
from tests.claims.writes import execute_sql, expect_allowed, expect_refused
from tests.factories import make_article, make_outlet, make_quote

pytestmark = pytest.mark.django_db


# Claims


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("the bridge is safe", "The Bridge is SAFE", id="case"),
        pytest.param("the bridge is safe", "“the bridge is safe,”", id="punctuation"),
        pytest.param("the bridge is safe", " the\n bridge\u00a0is  safe ", id="white space"),
        pytest.param("the bridge is safe", "that the bridge is safe", id="a leading that"),
        pytest.param("it isn't safe", "it isn’t safe", id="kind of apostrophe"),
        pytest.param("die STRASSE", "die Straße", id="case that changes length"),
    ],
)
def test_contents_that_differ_in_form_alone_are_one_claim(first: str, second: str) -> None:
    assert Wording.key_of(first, "a") == Wording.key_of(second, "a")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("the bridge is safe", "the bridge is not safe", id="words"),
        pytest.param("that is that", "is", id="only one that is dropped"),
        pytest.param("…", "?", id="no words at all"),
        pytest.param("мост цел", "мост закрыт", id="other scripts"),
    ],
)
def test_contents_that_say_different_things_are_different_claims(first: str, second: str) -> None:
    assert Wording.key_of(first, "a") != Wording.key_of(second, "a")


@pytest.mark.parametrize(
    ("content", "one"), [("the charge", False), ("that this", False), ("any plan to attack", True)]
)
def test_a_word_or_two_are_a_claim_of_their_article_alone(content: str, one: bool) -> None:
    assert (Wording.key_of(content, "a") == Wording.key_of(content, "b")) is one


def test_a_claim_stays_while_quotes_make_it() -> None:
    quote = make_quote()

    with expect_refused("claims_quote"):
        execute_sql("DELETE FROM claims_wording WHERE id = %s", quote.wording_id)


def test_a_quote_takes_texts_claim_and_stance_anew_from_its_spans_and_act() -> None:
    text = "Veldania denied the delay. The bridge, built in May, is safe."
    quote = make_quote(
        article=make_article(text=text), cue="denied", content="the delay", act="say"
    )
    quote.source_start, quote.source_end, quote.act = None, None, "deny"
    quote.cue_start, quote.cue_end = text.index("built"), text.index(" in May")

    with expect_allowed():
        quote.spans.all().delete()
        for part in ("is safe", "The bridge"):
            quote.spans.create(start=text.index(part), end=text.index(part) + len(part))
        quote.select_texts()
        quote.save()

    quote.refresh_from_db()
    assert (quote.source_text, quote.cue, quote.content) == ("", "built", "The bridge … is safe")
    assert quote.content_parts == ["The bridge", "is safe"]
    assert (quote.stance, quote.claim.text) == ("denies", "The bridge … is safe")


# Actors


def test_a_quote_may_have_no_actor_and_no_source() -> None:
    with expect_allowed():
        quote = make_quote(actor=None, source="")

    stored = Quote.objects.get(pk=quote.pk)
    assert (stored.actor, stored.source_start, stored.source_end, stored.source_text) == (
        None,
        None,
        None,
        "",
    )


def test_a_deleted_actor_leaves_its_quotes_without_one() -> None:
    quote = make_quote(actor="Veldania")
    assert quote.actor

    with expect_allowed():
        quote.actor.delete()

    quote.refresh_from_db()
    assert quote.actor is None
    assert quote.source_text == "Veldania"


@pytest.mark.parametrize(
    ("name", "slugs"),
    [
        pytest.param("Ana Bell", ["ana-bell", "ana-bell-2", "ana-bell-3"], id="a name"),
        pytest.param("王毅", ["unnamed", "unnamed-2", "unnamed-3"], id="no Latin letters"),
        pytest.param("a" * 300, ["a" * 80, "a" * 80 + "-2", "a" * 80 + "-3"], id="a long name"),
    ],
)
def test_each_actor_of_a_name_gets_a_slug_of_its_own(name: str, slugs: list[str]) -> None:
    for slug in slugs:
        assert find_unused_slug(Actor, name) == slug
        Actor.objects.create(name=name, slug=slug, kind="person", article=make_article())


def test_rows_are_shown_by_their_names() -> None:
    quote = make_quote(actor="Veldania", cue="said", content="the bridge is safe")

    assert str(quote) == "Veldania said: the bridge is safe"
    assert str(quote.actor) == "Veldania"
    assert str(quote.claim) == "the bridge is safe"
    assert str(quote.article) == quote.article.title
    assert str(make_outlet("Northern Wire")) == "Northern Wire"
    assert str(Span(start=3, end=7)) == "3–7"


# Full text


@pytest.mark.parametrize(
    "asked", ["bridge", "bridges", "SAFE", '"bridge is safe"', "bridge -ferry", "ferry or bridge"]
)
def test_a_quote_and_its_claim_are_found_by_the_words_of_the_content(asked: str) -> None:
    quote = make_quote(content="the bridge is safe")
    make_quote(content="the ferry is late")

    assert quote in Quote.objects.search(asked)
    assert quote.claim in Claim.objects.search(asked)


def test_words_outside_the_content_do_not_find_a_quote() -> None:
    make_quote(source="Veldania", cue="said", content="the bridge is safe")

    assert not Quote.objects.search("Veldania")
    assert not Quote.objects.search("noon")


def test_an_article_is_found_by_its_title_and_by_its_text() -> None:
    article = make_article(title="Frost on the bridge", text="Nobody spoke.")
    make_article(title="Ferries", text="They sang.")

    assert list(Article.objects.search("frosts")) == [article]
    assert list(Article.objects.search("spoke")) == [article]


def test_full_text_follows_raw_sql() -> None:
    quote = make_quote(content="the bridge is safe")

    with expect_allowed():
        execute_sql("UPDATE claims_wording SET text = 'the tunnel holds'")
        execute_sql("UPDATE claims_article SET title = 'Tunnels'")
        execute_sql("UPDATE claims_span SET start = start + 4")
        execute_sql("UPDATE claims_quote SET content = 'bridge is safe'")

    assert list(Claim.objects.search("tunnel")) == [quote.claim]
    assert list(Article.objects.search("tunnel")) == [quote.article]
    assert list(Quote.objects.search('"bridge is safe"')) == [quote]


# Spans


def test_the_parts_of_a_quote_are_spans_in_the_order_of_the_text() -> None:
    article = make_article("Ana Bell said it rains, as all know, and it is late.")
    quote = make_quote(
        article=article, actor="Ana Bell", content=("it rains", "it is late"), cue="said"
    )

    contents = [span.of(article.text) for span in quote.content_spans]

    assert quote.source_span is not None
    assert quote.source_span.of(article.text) == "Ana Bell"
    assert quote.cue_span.of(article.text) == "said"
    assert contents == quote.content_parts == ["it rains", "it is late"]
    assert sorted(quote.all_spans) == [quote.source_span, quote.cue_span, *quote.content_spans]


def test_a_quote_without_a_source_has_no_source_span() -> None:
    quote = make_quote(actor=None, source="")

    assert quote.source_span is None
    assert sorted(quote.all_spans) == [quote.cue_span, *quote.content_spans]
