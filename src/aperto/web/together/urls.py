"""Addresses of comments, following and notices."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from aperto.web.people import settings_nav
from aperto.web.people.settings_nav import YOU, SettingsPage
from aperto.web.together import choices, comments, follow, notices

settings_nav.add(SettingsPage("notice_choices", _("Notifications"), "bell", 15, YOU, administered=False))

RECORD = "<slug:object_key>/<uuid:record>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("notices", notices.index, name="notices"),
    path("notices/menu", notices.menu, name="notices_menu"),
    path("notices/count", notices.count, name="notices_count"),
    path("notices/read", notices.read, name="read_notices"),
    path("notices/unsubscribe/<str:token>", choices.unsubscribe, name="unsubscribe"),
    path("profile/notices", choices.show, name="notice_choices"),
    path("profile/notices/devices", choices.subscribe, name="subscribe_device"),
    path("profile/notices/devices/<uuid:device>/forget", choices.forget, name="forget_device"),
    path(f"{RECORD}/comments", comments.comments, name="record_comments"),
    path(f"{RECORD}/comments/people", comments.people, name="comment_people"),
    path(f"{RECORD}/comments/<uuid:comment>/answer", comments.answer, name="answer_comment"),
    path(f"{RECORD}/comments/<uuid:comment>/edit", comments.edit, name="edit_comment"),
    path(f"{RECORD}/comments/<uuid:comment>/answers", comments.earlier, name="comment_answers"),
    path(f"{RECORD}/follow", follow.follow, name="follow_record"),
]
