"""Addresses of records. They begin with the key of an object, so they stand behind all fixed ones."""

from django.urls import URLPattern, URLResolver, path

from aperto.web.files import dropping, versions, viewer
from aperto.web.forms import conflict
from aperto.web.records import (
    composer,
    filled,
    history,
    inplace,
    linking,
    move,
    page,
    picks,
    planned,
    related,
    removal,
    sharing_pages,
    timeline,
    verbs,
)

RECORD = "<slug:object_key>/<uuid:record>"
VERSIONS = f"{RECORD}/file/<slug:key>/versions"

urlpatterns: list[URLPattern | URLResolver] = [
    path("bin", removal.bin_, name="bin"),
    path("pick/<str:objects>", picks.pick, name="pick"),
    path("user/pick", picks.pick_user, name="pick_user"),
    path("<slug:object_key>/pick", picks.pick_one, name="pick_one"),
    path(RECORD, page.show, name="record"),
    path(f"{RECORD}/timeline", timeline.show, name="record_timeline"),
    path(f"{RECORD}/next", planned.show, name="record_next"),
    path(f"{RECORD}/finish", planned.finish, name="finish_activity"),
    path(f"{RECORD}/field/<slug:key>", inplace.edit, name="record_field"),
    path(f"{RECORD}/field/<slug:key>/keep", filled.keep, name="keep_filled"),
    path(f"{RECORD}/field/<slug:key>/refuse", filled.refuse, name="refuse_filled"),
    path(f"{RECORD}/stage/<uuid:stage>", move.move, name="record_stage"),
    path(f"{RECORD}/compose/<slug:activity>", composer.compose, name="compose"),
    path(f"{RECORD}/related", related.show, name="record_related"),
    path(f"{RECORD}/related/<int:number>/link", linking.link, name="link_record"),
    path(f"{RECORD}/related/<int:number>/unlink/<uuid:other>", linking.unlink, name="unlink_record"),
    path(f"{RECORD}/related/<int:number>/drop", linking.drop, name="drop_file"),
    path(f"{RECORD}/drop", dropping.drop, name="drop_on_record"),
    path(f"{RECORD}/file/<slug:key>", viewer.show, name="view_file"),
    path(VERSIONS, versions.add, name="add_file_version"),
    path(f"{VERSIONS}/<uuid:change>", versions.download, name="file_version"),
    path(
        f"{VERSIONS}/<uuid:change>/restore",
        versions.restore,
        name="restore_file_version",
    ),
    path(f"{RECORD}/history", history.show, name="record_history"),
    path(f"{RECORD}/history/<uuid:change>", history.as_it_was, name="record_as_it_was"),
    path(f"{RECORD}/delete", removal.delete, name="delete_record"),
    path(f"{RECORD}/restore", removal.restore, name="restore_record"),
    path(f"{RECORD}/share", sharing_pages.share, name="share_record"),
    path(f"{RECORD}/share/with", sharing_pages.grantees, name="share_with"),
    path(f"{RECORD}/share/end", sharing_pages.end, name="end_share"),
    path(f"{RECORD}/private", sharing_pages.private, name="private_record"),
    path(f"{RECORD}/access", sharing_pages.access, name="record_access"),
    path(f"{RECORD}/action/<slug:name>", verbs.act, name="record_action"),
    path(f"{RECORD}/resolve", conflict.resolve_conflict, name="resolve_conflict"),
]
