"""What people may do in the admin panel, as groups: each role may do all that the one before it may.

A permission that does not exist yet, since its table comes with a later version, is granted when this runs again.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

JUDGING_PERMISSIONS = ("add_samplejudgement", "change_samplejudgement")
CORRECTING_PERMISSIONS = ("add_quote", "change_quote", "add_span", "change_span", "delete_span")
DECIDING_PERMISSIONS = ("change_report", "change_mergecandidate")
MERGING_PERMISSIONS = ("merge_actor", "bulk_quote", "revert_decision")
EDITING_PERMISSIONS = (
    *("add_actor", "change_actor", "add_actorname", "change_actorname", "delete_actorname"),
    *("add_externalid", "change_externalid", "delete_externalid"),
    *("change_claim", "add_outlet", "change_outlet"),
)
DELETING_PERMISSIONS = tuple(
    f"delete_{name}"
    for name in ("actor", "article", "claim", "outlet", "report", "mergecandidate", "sample")
)
SAMPLING_PERMISSIONS = ("add_sample", "change_sample")

VIEWER, CURATOR, EDITOR, ADMINISTRATOR = ROLES = ("viewer", "curator", "editor", "administrator")
PERMISSIONS_ADDED: dict[str, tuple[str, ...]] = {
    VIEWER: (),
    CURATOR: (*CORRECTING_PERMISSIONS, *DECIDING_PERMISSIONS, *JUDGING_PERMISSIONS),
    EDITOR: (
        *EDITING_PERMISSIONS,
        *MERGING_PERMISSIONS,
        *DELETING_PERMISSIONS,
        *SAMPLING_PERMISSIONS,
    ),
}


def has_role_permission(role: str, app: str, codename: str) -> bool:
    """Whether a role has a permission."""
    if app == "claims":
        before = ROLES[: ROLES.index(role) + 1]
        return (
            role == ADMINISTRATOR
            or codename.startswith("view_")
            or any(codename in PERMISSIONS_ADDED[each] for each in before)
        )
    return role == ADMINISTRATOR and app == "auth" and codename.endswith(("_user", "_group"))


def grant(groups: type[Model], permissions: type[Model]) -> dict[str, int]:
    """Make the groups of all roles, and give each the permissions of its role and no other; how many each has."""
    known: Iterable[Any] = permissions._default_manager.filter(
        content_type__app_label__in=["claims", "auth"]
    )
    every = list(known.select_related("content_type"))  # type: ignore[attr-defined]
    counts = {}
    for role in ROLES:
        group: Any = groups._default_manager.get_or_create(name=role)[0]
        wanted = [
            each
            for each in every
            if has_role_permission(role, each.content_type.app_label, each.codename)
        ]
        group.permissions.set(wanted)
        counts[role] = len(wanted)
    return counts
