"""Every page and state by axe-core, on a phone and a desk, light and dark: no rule is broken."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from claims.models import Wording
from tests.browser.axe import check_nothing_is_found
from tests.factories import make_actor, make_article, make_detail, make_match, make_quote

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = """\
Mayor Ana Bell said Omar Reza, the city engineer, had told her on Monday that "the bridge will stand for a hundred years".
Omar Reza denied that he was asked. One engineer accused Ana Bell of hiding the bill, and called it "a scandal".
قال عمر رضا إن الجسر آمن."""
PAGES = {
    "front page": "/",
    "search with filters": "/?q=bridge&actor=ana-bell&since=2024-01-01",
    "nothing found": "/?q=ferry&act=deny",
    "what is not understood": "/?act=sing",
    "a filter in full": "/?more=actor&find=a",
    "quote": "/quotes/{quote}/",
    "quote in a frame": "/quotes/{quote}/embed/",
    "report an error": "/quotes/{quote}/report/",
    "thanks": "/quotes/{quote}/report/thanks/",
    "overview": "/overview/",
    "overview of one actor": "/overview/?actor=ana-bell",
    "actors": "/actors/",
    "actor": "/actors/ana-bell/",
    "compare, nobody chosen": "/compare/",
    "compare": "/compare/?actor=ana-bell&actor=omar-reza&q=bridge",
    "claims": "/claims/",
    "claims, narrowed": "/claims/?actor=ana-bell&stance=asserts&disputed=yes",
    "claim": "/claims/{claim}/",
    "disputes": "/disputes/",
    "disputes, none found": "/disputes/?kind=credit&since=2024-01-01",
    "topics": "/topics/",
    "topic": "/topics/?q=bridge+or+safe+or+more",
    "topic, one side": "/topics/?q=bridge&side=asserts",
    "claims like a sentence": "/claims/alike/?text=The+bridge+will+stand+for+nine+years",
    "articles": "/articles/",
    "article": "/articles/{article}/",
    "article without quotes": "/articles/{silent}/",
    "outlets": "/outlets/",
    "outlets, none found": "/outlets/?q=gazette",
    "outlet": "/outlets/harbour-herald/",
    "trust, not measured": "/trust/",
    "API": "/api/docs/",
    "no such page": "/nowhere/",
}


@pytest.fixture
def addresses() -> dict[str, int]:
    """The numbers of a quote and of what it belongs to, all of which there is more to show of than usual."""
    for name in ("Ana Bell", "Omar Reza"):
        make_actor(name, "person")
    article = make_article(TEXT, title="Mayor says the bridge is safe")
    told = 'Omar Reza, the city engineer, had told her on Monday that "the bridge will stand for a hundred years"'
    outer = make_quote(
        article=article,
        actor=make_actor("Ana Bell", "person"),
        source="Mayor Ana Bell",
        content=told,
        kind="mixed",
    )
    make_detail(outer, "occasion", "on Monday")
    make_quote(
        article=article,
        actor=make_actor("Omar Reza", "person"),
        cue="told",
        content='"the bridge will stand for a hundred years"',
        within=outer,
        actor_confidence=0.5,
    )
    denial = make_quote(
        article=article,
        actor=make_actor("Omar Reza", "person"),
        cue="denied",
        content="that he was asked",
        act="deny",
    )
    accusation = make_quote(
        article=article,
        actor=None,
        source="One engineer",
        cue="accused",
        content="Ana Bell of hiding the bill",
        act="accuse",
    )
    later = make_article("Ana Bell said the bridge is safe, and more.", outlet="Northern Wire")
    same = make_quote(
        article=later, actor=make_actor("Ana Bell", "person"), content="the bridge is safe"
    )
    make_match(outer, denial)
    make_match(accusation, outer)
    make_match(outer, same, kind="paraphrase", evidence=["run of 4 words", "same names"])
    Wording.objects.filter(pk=same.wording_id).update(claim=outer.wording_id)
    nine = make_article("Ana Bell said it stands for nine years.", outlet="Evening Post")
    figure = make_quote(article=nine, actor="Ana Bell", content="it stands for nine years")
    make_match(outer, figure, kind="conflicts")
    asked = make_article("Ana Bell declined to say more of it.", outlet="Evening Post")
    silence = make_quote(
        article=asked,
        actor="Ana Bell",
        cue="declined",
        content="to say more of it",
        act="no_comment",
    )
    make_match(outer, silence, kind="answers")
    silent = make_article("Nobody spoke.", title="جسر آمن")
    return {"quote": outer.pk, "claim": outer.claim_id, "article": article.pk, "silent": silent.pk}


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(
    failing_page: Page, live_server: LiveServer, addresses: dict[str, int], name: str
) -> None:
    page = failing_page
    page.goto(live_server.url + PAGES[name].format(**addresses))

    check_nothing_is_found(page, name)
