"""Sends what followers wait for, where no worker runs: questions to confirm, alerts that are due, and webhooks.

Run it every few minutes, by cron for example. With a worker it is not needed, and does no harm.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from claims.following.alerts import ask_to_confirm, iterate_due_searches, look_and_tell
from claims.following.sending import NotSent
from claims.following.webhooks import tell
from claims.models import FollowRequest, SavedSearch, Webhook


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--no-webhooks", action="store_true", help="leave the webhooks to somebody else"
        )

    def handle(self, *args: Any, no_webhooks: bool, **options: Any) -> None:
        SavedSearch.objects.forget_unconfirmed()
        FollowRequest.objects.forget_old()
        asked = self.ask_all()
        told = sum(look_and_tell(search.pk) for search in iterate_due_searches())
        hooks = 0 if no_webhooks else self.tell_all()
        self.stdout.write(
            f"{asked} asked to confirm, {told} quotes told by mail, {hooks} webhooks looked at."
        )

    def ask_all(self) -> int:
        """Ask all who are still to be asked; return how many."""
        asked = 0
        for search in SavedSearch.objects.unmailed().select_related("follower"):
            try:
                ask_to_confirm(search)
                asked += 1
            except NotSent as error:
                self.stderr.write(f"{search}: {error}")
        return asked

    def tell_all(self) -> int:
        hooks = list(Webhook.objects.due())
        for webhook in hooks:
            tell(webhook.pk)
        return len(hooks)
