from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.views.defaults import bad_request, server_error
from pytest_django import DjangoAssertNumQueries

from claims.models import Quote
from tests.factories import make_actor, make_article, make_quote

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert('said')</script>"


def text_of(client: Client, address: str, status: int = 200, **headers: Any) -> str:
    response = client.get(address, headers=headers)
    assert response.status_code == status, address
    return response.content.decode()


def test_every_page_opens(client: Client) -> None:
    quote = make_quote(actor="Veldania")
    make_quote(actor="Ana Bell")
    for address in (
        "/",
        quote.get_absolute_url(),
        "/actors/",
        "/actors/veldania/",
        "/compare/",
        "/compare/?actor=veldania",
        "/compare/?actor=veldania&actor=ana-bell",
        "/claims/",
        quote.claim.get_absolute_url(),
        "/articles/",
        quote.article.get_absolute_url(),
        "/outlets/",
        quote.article.outlet.get_absolute_url(),
        "/trust/",
    ):
        assert "<h1" in text_of(client, address), address


@pytest.mark.parametrize(
    "address",
    [
        "/quotes/404/",
        "/quotes/99999999999999999999999/",
        "/quotes/one/",
        "/actors/nobody/",
        "/claims/404/",
        "/articles/404/",
        "/outlets/none/",
        "/nowhere/",
    ],
)
def test_what_does_not_exist_is_not_found(client: Client, address: str) -> None:
    assert "There is nothing at this address" in text_of(client, address, status=404)


@pytest.mark.parametrize(
    "address", ["/", "/actors/", "/compare/", "/claims/", "/articles/", "/outlets/"]
)
def test_pages_are_only_read(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


# Quotes


def test_a_quote_shows_who_said_what_in_which_words_and_where(client: Client) -> None:
    make_quote(
        actor="Veldania",
        act="deny",
        source="Officials in Veldania",
        cue="denied",
        content="any part in it",
    )

    page = text_of(client, "/")

    for words in (
        "Veldania</a>",
        "Officials in Veldania",
        ">denied<",
        "any part in it",
        "verb-deny",
        "1 quote",
    ):
        assert words in page


def test_an_unknown_speaker_is_shown_as_such_with_the_words_of_the_source(client: Client) -> None:
    make_quote(actor=None, source="one engineer")

    page = text_of(client, "/")

    assert "Unknown speaker" in page
    assert ">one engineer<" in page


@pytest.mark.parametrize(("confidence", "doubted"), [(0.4, True), (0.95, False)])
def test_doubt_about_the_speaker_is_shown(client: Client, confidence: float, doubted: bool) -> None:
    quote = make_quote(actor="Veldania", actor_confidence=confidence)

    assert (">unsure<" in text_of(client, "/")) is doubted
    assert (">unsure<" in text_of(client, quote.get_absolute_url())) is doubted


def test_filters_narrow_the_quotes(client: Client) -> None:
    make_quote(actor="Veldania", act="deny", content="any part in the delay")
    make_quote(actor="Veldania", act="say", content="the bridge is safe")
    make_quote(actor="Ana Bell", act="deny", content="the whole story")

    page = text_of(client, "/?actor=veldania&act=deny")

    assert "1 quote<" in page
    assert "any part in the delay" in page
    assert "the bridge is safe" not in page


def test_an_active_filter_can_be_taken_away(client: Client) -> None:
    make_quote(actor="Veldania", act="deny")

    page = text_of(client, "/?actor=veldania&act=deny")

    assert '<span class="unseen">Remove </span>' in page
    assert 'href="?actor=veldania"' in page


def test_a_search_keeps_the_other_filters(client: Client) -> None:
    make_quote(actor="Veldania", act="deny")

    assert '<input type="hidden" name="act" value="deny">' in text_of(client, "/?act=deny&q=bridge")


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("/?act=shout", "shout"),
        ("/?actor=nobody", "nobody"),
        ("/?since=yesterday", "yesterday"),
        ("/?colour=red", "colour"),
        ("/?page=99", "99"),
        ("/?page=x", "x"),
        ("/actors/veldania/?actor=ana-bell", "ana-bell"),
        ("/actors/?kind=robot", "kind"),
        ("/articles/?outlet=none", "There is no outlet"),
        ("/actors/?colour=red", "colour"),
        ("/compare/?colour=red", "colour"),
        ("/compare/?actor=veldania&actor=ana-bell&page=2", "page"),
        ("/claims/?q=a%00b", "q"),
        ("/articles/?q=" + "a" * 201, "q"),
        ("/articles/?page=0", "0"),
        ("/?more=act", "“act”"),
        ("/?more=a%00b", "“a�b”"),
        ("/?more=actor&more=outlet", "“more” is given more than once"),
        ("/actors/veldania/?more=actor", "“actor”"),
        ("/?page=1&page=2", "“page” is given more than once"),
        ("/?q=a+bridge&q=a+ferry", "“q” is given more than once"),
        ("/actors/?kind=bogus&kind=state", "“kind” is given more than once"),
        ("/articles/?page=1&page=1", "“page” is given more than once"),
        ("{quote}?colour=red", "colour"),
        ("{claim}?colour=red", "colour"),
        ("{claim}?page=1&page=1", "“page” is given more than once"),
        ("{article}?colour=red", "colour"),
        ("/outlets/harbour-herald/?colour=red", "colour"),
        ("/outlets/?colour=red", "colour"),
        ("/outlets/?copies=twice", "copies"),
        ("/outlets/?page=9", "9"),
        ("/?q=to+be", "too common"),
        ("/claims/?q=the", "too common"),
        ("/articles/?q=%22it+is%22", "too common"),
    ],
)
def test_what_is_not_understood_is_told_and_left_out(
    client: Client, address: str, named: str
) -> None:
    quote = make_quote(actor="Veldania", content="any part in the delay")
    make_quote(actor="Ana Bell")

    page = text_of(client, address.format(**addresses(quote)))

    notice = page[page.index('role="alert">\n  <p><strong>Part of this address') :].split("</div>")[
        0
    ]
    assert named in notice


