"""Sessions in the database, as Django keeps them; each page reads its own by a statement that is kept.

The row is read at every request, so that signing out and ending a session from afar hold at the next one.
"""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone

from aperto.kernel.query.statements import Word, instances


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        if self.session_key is None:
            return None
        alive = Q(session_key=Word(self.session_key)) & Q(expire_date__gt=timezone.now())
        found = instances(Session, "session", [alive])
        if not found:
            self._session_key = None
            return None
        return found[0]
