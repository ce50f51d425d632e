"""`manage.py factchecks`: fact-checks in, from files."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from claims.models import FactCheck
from tests.claims.intake.readers.test_claim_reviews import REVIEW, make_page

pytestmark = pytest.mark.django_db


def test_files_go_in_once_and_what_does_not_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    feed, page = tmp_path / "feed.json", tmp_path / "page.html"
    feed.write_text(json.dumps([REVIEW, {**REVIEW, "claimReviewed": ""}]))
    page.write_text(make_page(REVIEW))
    missing = str(tmp_path / "missing.json")

    with pytest.raises(SystemExit):
        call_command("factchecks", str(feed), str(page), missing)
    first = capsys.readouterr()
    call_command("factchecks", str(page))
    second = capsys.readouterr()

    assert "Fact-checks: 1 new, 0 changed, 0 unchanged, 2 not in" in first.out
    assert f"{feed}: review 2: it does not say which claim" in first.err
    assert "missing.json: it cannot be read (No such file" in first.err
    assert "Fact-checks: 0 new, 0 changed, 1 unchanged, 0 not in" in second.out
    assert FactCheck.objects.get().read_as


def test_an_address_on_an_inner_network_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command("factchecks", "http://127.0.0.1:9/feed.json")

    assert "http://127.0.0.1:9/feed.json: it cannot be read (" in capsys.readouterr().err
