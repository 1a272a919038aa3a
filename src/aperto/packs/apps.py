from django.apps import AppConfig


class PacksConfig(AppConfig):
    name = "aperto.packs"
    label = "packs"
    verbose_name = "Aperto packs"

    def ready(self) -> None:
        from aperto.kernel.needs import catalogue  # noqa: PLC0415 - its words need settings
        from aperto.packs.needs import TABLE  # noqa: PLC0415

        catalogue.declare(*TABLE)
