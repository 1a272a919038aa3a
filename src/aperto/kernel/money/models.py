"""Rates as the European Central Bank states them: units of a currency for one euro."""

from django.db import models


class Rate(models.Model):
    """`manual` rates stand before the bank's of the same or an earlier day."""

    currency = models.CharField(max_length=3)
    day = models.DateField()
    per_euro = models.DecimalField(max_digits=20, decimal_places=8)
    manual = models.BooleanField(default=False)

    class Meta:
        db_table = "kernel_rate"
        constraints = [models.UniqueConstraint(fields=["currency", "day", "manual"], name="rate_once")]
        indexes = [models.Index(fields=["currency", "-day"], name="rate_newest")]

    def __str__(self) -> str:
        return f"{self.currency} {self.day} {self.per_euro}"
