"""Articles without an address keep their rows when their keys become clear."""

from importlib import import_module

import pytest
from django.apps import apps

from claims.models import Article
from tests.factories import make_article, make_outlet

pytestmark = pytest.mark.django_db


def test_an_article_of_a_publisher_with_a_slash_gets_the_key_that_its_document_has_now() -> None:
    migration = import_module("claims.migrations.0016_articles_without_a_date")
    wire, harbour = make_outlet("CBS/AP"), make_outlet("Harbour Herald")
    unclear = make_article(outlet=wire, key="id:CBS/AP/x/1", url="")
    clear = make_article(outlet=harbour, key="id:Harbour Herald/x/1", url="")
    with_address = make_article(outlet=wire)

    migration.mark_where_publishers_end(apps, None)

    keys = dict(Article.objects.values_list("pk", "key"))
    assert keys == {
        unclear.pk: "id:CBS%2FAP/x/1",
        clear.pk: "id:Harbour Herald/x/1",
        with_address.pk: with_address.key,
    }
