"""Rates as the European Central Bank states them: units of a currency for one euro."""

from django.db import models


class BankDay(models.Model):
    """All rates of the bank of one day, by currency: one row a day, so that years of them stay small."""

    day = models.DateField(primary_key=True)
    per_euro = models.JSONField()

    class Meta:
        db_table = "kernel_bank_day"

    def __str__(self) -> str:
        return str(self.day)


class Rate(models.Model):
    """A rate that an administrator stated; from its day on it stands before the bank's."""

    currency = models.CharField(max_length=3)
    day = models.DateField()
    per_euro = models.DecimalField(max_digits=20, decimal_places=8)

    class Meta:
        db_table = "kernel_rate"
        constraints = [models.UniqueConstraint(fields=["currency", "day"], name="rate_once")]

    def __str__(self) -> str:
        return f"{self.currency} {self.day} {self.per_euro}"
