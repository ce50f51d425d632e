"""Sends what followers wait for, where no worker runs: questions to confirm, alerts that are due, and webhooks.

Run it every few minutes, by cron for example. With a worker it is not needed, and does no harm.
"""

from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.core.management.base import BaseCommand

from claims.following.alerts import ask_to_confirm, iterate_due_searches, look_and_tell
from claims.following.large_files import remove_old_files
from claims.following.sending import NotSent
from claims.following.webhooks import tell
from claims.models import FollowRequest, SavedSearch, Webhook

Row = TypeVar("Row", SavedSearch, Webhook)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--no-webhooks", action="store_true", help="leave the webhooks to somebody else"
        )

    def handle(self, *args: Any, no_webhooks: bool, **options: Any) -> None:
        SavedSearch.objects.forget_unconfirmed()
        FollowRequest.objects.forget_old()
        unmailed = SavedSearch.objects.unmailed().select_related("follower")
        asked = self.do_each(unmailed, "saved search", ask_to_confirm)
        due = iterate_due_searches()
        told = self.do_each(due, "saved search", lambda search: look_and_tell(search.pk))
        hooks = [] if no_webhooks else list(Webhook.objects.due())
        self.do_each(hooks, "webhook", lambda webhook: tell(webhook.pk))
        self.stdout.write(
            f"{asked} asked to confirm, {told} quotes told by mail, {len(hooks)} webhooks looked at."
        )
        remove_old_files()

    def do_each(self, rows: Iterable[Row], what: str, do: Callable[[Row], int | None]) -> int:
        """Do something with each of the rows, and return the sum of what that returns. One that fails
        keeps nobody else from what they wait for; no message of an error tells an address.
        """
        done = 0
        for row in rows:
            try:
                done += do(row) or 0
            except NotSent as error:
                self.stderr.write(f"{what} {row.pk}: {error}")
            except Exception as error:
                self.stderr.write(f"{what} {row.pk}: {type(error).__name__}")
        return done
