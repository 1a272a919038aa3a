"""Writes the story through the one door, a batch per colleague, with the moments at which it happened."""

import importlib
from collections import defaultdict
from collections.abc import Callable, Iterable

from django.utils import translation
from django.utils.translation import gettext as _

from aperto.crm.demo import days, people
from aperto.crm.demo.people import Colleague
from aperto.crm.demo.story import Story
from aperto.crm.demo.talk import talk
from aperto.crm.demo.vocabulary import Vocabulary
from aperto.kernel import changes
from aperto.kernel.changes import Draft
from aperto.kernel.pipelines import stages

type Progress = Callable[[str], None]
LANGUAGES = ("en", "nl", "pt", "fr")


def vocabulary(language: str) -> Vocabulary:
    name = language if language in LANGUAGES else "en"
    words: Vocabulary = importlib.import_module(f"aperto.crm.demo.{name}").WORDS
    return words


def load(language: str, progress: Progress) -> None:
    with translation.override(language):
        words = vocabulary(language)
        staff = people.found(words, language)
        deal_steps = stages.of_object("deal")
        first_pipeline = [step for step in deal_steps if step.pipeline == deal_steps[0].pipeline]
        story = Story(words, staff, stages.of_object("lead"), first_pipeline)
        _records(story, progress)
        _work(story, progress)
        talk(story, language)


def _records(story: Story, progress: Progress) -> None:
    _write("product", ((story.staff[0], _product(*each)) for each in story.words.products))
    _write("company", story.write_companies(60))
    _write("contact", story.write_contacts())
    progress(_("%(count)s companies and their people") % {"count": len(story.companies)})
    _write("lead", story.write_leads(40))
    _write("deal", story.write_deals(120))
    for round_ in story.moves():
        _write("deal", round_)
    progress(_("%(count)s deals and how they went") % {"count": len(story.deals)})


def _work(story: Story, progress: Progress) -> None:
    for object_key, count in (("call", 420), ("note", 160), ("meeting", 110), ("task", 220)):
        _write(object_key, days.write_past(story, object_key, count))
    plans: dict[str, list[tuple[Colleague, Draft]]] = defaultdict(list)
    for object_key, owner, draft in (*days.write_plans(story), *days.write_week(story)):
        plans[object_key].append((owner, draft))
    for object_key, written in plans.items():
        _write(object_key, written)
    _write("task", days.write_given(story))
    progress(_("Two years of calls, meetings, notes and tasks"))


def _product(name: str, code: str, price: int, unit: str) -> Draft:
    return Draft({"name": name, "code": code, "price": str(price), "unit": unit})


def _write(object_key: str, drafts: Iterable[tuple[Colleague, Draft]]) -> None:
    by_owner: dict[Colleague, list[Draft]] = defaultdict(list)
    for owner, draft in drafts:
        by_owner[owner].append(draft)
    for owner, written in by_owner.items():
        for outcome in changes.save_many(owner.actor, object_key, written, via="demo"):
            if outcome.error is not None:
                raise outcome.error
