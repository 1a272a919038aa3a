from django.apps import AppConfig


class SalesConfig(AppConfig):
    name = "aperto.sales"
    label = "sales"
    verbose_name = "Sales"
