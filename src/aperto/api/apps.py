from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "aperto.api"
    label = "api"
    verbose_name = "Aperto API"
