from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "aperto.web"
    label = "web"
    verbose_name = "Aperto pages"
