"""What people may do, as groups: each role may do all that the one before it may.

A permission that does not exist yet, since its table comes with a later version, is granted when
this runs again.
"""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Model

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

JUDGING_PERMISSIONS = ("add_samplejudgement", "change_samplejudgement")
CORRECTING_PERMISSIONS = ("add_quote", "change_quote", "add_span", "change_span", "delete_span")
ADDING_PERMISSIONS = ("add_article", "add_feed", "change_feed", "delete_feed")
TOKEN_PERMISSIONS = ("add_apitoken",)  # of their own, with which they may do what they may
WEBHOOK_PERMISSIONS = ("add_webhook",)  # of their own
DECIDING_PERMISSIONS = (
    "change_report",
    "change_mergecandidate",
    "change_copypair",
    "change_match",
    "change_factcheckmatch",
    "change_actorjoin",
)
MERGING_PERMISSIONS = (
    "change_itemmatch",  # judged in a list, several at once
    "merge_actor",
    "merge_article",
    "merge_outlet",
    "bulk_quote",
    "revert_decision",
)
EDITING_PERMISSIONS = (
    "add_actor",
    "change_actor",
    "add_actorname",
    "change_actorname",
    "delete_actorname",
    "add_externalid",
    "change_externalid",
    "delete_externalid",
    "change_claim",
    "add_outlet",
    "change_outlet",
    "add_outlethost",
    "change_outlethost",
    "delete_outlethost",
)
DELETING_PERMISSIONS = (
    "delete_actor",
    "delete_article",
    "delete_claim",
    "delete_outlet",
    "delete_report",
    "delete_mergecandidate",
    "delete_sample",
)
SAMPLING_PERMISSIONS = ("add_sample", "change_sample")

VIEWER = "viewer"
CURATOR = "curator"
EDITOR = "editor"
ADMINISTRATOR = "administrator"
ROLES = (VIEWER, CURATOR, EDITOR, ADMINISTRATOR)  # each may do all that the one before it may

# What a role may do besides what the one before it may. Everybody may see everything; an
# administrator may do everything.
PERMISSIONS_ADDED: dict[str, tuple[str, ...]] = {
    VIEWER: (),
    CURATOR: (
        *CORRECTING_PERMISSIONS,
        *DECIDING_PERMISSIONS,
        *JUDGING_PERMISSIONS,
        *ADDING_PERMISSIONS,
        *TOKEN_PERMISSIONS,
        *WEBHOOK_PERMISSIONS,
    ),
    EDITOR: (
        *EDITING_PERMISSIONS,
        *MERGING_PERMISSIONS,
        *DELETING_PERMISSIONS,
        *SAMPLING_PERMISSIONS,
    ),
    ADMINISTRATOR: (),
}


def has_role_permission(role: str, app: str, codename: str) -> bool:
    """Return whether a role has a permission.

    That to keep users and groups is an administrator's alone.
    """
    if app == "auth":
        return role == ADMINISTRATOR and codename.endswith(("_user", "_group"))
    if app != "claims":
        return False
    if role == ADMINISTRATOR or codename.startswith("view_"):
        return True
    roles_up_to_this = ROLES[: ROLES.index(role) + 1]
    return any(codename in PERMISSIONS_ADDED[lower] for lower in roles_up_to_this)


def may_add_articles(user: "User | AnonymousUser") -> bool:
    """Return whether somebody may hand in links and files, and keep what was read of them."""
    return settings.ANYBODY_MAY_ADD or user.has_perm("claims.add_article")


def may_add_feeds(user: "User | AnonymousUser") -> bool:
    """Return whether somebody may add feeds, and pause or remove any."""
    return settings.ANYBODY_MAY_ADD or user.has_perm("claims.add_feed")


def may_see_feeds(user: "User | AnonymousUser") -> bool:
    return settings.ANYBODY_MAY_ADD or user.has_perm("claims.view_feed")


def grant(groups: type[Model], permissions: type[Model]) -> dict[str, int]:
    """Make the groups of all roles, and give each the permissions of its role and no other.

    Return how many each has.
    """
    known: Any = permissions._default_manager.filter(content_type__app_label__in=["claims", "auth"])
    all_permissions = list(known.select_related("content_type"))
    counts = {}
    for role in ROLES:
        group: Any = groups._default_manager.get_or_create(name=role)[0]
        granted = []
        for permission in all_permissions:
            app = permission.content_type.app_label
            if has_role_permission(role, app, permission.codename):
                granted.append(permission)
        group.permissions.set(granted)
        counts[role] = len(granted)
    return counts
