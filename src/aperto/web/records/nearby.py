"""Moments and days by their distance from today, as safe HTML."""

from datetime import date, datetime

from django.utils.safestring import SafeString

from aperto.kernel.fields.formats.dates import day_in_cell
from aperto.kernel.fields.formats.times import moment_in_cell
from aperto.kernel.viewer import Viewer


def near_moment(moment: datetime, viewer: Viewer) -> SafeString:
    return SafeString(moment_in_cell(moment, viewer)[0])


def near_day(day: date, viewer: Viewer) -> SafeString:
    return SafeString(day_in_cell(day, viewer)[0])
