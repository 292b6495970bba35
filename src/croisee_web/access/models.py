"""Accounts of the team and its partners, and their roles. Participants have none."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from croisee_web.access.vocabulary import Role


class AccountManager(BaseUserManager["Account"]):
    """Finds an account by its address, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Return the account of an address."""
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """Somebody who signs in. ``is_administrator`` runs the site and reads no study."""

    email = models.EmailField(_("adresse de courriel"), unique=True)
    name = models.CharField(_("nom"), max_length=120)
    language = models.CharField(_("langue"), max_length=5, default="fr")
    is_active = models.BooleanField(_("actif"), default=True)
    is_administrator = models.BooleanField(_("administration du site"), default=False)
    created_at = models.DateTimeField(_("créé le"))

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="account_email_whatever_its_capitals")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def label(self) -> str:
        """How the journal names this account: never by its address."""
        return f"compte:{self.pk}"


class Assignment(models.Model):
    """A role of an account in a study; ``case`` is a network's code, "" for the whole study.

    The study is named by its number: this slice lies below the one that knows studies.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="assignments")
    study_id = models.PositiveBigIntegerField(_("étude"), db_index=True)
    case = models.CharField(_("réseau"), max_length=60, blank=True)
    role = models.CharField(_("rôle"), max_length=20, choices=Role.choices)
    given_at = models.DateTimeField(_("donné le"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "study_id", "case", "role"], name="assignment_given_once"
            ),
            models.CheckConstraint(
                name="assignment_coordinator_has_a_network",
                condition=~Q(role=Role.COORDINATOR, case=""),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.role}"
