"""Django looks here for the kernel's tables; each is written beside what uses it."""

from aperto.kernel.access.models import ApiToken, CacheEntry, Organisation, Role, SignInLink, TeamMember, User
from aperto.kernel.access.share_models import PrivateRecord, RecordShare
from aperto.kernel.access.sharing_rule import SharingRule
from aperto.kernel.access.sign_on_models import RoleRule, SignIn, SignInPolicy, SignOn
from aperto.kernel.access.team import Team
from aperto.kernel.access.territory import Territory
from aperto.kernel.calendar.feeds import CalendarFeed
from aperto.kernel.changes.models import (
    Change,
    Counter,
    MatchKey,
    Relation,
    Subscription,
    Timeline,
    UniqueValue,
)
from aperto.kernel.comments.definition import Comment
from aperto.kernel.files.models import FileLimits, StoredFile
from aperto.kernel.jobs.models import CronRow, Job, JobStep
from aperto.kernel.layouts.definition import Layout
from aperto.kernel.layouts.menu_definitions import Menu, ModuleSwitch
from aperto.kernel.money.models import BankDay, Rate
from aperto.kernel.needs.definitions import NeedAnswer
from aperto.kernel.notices.models import Device, Follow, Notice, NoticeChoice
from aperto.kernel.pipelines.objects import Pipeline, Stage
from aperto.kernel.query.pins import Pin
from aperto.kernel.query.search.models import SearchContent, SearchDeletion, SearchEntry, SearchWord
from aperto.kernel.query.views import SavedView
from aperto.kernel.recurrence.models import Series
from aperto.kernel.reminders.models import ReminderHabit
from aperto.kernel.shape.definitions import CustomField, CustomObject
from aperto.kernel.shape.models import CustomRecord, FieldUse, ShapeVersion

__all__ = [
    "ApiToken",
    "BankDay",
    "CacheEntry",
    "CalendarFeed",
    "Change",
    "Comment",
    "Counter",
    "CronRow",
    "CustomField",
    "CustomObject",
    "CustomRecord",
    "Device",
    "FieldUse",
    "FileLimits",
    "Follow",
    "Job",
    "JobStep",
    "Layout",
    "MatchKey",
    "Menu",
    "ModuleSwitch",
    "NeedAnswer",
    "Notice",
    "NoticeChoice",
    "Organisation",
    "Pin",
    "Pipeline",
    "PrivateRecord",
    "Rate",
    "RecordShare",
    "Relation",
    "ReminderHabit",
    "Role",
    "RoleRule",
    "SavedView",
    "SearchContent",
    "SearchDeletion",
    "SearchEntry",
    "SearchWord",
    "SharingRule",
    "Series",
    "ShapeVersion",
    "SignIn",
    "SignInLink",
    "SignInPolicy",
    "SignOn",
    "Stage",
    "StoredFile",
    "Subscription",
    "Team",
    "TeamMember",
    "Territory",
    "Timeline",
    "UniqueValue",
    "User",
]
