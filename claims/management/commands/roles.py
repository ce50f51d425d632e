"""Make the groups viewer, curator, editor and administrator, with the permissions of each; to be run again at will."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand

from claims.roles import grant


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        counts = grant(Group, Permission)
        roles = [f"{role}: {number} permissions" for role, number in counts.items()]
        self.stdout.write(f"{'; '.join(roles)}.")
