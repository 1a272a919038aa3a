"""Records in and out on the command line: the demo company, import and export."""

import argparse

from django.db import transaction

from aperto.config.console import Steps
from aperto.kernel.access import setup


def demo(chosen: argparse.Namespace) -> None:
    load_demo(chosen.language, Steps())


def load_demo(language: str, steps: Steps) -> None:
    """Fill an installation that nobody uses yet; a used one stays as it is."""
    if not setup.needed():
        steps.line("Not loading the demo company: this installation is in use")
        return
    from aperto.crm import demo as company  # noqa: PLC0415

    steps.line("Loading the demo company")
    with transaction.atomic():  # a start that is cut off leaves nothing, and the next one begins again
        company.load(language=language, progress=lambda text: steps.line(f"  {text}"))
