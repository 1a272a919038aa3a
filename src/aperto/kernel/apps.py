from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "aperto.kernel"
    label = "kernel"
    verbose_name = "Aperto kernel"
