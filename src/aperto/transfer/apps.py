from django.apps import AppConfig


class TransferConfig(AppConfig):
    name = "aperto.transfer"
    label = "transfer"
    verbose_name = "Aperto import and export"
