"""Tables of signing in: providers that vouch for people, what a role asks, and who came in when."""

from django.db import models

from aperto.kernel.access.models import Role, User
from aperto.kernel.ids import uuid7


class SignOn(models.Model):
    """A provider that vouches for people. `secret` is sealed; `slug`, part of its addresses, stays.

    `groups` maps a group of the provider to the key of a role; `idp` holds what was read from SAML metadata.
    """

    OIDC, SAML = "oidc", "saml"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=4)
    name = models.CharField(max_length=40)
    enabled = models.BooleanField(default=False)
    issuer = models.CharField(max_length=500, default="")
    client_id = models.CharField(max_length=300, default="")
    secret = models.TextField(default="")
    entity_id = models.CharField(max_length=500, default="")
    metadata_url = models.CharField(max_length=500, default="")
    idp = models.JSONField(default=dict)
    domains = models.JSONField(default=list)
    vouches_email = models.BooleanField(default=False)
    vouches_factor = models.BooleanField(default=False)
    groups_claim = models.CharField(max_length=200, default="groups")
    groups = models.JSONField(default=dict)
    role = models.UUIDField(null=True)
    team = models.UUIDField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "kernel_sign_on"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def known_as(self) -> str:
        """What the provider calls itself."""
        return self.issuer or str(self.idp.get("entityId", ""))


class SignInPolicy(models.Model):
    """The one row that says whether passwords, passkeys and codes work beside the providers."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    own_ways = models.BooleanField(default=True)

    class Meta:
        db_table = "kernel_sign_in_policy"

    def __str__(self) -> str:
        return "own ways" if self.own_ways else "providers only"


class RoleRule(models.Model):
    """What a role asks of its holders when they come in; no row asks nothing."""

    role = models.OneToOneField(Role, on_delete=models.CASCADE, primary_key=True, related_name="rule")
    second_factor_since = models.DateTimeField(null=True)
    networks = models.JSONField(default=list)

    class Meta:
        db_table = "kernel_role_rule"

    def __str__(self) -> str:
        return f"rule of {self.role_id}"


class SignIn(models.Model):
    """One try to come in. `typed` is the address that was typed where it belongs to nobody."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE)
    typed = models.CharField(max_length=254, default="")
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    way = models.CharField(max_length=60)
    came_in = models.BooleanField()
    reason = models.CharField(max_length=40, default="")
    ip = models.GenericIPAddressField(null=True)
    agent = models.CharField(max_length=200, default="")

    class Meta:
        db_table = "kernel_sign_in"
        indexes = [models.Index(fields=["user", "-id"], name="sign_in_of_user")]

    def __str__(self) -> str:
        return f"{self.way} {self.at:%F %T}"