def test_an_empty_result_says_what_to_loosen(client: Client) -> None:
    make_quote(actor="Veldania", act="deny")

    page = text_of(client, "/?act=deny&q=unsaid")

    assert "No quote fits all of this" in page
    assert 'href="?act=deny"' in page


@pytest.mark.parametrize("address", ["/", "/actors/", "/claims/", "/articles/", "/outlets/"])
def test_a_site_without_articles_says_how_to_fill_it(client: Client, address: str) -> None:
    assert "manage.py ingest PATH</code>" in text_of(client, address)


def test_pages_follow_one_another(client: Client) -> None:
    for number in range(26):
        make_quote(content=f"that number {number} is safe")

    assert 'rel="next"' in text_of(client, "/")
    assert "26 quotes, page 2" in text_of(client, "/?page=2")


def test_a_rejected_quote_is_gone_from_the_lists_but_its_page_says_so(client: Client) -> None:
    quote = make_quote(content="never said", status="rejected")

    assert "never said" not in text_of(client, "/")
    assert "rejected this quote" in text_of(client, quote.get_absolute_url())
    assert "#quote-" not in text_of(client, quote.article.get_absolute_url())


@pytest.mark.parametrize("rows", [1, 60])
def test_the_list_takes_few_queries_whatever_it_holds(
    client: Client,
    rows: int,
    keep_columns: Callable[[], None],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(rows):
        make_quote(actor=f"Actor {number}", content=f"that number {number} is safe")

    keep_columns()
    with django_assert_max_num_queries(8):
        client.get("/?act=say&q=safe")
    with django_assert_max_num_queries(8):
        client.get("/")


@pytest.mark.parametrize(("base", "most"), [("/", 8), ("/actors/veldania/", 16)])
@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=safe",
        "q=safe&actor=nobody",
        "q=safe&about=nobody",
        "outlet=harbour-herald",
        "about=veldania",
        "actor=veldania&outlet=harbour-herald&about=veldania&act=say&since=2024-01-01&q=safe&page=2",
    ],
)
def test_every_list_of_quotes_takes_few_queries(
    client: Client,
    base: str,
    most: int,
    query: str,
    keep_columns: Callable[[], None],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(30):
        make_quote(actor="Veldania", content=f"that number {number} of Veldania is safe")

    keep_columns()
    with django_assert_max_num_queries(most):
        text_of(client, f"{base}?{query}")
    with django_assert_max_num_queries(9):
        text_of(client, f"{base}?{query}", hx_request="true")


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("actors", 3),
        ("claims", 5),
        ("articles", 3),
        ("outlets", 4),
        ("actor", 11),
        ("claim", 7),
        ("article", 4),
        ("quote", 10),
    ],
)
def test_every_page_takes_few_queries(
    client: Client,
    name: str,
    most: int,
    keep_columns: Callable[[], None],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    quotes = [make_quote(actor="Veldania", content="the bridge is safe") for _ in range(12)]
    address = {
        **{name: f"/{name}/" for name in ("actors", "claims", "articles", "outlets")},
        **addresses(quotes[0]),
    }[name]

    keep_columns()
    with django_assert_max_num_queries(most):
        text_of(client, address)


def addresses(quote: Quote) -> dict[str, str]:
    """The addresses of a quote and of the rows that it points to."""
    assert quote.actor
    rows: dict[str, Any] = {
        "quote": quote,
        "actor": quote.actor,
        "claim": quote.claim,
        "article": quote.article,
    }
    return {name: row.get_absolute_url() for name, row in rows.items()}


def test_the_rest_of_a_filter_is_shown_under_the_other_filters(client: Client) -> None:
    for number in range(15):
        article = make_article(
            f"Speaker {number:02} said it is safe.", outlet=f"Outlet {number:02}"
        )
        make_quote(actor=f"Speaker {number:02}", article=article, content="it is safe")

    page = text_of(client, "/?act=say&q=safe")
    more = text_of(client, "/?act=say&q=safe&more=outlet")

    for name in ("actor", "outlet"):
        link = f'href="?act=say&amp;q=safe&amp;more={name}#facet-{name}" hx-get="/?act=say&amp;q=safe&amp;more={name}"'
        assert link in page
        assert (link in more) is (name == "actor")
    last = '<span class="label" dir="auto">Outlet 14</span>'
    assert last not in page
    assert last in more


# Page or fragment


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/actors/",
        "/actors/veldania/",
        "/claims/",
        "/articles/",
        "/outlets/",
        "{claim}",
        "{outlet}",
    ],
)
def test_htmx_gets_the_part_that_changes(client: Client, address: str) -> None:
    quote = make_quote(actor="Veldania")
    address = address.format(
        claim=quote.claim.get_absolute_url(), outlet=quote.article.outlet.get_absolute_url()
    )

    page, part = text_of(client, address), text_of(client, address, hx_request="true")

    assert "<html" in page
    assert "<html" not in part
    assert part.strip().startswith('<div id="results"')


