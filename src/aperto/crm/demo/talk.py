"""What colleagues of the demonstration company say to each other, and what of it was not read yet."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from aperto.crm.demo.people import Colleague
from aperto.crm.demo.story import Known, Story
from aperto.kernel import changes
from aperto.kernel.changes import Draft
from aperto.kernel.fields.base import Ref
from aperto.kernel.ids import uuid7_at
from aperto.kernel.notices import Telling, tell

MOST = 6  # deals that are talked about
# (a question, an answer); {boss} is the one who signs in, {who} a colleague.
TALK: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        ("@{boss} their board meets on Thursday. Can you call before that?", "@{who} yes, Wednesday at ten."),
        ("They compare us with one other supplier, on price and on delivery.", "Then lead with delivery."),
        ("@{boss} legal has read the contract: only the payment term is open.", "30 days is fine with me."),
    ),
    "nl": (
        (
            "@{boss} hun directie vergadert donderdag. Kun jij daarvoor bellen?",
            "@{who} ja, woensdag om tien uur.",
        ),
        ("Ze vergelijken ons met één andere leverancier, op prijs en levertijd.", "Begin dan met levertijd."),
        (
            "@{boss} juridisch heeft het contract gelezen: alleen de betaaltermijn is open.",
            "30 dagen is goed.",
        ),
    ),
    "pt": (
        ("@{boss} a direção deles reúne na quinta-feira. Podes ligar antes?", "@{who} sim, quarta às dez."),
        ("Comparam-nos com outro fornecedor, no preço e no prazo.", "Então começa pelo prazo."),
        ("@{boss} o jurídico leu o contrato: só falta o prazo de pagamento.", "30 dias está bem para mim."),
    ),
    "fr": (
        (
            "@{boss} leur direction se réunit jeudi. Peux-tu appeler avant ?",
            "@{who} oui, mercredi à dix heures.",
        ),
        (
            "Ils nous comparent à un autre fournisseur, sur le prix et le délai.",
            "Alors commence par le délai.",
        ),
        (
            "@{boss} le juridique a lu le contrat : seul le délai de paiement reste ouvert.",
            "30 jours me vont.",
        ),
    ),
}


def talk(story: Story, language: str) -> None:
    """Threads on the latest open deals; the questions of the last day are not answered yet."""
    boss = story.staff[0]
    for place, (deal, who) in enumerate(_talked_about(story, boss)):
        phrases = TALK.get(language, TALK["en"])
        names = {"boss": boss.user.name, "who": who.user.name}
        question, answer = (text.format(**names) for text in phrases[place % len(phrases)])
        at = story.now - timedelta(hours=3 + 21 * (place // 2), minutes=7 * place)
        asked = _say(who, deal, question, at)
        if place < 2:
            _tell(asked, deal, who, boss, at, mentioned="@" in question)
        else:
            _say(boss, deal, answer, at + timedelta(hours=1), answers=Ref("comment", asked))


def _talked_about(story: Story, boss: Colleague) -> Iterator[tuple[Known, Colleague]]:
    open_ones = [deal for deal in story.deals if not deal.extra.get("closed")]
    others = [each for each in story.staff[1:7] if each is not boss]
    for place, deal in enumerate(sorted(open_ones, key=lambda each: each.since, reverse=True)[:MOST]):
        yield deal, deal.owner if deal.owner is not boss else others[place % len(others)]


def _say(by: Colleague, deal: Known, body: str, at: Any, **more: Any) -> Any:
    values = {"body": body, "about": Ref("deal", deal.id), **more}
    draft = Draft(values, id=uuid7_at(at), at=at)
    [outcome] = changes.save_many(by.actor, "comment", [draft], via="demo")
    if outcome.error is not None or outcome.record is None:
        raise outcome.error or AssertionError("a new comment differs from nothing")
    return outcome.record.pk


def _tell(asked: Any, deal: Known, who: Colleague, boss: Colleague, at: Any, *, mentioned: bool) -> None:
    """The bell has something to say to whoever signs in first."""
    told = Telling(
        "mention" if mentioned else "comment",
        asked,
        frozenset([boss.user.pk]),
        Ref("deal", deal.id),
        Ref("comment", asked),
        by=who.user.pk,
        by_name=who.user.name,
        at=at,
    )
    tell([told])
