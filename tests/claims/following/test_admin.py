"""Saved searches and large files in the admin, and two workers that look for one follower."""

from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client

from claims.following.alerts import MOST_FAILURES, look_and_tell
from claims.models import Follower, MadeFile, SavedSearch
from tests.claims.following.followers import ADA, make_due, make_search
from tests.factories import make_quote

SEARCHES = "/admin/claims/savedsearch/"


@pytest.mark.django_db
def test_an_address_is_found_whole_shown_in_part_and_removed_with_its_last_search(
    curator: Client,
) -> None:
    search = make_search("q=ferry")
    make_search("q=toll", email="bob@reader.example")
    SavedSearch.objects.update(
        failures=MOST_FAILURES, problem="the mail server refuses the address"
    )

    found = curator.get(SEARCHES, {"q": ADA}).content.decode()
    part = curator.get(SEARCHES, {"q": "ada@"}).content.decode()
    shown = curator.get(f"{SEARCHES}{search.pk}/change/").content.decode()

    assert "a…@reader.example" in found
    assert "b…@reader.example" not in found
    assert "a…@reader.example" not in part
    for page in (found.replace(f'value="{ADA}"', ""), shown):
        assert ADA not in page
    curator.post(SEARCHES, {"action": "try_again", "_selected_action": [search.pk]})
    assert SavedSearch.objects.get(pk=search.pk).failures == 0
    curator.post(f"{SEARCHES}{search.pk}/delete/", {"post": "yes"})
    assert [each.email for each in Follower.objects.all()] == ["bob@reader.example"]


@pytest.mark.django_db
def test_a_file_goes_with_its_row(curator: Client, settings: Any, tmp_path: Path) -> None:
    settings.FILES_FOLDER = tmp_path
    file = MadeFile.objects.create(ending="xlsx", described="all", state="ready")
    file.path.write_text("rows")

    curator.post(f"/admin/claims/madefile/{file.pk}/delete/", {"post": "yes"})

    assert not MadeFile.objects.exists()
    assert not file.path.exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_a_follower_nothing_twice() -> None:
    first, second = make_search("q=ferry"), make_search("actor=veldania")
    make_quote(content="the ferry is late")
    told: list[int] = []

    def look_elsewhere() -> None:
        told.append(look_and_tell(second.pk))
        connection.close()

    with transaction.atomic():
        Follower.objects.select_for_update().get()  # as the look of another worker holds it
        other = Thread(target=look_elsewhere)
        other.start()
        other.join(timeout=60)
    told.append(look_and_tell(first.pk))
    make_due(second)
    told.append(look_and_tell(second.pk))

    assert told == [0, 1, 0]
    assert len(mail.outbox) == 1
