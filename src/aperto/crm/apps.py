from django.apps import AppConfig


class CrmConfig(AppConfig):
    name = "aperto.crm"
    label = "crm"
    verbose_name = "Customer relations"
