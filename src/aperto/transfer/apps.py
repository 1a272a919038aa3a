from django.apps import AppConfig


class TransferConfig(AppConfig):
    name = "aperto.transfer"
    label = "transfer"
    verbose_name = "Aperto import and export"

    def ready(self) -> None:
        from aperto.transfer import mappings_section  # noqa: PLC0415 - models are not loaded before

        mappings_section.register()
