import time
from datetime import date
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.db.models import RestrictedError

from claims.intake.versions import compute_text_digest
from claims.models import Actor, Article, ArticleVersion, Claim, Quote, Span, Unchecked
from tests.claims.writes import execute_sql, expect_allowed, expect_refused
from tests.factories import make_article, make_detail, make_long_article, make_quote

pytestmark = pytest.mark.django_db


# Spans select the texts


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param("cue = 'told'", "the cue is not what its span selects", id="another cue"),
        pytest.param("cue = ''", "the cue is not what its span selects", id="no cue"),
        pytest.param(
            "cue_start = cue_start + 1", "the cue is not what its span selects", id="a cue moved"
        ),
        pytest.param("cue_end = 5000", "a span lies outside the text", id="a cue past the end"),
        pytest.param("cue_end = cue_start", "quote_cue_is_a_span", id="an empty cue"),
        pytest.param("cue_start = -1", "cue_start", id="a cue before the start"),
        pytest.param(
            "source_text = 'Veldanla'",
            "the source is not what its span selects",
            id="another source",
        ),
        pytest.param(
            "source_text = ''", "the source is not what its span selects", id="no text for a source"
        ),
        pytest.param(
            "source_start = source_start - 1",
            "the source is not what its span selects",
            id="a source moved",
        ),
        pytest.param(
            "source_end = 5000", "a span lies outside the text", id="a source past the end"
        ),
        pytest.param(
            "source_end = source_start", "quote_source_is_a_span_or_absent", id="an empty source"
        ),
        pytest.param("source_end = NULL", "quote_source_is_a_span_or_absent", id="half a source"),
        pytest.param(
            "source_start = NULL",
            "quote_source_is_a_span_or_absent",
            id="the other half of a source",
        ),
        pytest.param(
            "source_start = NULL, source_end = NULL",
            "the source is not what its span selects",
            id="a text without a span",
        ),
        pytest.param(
            "content = 'the bridge is unsafe'",
            "the content is not what its spans select",
            id="another content",
        ),
        pytest.param(
            "content = content || ' '",
            "the content is not what its spans select",
            id="a content with a space more",
        ),
    ],
)
def test_a_quote_whose_texts_are_not_what_its_spans_select_is_refused(
    change: str, told: str
) -> None:
    quote = make_quote(source="Veldania", cue="said", content="the bridge is safe")

    with expect_refused(told):
        assert execute_sql(f"UPDATE claims_quote SET {change} WHERE id = %s", quote.pk) == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param(
            '"end" = "end" - 1', "the content is not what its spans select", id="shortened"
        ),
        pytest.param(
            'start = start - 1, "end" = "end" - 1',
            "the content is not what its spans select",
            id="moved",
        ),
        pytest.param('"end" = 5000', "a span lies outside the text", id="past the end"),
        pytest.param('"end" = start', "span_is_not_empty", id="empty"),
        pytest.param('start = "end", "end" = start', "span_is_not_empty", id="turned round"),
        pytest.param("start = -1", "start", id="before the start"),
    ],
)
def test_a_content_span_that_does_not_select_the_content_is_refused(change: str, told: str) -> None:
    quote = make_quote(content="the bridge is safe")

    with expect_refused(told):
        assert execute_sql(f"UPDATE claims_span SET {change} WHERE quote_id = %s", quote.pk) == 1


