"""Which page of the manual speaks of which page of the product."""

from django.urls import Resolver404, resolve

INDEX = "index"
PAGES = {
    "user/first-steps": ("home", "first_run", "palette"),
    "user/lists": ("list", "timeline", "paste", "bulk_editor", "view", "new_view"),
    "user/charts": ("chart",),
    "user/filters": ("list_filter",),
    "user/records": ("record", "edit_record", "new_record", "record_history", "bin", "compose"),
    "user/to-do": ("tasks", "tasks_section"),
    "user/sharing": ("record_access", "share_record"),
    "user/pipelines": ("board",),
    "user/import-export": ("import", "new_import", "import_schedules", "export", "export_run", "try_import"),
    "user/account": ("profile", "security", "appearance", "tokens", "account_logout"),
    "administrator/start": ("settings", "organisation", "about"),
    "administrator/needs": ("needs", "needs_document", "review_needs"),
    "administrator/people-and-rights": ("users", "user", "teams", "team", "roles", "role", "role_object"),
    "administrator/who-may-see-what": ("view_as", "handovers"),
    "administrator/objects-and-fields": (
        "objects", "object_fields", "object_relations", "edit_object", "create_object", "add_field",
        "edit_field", "change_kind", "modules", "menu",
    ),
    "administrator/layouts": ("layouts", "layout"),
    "administrator/pipelines-and-money": ("pipelines", "pipeline", "stage", "rates"),
    "administrator/configuration": ("configuration", "configuration_pack", "review_configuration"),
    "administrator/operation": ("jobs", "job"),
}  # fmt: skip
BY_NAME = {name: path for path, names in PAGES.items() for name in names}


def page_about(path: str) -> str:
    """The index where nothing is said of the page in particular."""
    try:
        name = resolve(path).url_name
    except Resolver404:
        return INDEX
    return BY_NAME.get(name or "", INDEX)