@pytest.mark.parametrize("name", ["quote", "article"])
def test_a_page_without_parts_is_always_whole(client: Client, name: str) -> None:
    address = addresses(make_quote(actor="Veldania"))[name]

    assert "<html" in text_of(client, address, hx_request="true")


def test_caches_keep_page_and_part_apart(client: Client) -> None:
    assert "HX-Request" in client.get("/")["Vary"]
    assert "HX-Request" in client.get("/", headers={"hx-request": "true"})["Vary"]


def test_every_link_that_htmx_follows_is_a_link_without_it(client: Client) -> None:
    for number in range(30):
        make_quote(actor="Veldania", content=f"that number {number} is safe")

    page = text_of(client, "/?act=say")

    followed = [tag for tag in page.split("<a ")[1:] if "hx-get=" in tag.split(">")[0]]
    assert followed
    assert all('href="' in tag.split(">")[0] for tag in followed)


# Hostile text


def test_hostile_text_is_shown_and_never_run(client: Client) -> None:
    article = make_article(title=HOSTILE, text=f"Evil said {HOSTILE}.", url="javascript:alert(1)")
    quote = make_quote(
        article=article, actor=f"Evil {HOSTILE}", source="Evil", cue="said", content=HOSTILE
    )
    places = [
        "/",
        "/actors/",
        "/claims/",
        "/articles/",
        "/outlets/",
        *addresses(quote).values(),
        f"/?q={HOSTILE}&act={HOSTILE}",
    ]

    for address in places:
        page = text_of(client, address)

        assert "<script>alert" not in page, address
        assert "javascript:" not in page, address


@pytest.mark.parametrize(
    "address",
    ["/", "/actors/", "/claims/", "/articles/", "/outlets/", "{article}", "{quote}", "/nowhere/"],
)
def test_no_page_needs_an_inline_script_or_style(client: Client, address: str) -> None:
    response = client.get(address.format(**addresses(make_quote(actor="Veldania"))))

    page = response.content.decode()
    assert " style=" not in page
    assert "<style" not in page
    scripts = [tag.split(">")[0] for tag in page.split("<script")[1:]]
    assert not [
        tag for tag in scripts if "src=" not in tag and tag != ' type="application/ld+json"'
    ]  # that is data


