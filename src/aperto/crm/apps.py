from django.apps import AppConfig


class CrmConfig(AppConfig):
    name = "aperto.crm"
    label = "crm"
    verbose_name = "Customer relations"

    def ready(self) -> None:
        from aperto.crm import setup  # noqa: PLC0415 - models exist only now
        from aperto.crm.actions import convert_lead  # noqa: F401, PLC0415 - declares its verb
        from aperto.kernel.access.setup import after_first_run  # noqa: PLC0415

        after_first_run(setup.prepare)
