"""Page or fragment, chosen in one place."""

from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django_htmx.middleware import HtmxMiddleware
from pytest_django import Settings

from newsroom.htmx import render

PAGE = '{% load partials %}<h1>The page</h1>{% partialdef results inline %}<p id="results">{{ word }}</p>{% endpartialdef %}'
ASKED = {"HX-Request": "true"}
FRAGMENT = '<p id="results">troops</p>'


@pytest.fixture(autouse=True)
def page(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE)
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]


def got(*, status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    def view(request: HttpRequest) -> HttpResponse:
        return render(request, "page.html", {"word": "troops"}, fragment="results", status=status)

    response = HtmxMiddleware(view)(RequestFactory().get("/", headers=headers))
    assert isinstance(response, HttpResponse)
    return response


def test_a_browser_gets_the_page() -> None:
    assert got().content.decode() == f"<h1>The page</h1>{FRAGMENT}"


def test_htmx_gets_the_fragment_alone() -> None:
    assert got(headers=ASKED).content.decode() == FRAGMENT


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_htmx_gets_the_page_when_it_shows_another_one(header: str) -> None:
    assert "<h1>" in got(headers={**ASKED, header: "true"}).content.decode()


@pytest.mark.parametrize("headers", [{}, ASKED], ids=["page", "fragment"])
def test_a_cache_keeps_page_and_fragment_apart(headers: dict[str, str]) -> None:
    vary = {name.strip().lower() for name in got(headers=headers)["Vary"].split(",")}

    assert {"hx-request", "hx-boosted", "hx-history-restore-request"} <= vary


def test_what_the_response_already_varied_by_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "newsroom.htmx.render_template", lambda *_, **__: HttpResponse(headers={"Vary": "Cookie"})
    )

    assert "cookie" in got()["Vary"].lower()


def test_the_status_is_kept() -> None:
    assert got(status=404).status_code == 404


def test_without_the_middleware_there_is_the_page() -> None:
    response = render(
        RequestFactory().get("/"), "page.html", {"word": "troops"}, fragment="results"
    )

    assert "<h1>" in response.content.decode()