# The quote, the article and the others


def test_a_quote_stands_in_its_paragraph_with_its_roles_named(client: Client) -> None:
    text = "It froze.\nVeldania denied any part in the delay.\nIt thawed."
    quote = make_quote(
        article=make_article(text=text),
        source="Veldania",
        cue="denied",
        content="any part in the delay",
        act="deny",
    )

    page = text_of(client, quote.get_absolute_url())

    for role, name, words in (
        ("source", "who", "Veldania"),
        ("cue", "verb", "denied"),
        ("content", "words", "any part in the delay"),
    ):
        assert (
            f'<mark class="{role}"><span class="role" dir="ltr">{name}</span>{words}</mark>' in page
        )
    assert "It froze" not in page


def test_a_quote_says_where_it_comes_from(client: Client) -> None:
    quote = make_quote(actor="Veldania", actor_confidence=0.5, confidence=0.93)

    page = text_of(client, quote.get_absolute_url())

    for words in (quote.extractor, "93% sure", "50% sure", "not checked by a person"):
        assert words in page


def test_a_quote_leads_to_the_others_of_its_claim(client: Client) -> None:
    quote = make_quote(actor="Veldania", content="the bridge is safe")
    other = make_quote(actor="Ana Bell", content="the bridge is safe", act="deny")

    page = text_of(client, quote.get_absolute_url())

    assert other.get_absolute_url() in page
    assert "Ana Bell" in page


def test_an_article_is_whole_with_each_quote_marked_and_linked(client: Client) -> None:
    text = "Veldania denied the delay.\nNobody else spoke."
    quote = make_quote(
        article=make_article(text=text), source="Veldania", cue="denied", content="the delay"
    )

    page = text_of(client, quote.article.get_absolute_url())

    assert f'id="quote-{quote.pk}"' in page
    for role, words in (("source", "Veldania"), ("cue", "denied"), ("content", "the delay")):
        assert f'<a class="{role}" href="{quote.get_absolute_url()}"' in page
        assert f">{words}</a>" in page
    assert "Nobody else spoke." in page


def test_an_article_that_was_not_read_says_so(client: Client) -> None:
    article = make_article(text="Nobody spoke.", extractor="")

    assert "has not been read for quotes yet" in text_of(client, article.get_absolute_url())


def test_an_actor_is_found_by_any_of_its_names(client: Client) -> None:
    actor = make_actor(name="Ana Bell", names=("the mayor",))
    make_quote(actor=actor)
    make_quote(actor="Omar Reza")

    page = text_of(client, "/actors/?q=mayor")

    assert "Ana Bell" in page
    assert "Omar Reza" not in page
    assert "the mayor" in text_of(client, actor.get_absolute_url())


def test_an_actors_page_has_its_quotes_alone(client: Client) -> None:
    make_quote(actor="Ana Bell", content="the bridge is safe")
    make_quote(actor="Omar Reza", content="the ferry is late")

    page = text_of(client, "/actors/ana-bell/?actor=omar-reza")

    assert "the bridge is safe" in page
    assert "the ferry is late" not in page


def test_a_claim_counts_its_stances(client: Client) -> None:
    quote = make_quote(content="the bridge is safe")
    make_quote(content="the bridge is safe", act="deny")

    page = text_of(client, quote.claim.get_absolute_url())

    assert "asserted in 1 quote<" in page
    assert "denied in 1 quote<" in page


def test_claims_and_actors_of_which_no_quote_stands_are_not_listed_and_keep_their_pages(
    client: Client,
) -> None:
    gone = make_quote(actor="Ana Bell", content="the ferry is late", status="rejected")
    make_quote(actor="Veldania", content="the bridge is safe", status="rejected")
    make_quote(actor="Veldania", content="the bridge is safe")
    make_actor("Omar Reza", "person")

    actors, claims = text_of(client, "/actors/"), text_of(client, "/claims/")

    assert "1 speaker<" in actors
    assert "Veldania</a>" in actors
    assert 'state</bdi> <span class="count">1<' in actors
    assert "person</bdi>" not in actors
    assert "1 claim<" in claims
    assert "the bridge is safe</a>" in claims
    assert "1 quote<" in claims
    assert "Said by" not in text_of(client, "/?q=bell")
    for address in (gone.claim.get_absolute_url(), "/actors/ana-bell/", "/actors/omar-reza/"):
        assert "0 quotes<" in text_of(client, address)


