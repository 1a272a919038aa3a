"""How long before somebody wants to be reminded where the record does not say."""

from typing import ClassVar

from django.db import models

from aperto.kernel.access.models import User


class ReminderHabit(models.Model):
    """`seconds` by object; what is not there reminds nobody."""

    objects: ClassVar[models.Manager["ReminderHabit"]]

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="+")
    seconds = models.JSONField(default=dict)

    class Meta:
        db_table = "kernel_reminder_habit"

    def __str__(self) -> str:
        return f"reminders of {self.user_id}"
