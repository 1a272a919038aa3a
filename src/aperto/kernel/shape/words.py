"""Words that the shape says by itself."""

from django.utils.translation import gettext_lazy as _

MORE = _("More")
OWN_PANEL = _("Details")
