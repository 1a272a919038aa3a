import pytest

from aperto.kernel.access.actor import Actor, system
from aperto.kernel.pipelines import stages
from tests.firm import found


@pytest.fixture
def keeper(db: None) -> Actor:
    """Whoever configures, in an installation of which only the name is known."""
    from aperto.kernel.access import roles

    found()
    roles.ensure_ready_roles()
    stages.forget()
    return system("test")
