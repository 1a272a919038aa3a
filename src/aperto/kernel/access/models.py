"""Users, roles and memberships. Passwords and second factors are django-allauth's."""

from typing import Any, ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from aperto.kernel.access.scopes import READY_ROLES
from aperto.kernel.ids import uuid7
from aperto.kernel.query.statements import instances


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get(self, *args: Any, **kwargs: Any) -> "User":
        """Every page asks for its user by key, and does so by a statement that is kept."""
        if args or kwargs.keys() != {"pk"} or not isinstance(kwargs["pk"], UUID):
            return super().get(*args, **kwargs)
        found = instances(self.model, "user", [Q(pk=kwargs["pk"])])
        if not found:
            raise self.model.DoesNotExist
        return found[0]


class User(AbstractBaseUser):
    """A person who signs in. `stamp` grows with every change of rights, so that cached actors expire."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=5, default="en")
    zone = models.CharField(max_length=64, default="Europe/Amsterdam")
    theme = models.CharField(max_length=6, default="auto")
    density = models.CharField(max_length=8, default="calm")
    roles = models.ManyToManyField("kernel.Role", related_name="users", db_table="kernel_user_role")
    main_team = models.UUIDField(null=True)
    working = models.JSONField(default=dict)  # hours of one's own, see `calendar.working`
    created_at = models.DateTimeField(auto_now_add=True)
    stamp = models.PositiveIntegerField(default=1)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        db_table = "kernel_user"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name


class Role(models.Model):
    """`grants`: object key or "*" → verb → scope. `conditions` narrow a grant by a filter, `field_rights`
    hide fields or lock them (see `scopes`). `key` marks the four that come with the product."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=40, null=True, unique=True)
    name = models.CharField(max_length=120)
    grants = models.JSONField(default=dict)
    conditions = models.JSONField(default=dict)
    field_rights = models.JSONField(default=dict)

    class Meta:
        db_table = "kernel_role"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """Ready roles speak the reader's language, own roles the words of whoever made them."""
        ready = READY_ROLES.get(self.key or "")
        return str(ready[0]) if ready else self.name


class TeamMember(models.Model):
    team = models.UUIDField()
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")

    class Meta:
        db_table = "kernel_team_member"
        constraints = [models.UniqueConstraint(fields=["user", "team"], name="team_member_once")]
        indexes = [models.Index(fields=["team"], name="team_member_team")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.team}"


class Organisation(models.Model):
    """The one row that says whose installation this is."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=5, default="en")
    country = models.CharField(max_length=2, default="NL")
    currency = models.CharField(max_length=3, default="EUR")
    zone = models.CharField(max_length=64, default="Europe/Amsterdam")
    demo = models.BooleanField(default=False)
    working = models.JSONField(default=dict)
    presence = models.BooleanField(default=True)  # whether colleagues see who has a record open

    class Meta:
        db_table = "kernel_organisation"

    def __str__(self) -> str:
        return self.name


class SignInLink(models.Model):
    """A link that signs in once. Only the hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE)
    hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "kernel_sign_in_link"

    def __str__(self) -> str:
        return f"link for {self.user_id}"


class ApiToken(models.Model):
    """A personal key of the API: shown once, kept as a hash, cut by scopes ("contact:read", "*:*")."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=120)
    prefix = models.CharField(max_length=12)
    hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    rate_limit = models.PositiveIntegerField(default=600)  # requests a minute
    used_until = models.FloatField(default=0)  # how much of the minute is used, see `limits`
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "kernel_api_token"

    def __str__(self) -> str:
        return f"{self.prefix}…"


class CacheEntry(models.Model):
    """The table of Django's cache, in which attempts to sign in are counted for all web processes."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "kernel_cache"

    def __str__(self) -> str:
        return self.cache_key
