"""The demo company, loaded once into an installation that nobody uses yet."""

import argparse

from django.db import transaction

from aperto.config.console import Steps
from aperto.kernel.access import organisation, setup


def run(chosen: argparse.Namespace) -> None:
    load(chosen.language, Steps())


def load(language: str, steps: Steps) -> None:
    """A used installation stays as it is."""
    if not setup.needed():
        if not organisation.current().demo:
            steps.line("Not loading the demo company: this installation is in use")
        return
    from aperto.crm import demo as company  # noqa: PLC0415  (its vocabulary is read on a first start only)

    steps.line("Loading the demo company")
    with transaction.atomic():  # a start that is cut off leaves nothing, and the next one begins again
        company.load(language=language, progress=lambda text: steps.line(f"  {text}"))