@pytest.mark.parametrize("field", ["cue", "source_text", "content"])
def test_what_raw_sql_cannot_do_the_models_cannot_either(field: str) -> None:
    quote = make_quote()
    setattr(quote, field, "something else")

    with expect_refused("is not what"):
        quote.save()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param((0, 10), (5, 15), id="crossing"),
        pytest.param((0, 15), (5, 10), id="one within the other"),
        pytest.param((0, 10), (9, 15), id="by one character"),
    ],
)
def test_content_spans_that_overlap_are_refused(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    text = "The bridge is safe and open, Veldania said."
    quote = make_quote(article=make_article(text=text), cue="said", content="The bridge is safe")

    with expect_refused("its content spans overlap"):
        quote.spans.all().delete()
        Span.objects.bulk_create(
            [Span(quote=quote, start=start, end=end) for start, end in (first, second)]
        )
        Quote.objects.filter(pk=quote.pk).update(
            content=" … ".join(text[a:b] for a, b in (first, second))
        )


def test_two_content_spans_with_one_start_are_refused() -> None:
    quote = make_quote()
    span = quote.spans.get()

    with expect_refused("span_starts_once"):
        Span.objects.create(quote=quote, start=span.start, end=span.end - 1)


def test_content_spans_may_touch() -> None:
    text = "The bridge is safe, Veldania said."
    quote = make_quote(article=make_article(text=text), cue="said", content="The bridge is safe")

    with expect_allowed():
        quote.spans.all().delete()
        Span.objects.bulk_create(
            [Span(quote=quote, start=0, end=10), Span(quote=quote, start=10, end=18)]
        )
        Quote.objects.filter(pk=quote.pk).update(content="The bridge …  is safe")

    assert Quote.objects.get(pk=quote.pk).content_parts == ["The bridge", " is safe"]


def test_the_parts_of_a_content_are_joined_in_the_order_of_the_text() -> None:
    quote = make_quote(content=("the bridge", "is safe"))
    spans = list(quote.spans.values_list("start", "end"))

    with expect_refused("the content is not what its spans select"):
        execute_sql(
            "UPDATE claims_quote SET content = 'is safe … the bridge' WHERE id = %s", quote.pk
        )
    with expect_allowed():
        quote.spans.all().delete()
        Span.objects.bulk_create(
            [Span(quote=quote, start=start, end=end) for start, end in reversed(spans)]
        )

    assert Quote.objects.get(pk=quote.pk).content_parts == ["the bridge", "is safe"]


def test_a_quote_always_has_a_content() -> None:
    quote = make_quote()

    with expect_refused("has no content"):
        execute_sql("DELETE FROM claims_span WHERE quote_id = %s", quote.pk)


def test_a_content_span_stays_with_its_quote() -> None:
    text = "The bridge is safe and open, Veldania said, and Ana Bell agreed."
    article = make_article(text=text)
    giver = make_quote(article=article, cue="said", content=("The bridge", "is safe"))
    taker = make_quote(article=article, actor="Ana Bell", cue="agreed", content="open")

    with expect_refused("belongs to its quote"):
        execute_sql(
            "UPDATE claims_span SET quote_id = %s WHERE quote_id = %s AND start = 0",
            taker.pk,
            giver.pk,
        )
        execute_sql("UPDATE claims_quote SET content = 'The bridge … open' WHERE id = %s", taker.pk)


def test_a_new_quote_without_content_is_refused() -> None:
    quote = make_quote()

    with expect_refused("has no content"):
        Quote.objects.create(
            article=quote.article,
            wording=quote.wording,
            act="say",
            kind="indirect",
            stance="asserts",
            cue_start=0,
            cue_end=2,
            cue="It",
            content="",
            confidence=0.5,
            extractor="test",
        )


def test_a_quote_cannot_move_to_an_article_with_another_text() -> None:
    quote = make_quote()
    other = make_article(text="Nobody spoke.")

    with expect_refused("outside the text"):
        execute_sql("UPDATE claims_quote SET article_id = %s WHERE id = %s", other.pk, quote.pk)


def test_offsets_count_characters_and_not_bytes_or_halves_of_pairs() -> None:
    content = "żółte 🦊🦊 stay"
    article = make_article(text=f"🌧 naïve 👩‍👩‍👧 Veldania said 𝒏𝒐𝒘 {content}. Ω")

    with expect_allowed():
        quote = make_quote(article=article, content=content)

    span = quote.spans.get()
    assert article.text[span.start : span.end] == Quote.objects.get(pk=quote.pk).content == content


def test_deleting_a_quote_takes_its_spans_with_it() -> None:
    quote = make_quote()

    with expect_allowed():
        quote.delete()

    assert not Span.objects.exists()


# The article's text


@pytest.mark.parametrize(
    "text", ["It was noon", "", "It is noon, and Veldania said the bridge is safe. Rain fell."]
)
def test_the_text_of_an_article_cannot_change_under_its_quotes(text: str) -> None:
    article = make_quote(source="Veldania").article

    with expect_refused("cannot change while quotes point into it"):
        execute_sql("UPDATE claims_article SET text = %s WHERE id = %s", text, article.pk)
    with expect_refused("cannot change while quotes point into it"):
        article.text = text
        article.save()


def test_all_else_of_an_article_can_change_under_its_quotes() -> None:
    article = make_quote().article

    with expect_allowed():
        execute_sql(
            "UPDATE claims_article SET title = 'Anew', text = text, published_on = '2024-01-01'"
        )

    article.refresh_from_db()
    assert (article.title, article.published_on) == ("Anew", date(2024, 1, 1))


def test_a_text_can_change_around_quotes_that_stay_where_they_are() -> None:
    quote = make_quote(source="Veldania")
    text = quote.article.text.replace("Rain fell.", "It rained all day.")

    with expect_allowed():
        execute_sql("UPDATE claims_article SET text = %s WHERE id = %s", text, quote.article_id)

    assert Article.objects.get().text == text


def test_a_text_can_change_around_a_quote_but_not_its_detail() -> None:
    quote = make_quote(source="Veldania")
    make_detail(quote, "occasion", "Rain fell")

    with expect_refused("cannot change while quotes point into it"):
        execute_sql("UPDATE claims_article SET text = replace(text, 'Rain fell.', 'It rained.')")


def test_the_text_of_an_article_without_quotes_can_change() -> None:
    article = make_article(text="Nobody spoke.")

    with expect_allowed():
        execute_sql("UPDATE claims_article SET text = 'Nobody sang.' WHERE id = %s", article.pk)

    article.refresh_from_db()
    assert article.text == "Nobody sang."


def test_the_text_is_free_again_when_its_quotes_are_gone() -> None:
    article = make_quote().article
    article.quotes.all().delete()

    with expect_allowed():
        Article.objects.filter(pk=article.pk).update(text="Nobody spoke.")

    article.refresh_from_db()
    assert article.text == "Nobody spoke."


# What it said before


def gone(text: str = "Nobody spoke.") -> Quote:
    """A quote whose article now has this text, and which stands in the version before."""
    quote = make_quote(source="Veldania", content="the bridge is safe")
    with transaction.atomic():
        Article.objects.filter(pk=quote.article_id).update(text=text)
        Quote.objects.filter(pk=quote.pk).update(
            version=ArticleVersion.objects.get(article=quote.article_id)
        )
    return Quote.objects.get(pk=quote.pk)


def test_what_an_article_said_before_is_kept_by_whoever_changes_it() -> None:
    article = make_article(text="Nobody spoke. ż", title="Silence")

    for text in ("Nobody sang.", "Nobody spoke. ż", "Nobody sang.", "Nobody danced."):
        execute_sql(
            "UPDATE claims_article SET text = %s, title = 'Anew' WHERE id = %s", text, article.pk
        )

    versions = article.versions.order_by("seen_at")
    assert [(version.text, version.title, version.sightings) for version in versions] == [
        ("Nobody spoke. ż", "Anew", 2),
        ("Nobody sang.", "Anew", 2),
    ]
    assert [version.sha256 for version in versions] == [
        compute_text_digest(version.text) for version in versions
    ]
    assert versions[0].seen_at == article.added_at < versions[1].seen_at < versions[0].superseded_at


@pytest.mark.parametrize(
    "change",
    ["text = 'Nobody sang.'", "sha256 = ''", "article_id = article_id + 1", "text = text || ' '"],
    ids=str,
)
def test_a_version_stays_as_it_was(change: str) -> None:
    gone()

    with expect_refused("stays as it was"):
        execute_sql(f"UPDATE claims_articleversion SET {change}")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param("cue = 'told'", "the cue is not what its span selects", id="another cue"),
        pytest.param(
            "source_start = source_start - 1",
            "the source is not what its span selects",
            id="a source moved",
        ),
        pytest.param(
            "content = 'the bridge'",
            "the content is not what its spans select",
            id="another content",
        ),
        pytest.param("cue_end = 5000", "a span lies outside the text", id="a cue past the end"),
        pytest.param(
            "version_id = NULL", "outside the text", id="back in an article that has not its words"
        ),
    ],
)
def test_a_quote_that_is_gone_selects_the_text_of_its_version(change: str, told: str) -> None:
    quote = gone()

    with expect_allowed():
        execute_sql("UPDATE claims_quote SET act = 'warn' WHERE id = %s", quote.pk)
    with expect_refused(told):
        execute_sql(f"UPDATE claims_quote SET {change} WHERE id = %s", quote.pk)


