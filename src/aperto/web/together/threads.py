"""Comments of a record as safe HTML, joined from strings: they stand on every record's page."""

from collections.abc import Iterable

from django.utils.html import escape, urlize
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aperto.kernel.access.scopes import Verb
from aperto.kernel.comments import threads
from aperto.kernel.comments.threads import Said, Threads
from aperto.web.people import looks
from aperto.web.records.nearby import near_moment
from aperto.web.records.reading import Shown
from aperto.web.templatetags.aperto_icons import drawing

TOOL = "btn quiet icon-only sm"
SHOWN = 5


def drawn(held: Shown, page: Threads) -> SafeString:
    """The threads, and the way to older ones."""
    may_write = threads.may_write(held.actor)
    parts = [_thread(held, each, may_write) for each in page.said]
    if page.next:
        url = f"{held.url}/comments?before={page.next}"
        more = f'hx-get="{url}" hx-target="closest .more" hx-swap="outerHTML"'
        label = escape(_("Older comments"))
        parts.append(f'<p class="more"><a class="btn quiet sm" href="{url}" {more}>{label}</a></p>')
    return SafeString("".join(parts))


def _thread(held: Shown, root: Said, may_write: bool) -> str:
    answers = [said(held, each) for each in root.answers]
    if root.earlier:
        url = f"{held.url}/comments/{root.id}/answers?before={root.answers[0].id}"
        answers.insert(0, earlier(url, root.earlier))
    if may_write:
        label = escape(_("Answer"))
        url = f"{held.url}/comments/{root.id}/answer"
        answers.append(f'<p><a class="btn quiet sm" href="{url}" data-dialog>{label}</a></p>')
    inside = f'<div class="answers">{"".join(answers)}</div>' if answers else ""
    return f'<article class="thread">{said(held, root)}{inside}</article>'


def earlier(url: str, count: int = 0) -> str:
    label = _("Earlier answers")
    if count:
        label = ngettext("%(count)s earlier answer", "%(count)s earlier answers", count) % {"count": count}
    more = f'hx-get="{url}" hx-target="closest .more" hx-swap="outerHTML"'
    return f'<p class="more"><a class="btn quiet sm" href="{url}" {more}>{escape(label)}</a></p>'


def answers(held: Shown, page: Threads, url: str) -> SafeString:
    """Earlier answers, with the way further back above them."""
    before = earlier(f"{url}?before={page.next}") if page.next else ""
    return SafeString(before + "".join(said(held, each) for each in page.said))


def said(held: Shown, each: Said) -> str:
    if each.deleted:
        return f'<div class="comment muted">{escape(_("This comment was deleted."))}</div>'
    name = each.author.title if each.author else ""
    face = (
        f'<span class="avatar" data-hue="{looks.hue(each.author and each.author.id)}" aria-hidden="true">'
        f"{escape(looks.initials(name))}</span>"
    )
    edited = f' <span class="faint small">{escape(_("edited"))}</span>' if each.version > 1 else ""
    head = (
        f'<div class="what">{_tools(held, each)}<b>{escape(name or _("Somebody"))}</b> '
        f'<span class="muted small">{near_moment(each.at, held.actor.viewer)}</span>{edited}</div>'
    )
    body = f'<div class="words">{words(each.body, (one["as"] for one in each.mentioned))}</div>'
    return f'<div class="comment" id="comment-{each.id}">{face}<div>{head}{body}</div></div>'


def words(text: str, names: Iterable[str]) -> str:
    """The plain text with its links and the people it mentions; nothing of it is taken for HTML."""
    html = str(urlize(text, nofollow=True, autoescape=True))
    for name in sorted(set(names), key=len, reverse=True):
        called = escape(f"@{name}")
        html = html.replace(called, f'<span class="mention">{called}</span>')
    return html.replace('<a href="', '<a rel="noreferrer" href="').replace("\n", "<br>")


def _tools(held: Shown, each: Said) -> str:
    """Verbs on one's own; administrators may take away."""
    actor = held.actor
    mine = each.author is not None and each.author.id == actor.user_id and not actor.behind
    declaration, tools = threads.declaration(), ""
    if mine and actor.may(declaration, Verb.EDIT):
        drawn_ = drawing("pencil", "xs")
        label = escape(_("Edit"))
        url = f"{held.url}/comments/{each.id}/edit"
        tools = f'<a class="{TOOL}" href="{url}" data-dialog aria-label="{label}">{drawn_}</a>'
    if (mine or actor.configures) and actor.may(declaration, Verb.DELETE) and not actor.behind:
        send = f'hx-post="/comment/{each.id}/delete?stay=here" hx-swap="none"'
        label, drawn_ = escape(_("Delete")), drawing("trash", "xs")
        tools += f'<button type="button" class="{TOOL}" {send} aria-label="{label}">{drawn_}</button>'
    return f'<span class="tools">{tools}</span>' if tools else ""
