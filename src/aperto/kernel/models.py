"""Django looks here for the kernel's tables; each is written beside what uses it."""

from aperto.kernel.access.models import ApiToken, Organisation, Role, SignInLink, TeamMember, User
from aperto.kernel.jobs.models import CronRow, Job, JobStep

__all__ = [
    "ApiToken",
    "CronRow",
    "Job",
    "JobStep",
    "Organisation",
    "Role",
    "SignInLink",
    "TeamMember",
    "User",
]