def test_a_detail_of_a_quote_that_is_gone_selects_the_text_of_its_version() -> None:
    quote = gone()

    with expect_allowed():
        make_detail(quote, "occasion", "Rain fell")
    with expect_refused("a detail is not what its span selects"):
        execute_sql("UPDATE claims_detail SET text = 'dusk'")


def test_a_version_is_of_the_quotes_own_article() -> None:
    quote, other = gone(), make_quote(source="Veldania")

    with expect_refused("the version in which it stands is of another article"):
        Quote.objects.filter(pk=other.pk).update(version=quote.version)


def test_two_quotes_of_one_cue_stand_in_two_texts_but_not_in_one() -> None:
    quote = gone("It was noon. Veldania said the bridge is safe. It rained.")
    other = make_quote(source="Veldania", article=Article.objects.get())

    assert (quote.cue_start, quote.version_id is None) == (other.cue_start, False)
    with expect_refused("quote_is_one_row_per_cue"):
        Quote.objects.filter(pk=quote.pk).update(version=None)


def test_a_version_goes_with_its_article_and_not_while_a_quote_stands_in_it() -> None:
    quote = gone()

    with pytest.raises(RestrictedError):
        ArticleVersion.objects.get().delete()
    with expect_allowed():
        quote.article.delete()

    assert not ArticleVersion.objects.exists()
    assert not Quote.objects.exists()