def test_articles_are_searched_and_narrowed_by_outlet(client: Client) -> None:
    make_article(title="Frost on the bridge", outlet="Harbour Herald")
    make_article(title="Ferry strike", outlet="Northern Wire")

    assert "Ferry strike" not in text_of(client, "/articles/?q=frost")
    assert "Frost on the bridge" not in text_of(client, "/articles/?outlet=northern-wire")


def test_only_staff_are_led_to_the_admin(client: Client) -> None:
    quote = make_quote()
    assert "/admin/" not in text_of(client, quote.get_absolute_url())

    client.force_login(User.objects.create_user("curator", is_staff=True))

    assert f"/admin/claims/quote/{quote.pk}/change/" in text_of(client, quote.get_absolute_url())


@pytest.mark.parametrize(
    ("q", "offered"),
    [
        pytest.param("bell", True, id="a word of the name"),
        pytest.param("BEL", True, id="its beginning"),
        pytest.param("bell ana", True, id="each of its words"),
        pytest.param('"Ana Bell"', True, id="in quotation marks"),
        pytest.param("mayor", True, id="another name"),
        pytest.param("o'brien", True, id="with an apostrophe"),
        pytest.param("ell", False, id="letters within"),
        pytest.param("be", False, id="two letters"),
        pytest.param("bell bridge", False, id="and another word"),
        pytest.param("mayor bell", False, id="words of two names"),
        pytest.param("ferry -bell", False, id="a word that must not be there"),
        pytest.param("bridge", False, id="no name"),
        pytest.param("(.*)", False, id="signs of a pattern"),
    ],
)
def test_a_name_that_is_searched_for_offers_its_actor(
    client: Client, q: str, offered: bool
) -> None:
    make_quote(
        actor=make_actor("Ana Bell", "person", names=("the mayor", "Ana O’Brien")),
        content="the bridge is safe",
    )

    page = client.get("/", {"q": q}).content.decode()

    assert (">Ana Bell</a> <span" in page.partition("Said by")[2].partition("</p>")[0]) is offered


def test_what_a_person_decided_is_not_called_unsure(client: Client) -> None:
    doubtful = make_quote(actor_confidence=0.5)
    assert "unsure" in text_of(client, doubtful.get_absolute_url())

    Quote.objects.filter(pk=doubtful.pk).update(status="accepted")

    assert "unsure" not in text_of(client, doubtful.get_absolute_url()) + text_of(client, "/")


# When things fail


def test_the_page_of_a_failure_needs_no_database() -> None:
    response = server_error(RequestFactory().get("/"))

    assert b"Something failed on our side" in response.content


def test_a_bad_request_gets_a_page() -> None:
    response = bad_request(RequestFactory().get("/"), Exception())

    assert b"could not be read" in response.content


def test_an_article_shows_who_wrote_it_in_which_section(client: Client) -> None:
    article = make_article(author="Ana Bell", section="Local", language="en-GB")

    page = client.get(article.get_absolute_url()).content.decode()

    known = "by <bdi>Ana Bell</bdi> · <bdi>Local</bdi> · British English · "
    assert f"5 March 2024</time> · {known}" in page
    assert 'lang="en-GB"' in page
    assert "Terms of use" not in page


@pytest.mark.parametrize(
    ("licence", "shown"),
    [
        ("© 2024 Herald Press", "<bdi>© 2024 Herald Press</bdi>"),
        (
            "https://creativecommons.org/licenses/by-nd/4.0/",
            '<a href="https://creativecommons.org/licenses/by-nd/4.0/" rel="license noopener nofollow external">'
            "<bdi>CC BY-ND 4.0</bdi></a>",
        ),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "<bdi>CC0 1.0</bdi>"),
        ("javascript:alert(1)", "<bdi>javascript:alert(1)</bdi>"),
    ],
    ids=["a notice", "a licence", "no rights kept", "no address on the web"],
)
def test_an_article_shows_its_terms_of_use(client: Client, licence: str, shown: str) -> None:
    article = make_article(licence=licence)

    page = client.get(article.get_absolute_url()).content.decode()

    assert "Terms of use: " in page
    assert shown in page
