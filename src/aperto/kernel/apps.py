from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "aperto.kernel"
    label = "kernel"
    verbose_name = "Aperto kernel"

    def ready(self) -> None:
        from aperto.kernel import upkeep  # noqa: F401, PLC0415 - declares its schedules; models exist only now
        from aperto.kernel.configuration import taking_back  # noqa: PLC0415 - as above
        from aperto.kernel.formula import expression  # noqa: F401, PLC0415 - teaches SQLite to compute formulas
        from aperto.kernel.shape import indexes  # noqa: F401, PLC0415 - as above
        from aperto.kernel.shape.change_kind import verb  # noqa: F401, PLC0415 - declares its verb

        taking_back.register()