def test_an_article_takes_its_quotes_with_it_and_leaves_claims_and_actors() -> None:
    quote = make_quote(actor="Veldania")

    with expect_allowed():
        quote.article.delete()

    assert not Quote.objects.exists()
    assert Claim.objects.filter(pk=quote.claim_id).exists()
    assert Actor.objects.filter(slug="veldania").exists()


# One look at a text


def measure_check(quotes: int) -> float:
    """Return how many seconds the server works to check a new article with so many quotes."""
    with transaction.atomic():
        make_long_article(quotes)
        with connection.cursor() as cursor:
            cursor.execute(
                "ANALYZE"
            )  # plan by the rows that are there, not by those of tests before
        began = measure_server()
        connection.check_constraints()
        seconds = measure_server() - began
        transaction.set_rollback(True)
    return seconds


def measure_server() -> float:
    """Return how many seconds the server's process has worked for this connection.

    Of a server on another machine, or where no such figure is told, the clock is read.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [process] = cursor.fetchone()
    told = Path(f"/proc/{process}/schedstat")
    by_socket = connection.settings_dict["HOST"].startswith("/")
    if by_socket and told.exists():
        return int(told.read_text().split()[0]) / 1e9
    return time.perf_counter()


def test_checking_four_times_the_text_takes_about_four_times_as_long() -> None:
    # In turn, so that a busy machine slows both; the least is what it takes on an idle one.
    measured = [(measure_check(400), measure_check(1600)) for _ in range(9)]
    few, many = (min(times) for times in zip(*measured, strict=True))

    assert many / few < 7


def test_a_slip_far_into_a_long_text_is_found() -> None:
    article = make_long_article(400)
    connection.check_constraints()
    last = article.quotes.order_by("-cue_start")[0]

    with expect_refused("the content is not what its spans select"):
        execute_sql('UPDATE claims_span SET "end" = "end" - 1 WHERE quote_id = %s', last.pk)
    with expect_refused("cannot change while quotes point into it"):
        execute_sql(
            "UPDATE claims_article SET text = replace(text, 'number 399', 'number 398') WHERE id = %s",
            article.pk,
        )


@pytest.mark.parametrize("length", [199, 200, 201, 399, 400, 401, 650])
def test_a_content_is_checked_wherever_it_begins_and_ends(length: int) -> None:
    words = ("żółć 🦊 " * 100)[:length]
    quote = make_quote(article=make_article(f"Veldania said {words}. Rain fell."), content=words)

    with expect_allowed():
        execute_sql("UPDATE claims_quote SET confidence = 0.5 WHERE id = %s", quote.pk)
    with expect_refused("the content is not what its spans select"):
        execute_sql(
            "UPDATE claims_quote SET content = left(content, -1) || '!' WHERE id = %s", quote.pk
        )
    with expect_refused("the content is not what its spans select"):
        execute_sql("UPDATE claims_span SET start = start - 1 WHERE quote_id = %s", quote.pk)


def test_what_is_checked_again_in_one_transaction_is_looked_at_again() -> None:
    quote = make_quote(source="Veldania", content="the bridge is safe")

    with transaction.atomic():
        execute_sql(
            "UPDATE claims_quote SET act = 'warn', cue_end = cue_end WHERE id = %s", quote.pk
        )
        connection.check_constraints()
        with expect_refused("the cue is not what its span selects"):
            execute_sql("UPDATE claims_quote SET cue = 'told' WHERE id = %s", quote.pk)


def test_a_slip_among_quotes_of_several_articles_is_found() -> None:
    first, second = make_quote(source="Veldania"), make_quote(source="Veldania")

    with expect_refused(f"quote {second.pk}: the cue is not what its span selects"):
        execute_sql(
            "UPDATE claims_quote SET confidence = 0.5, cue = CASE id WHEN %s THEN cue ELSE 'told' END",
            first.pk,
        )


def test_nothing_is_left_of_what_was_noted_to_be_checked() -> None:
    make_quote()
    connection.check_constraints()

    assert not Unchecked.objects.exists()
