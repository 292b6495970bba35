"""Accounts of the team and its partners, and their roles. Participants have none."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from croisee_web.access.vocabulary import FactorKind, Role

FORGOTTEN_AFTER = timedelta(hours=24)
"""Missed tries no longer count after a day without any."""


class AccountManager(BaseUserManager["Account"]):
    """Finds an account by its address, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Return the account of an address."""
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """Somebody who signs in. ``is_administrator`` runs the site and reads no study.

    ``administrator_since``: since when; without it, she confirms nobody's recovery.
    """

    email = models.EmailField(_("adresse de courriel"), unique=True)
    name = models.CharField(_("nom"), max_length=120)
    language = models.CharField(_("langue"), max_length=5, default="fr")
    is_active = models.BooleanField(_("actif"), default=True)
    is_administrator = models.BooleanField(_("administration du site"), default=False)
    administrator_since = models.DateTimeField(_("administre le site depuis le"), null=True)
    created_at = models.DateTimeField(_("créé le"))
    sessions_epoch = models.PositiveIntegerField(_("série de sessions"), default=0)
    """Counts the times every session was closed: a session of an older series is over."""

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

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        made_of = f"{self.password}:{self.sessions_epoch}"
        salt = "croisee_web.access.session"
        return salted_hmac(salt, made_of, secret=secret, algorithm="sha256").hexdigest()


class Assignment(models.Model):
    """A role of an account in a study; ``case`` is a network's code, "" for the whole study.

    The study is named by its number: this slice lies below the one that knows studies.
    ``until``: when an exceptional access ends by itself; empty for a role.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="assignments")
    study_id = models.PositiveBigIntegerField(_("étude"), db_index=True)
    case = models.CharField(_("réseau"), max_length=80, blank=True)
    role = models.CharField(_("rôle"), max_length=20, choices=Role.choices)
    given_at = models.DateTimeField(_("donné le"))
    until = models.DateTimeField(_("jusqu’au"), null=True)

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


class Invitation(models.Model):
    """A role offered to an address. The link's token is known by its SHA-256 only.

    The token itself is made again from ``nonce`` and a key kept outside the database each
    time the mail leaves: neither this table nor the queue can give it.
    """

    email = models.EmailField(_("adresse de courriel"))
    study_id = models.PositiveBigIntegerField(_("étude"), db_index=True)
    case = models.CharField(_("réseau"), max_length=80, blank=True)
    role = models.CharField(_("rôle"), max_length=20, choices=Role.choices)
    language = models.CharField(_("langue"), max_length=5, default="fr")
    invited_by = models.ForeignKey(Account, models.CASCADE, related_name="invitations")
    invited_at = models.DateTimeField(_("invitée le"))
    expires_at = models.DateTimeField(_("valable jusqu’au"))
    nonce = models.CharField(max_length=64)
    digest = models.CharField(_("empreinte du lien"), max_length=64, unique=True)
    sent_at = models.DateTimeField(_("courriel parti le"), null=True)
    accepted_at = models.DateTimeField(_("acceptée le"), null=True)
    cancelled_at = models.DateTimeField(_("annulée le"), null=True)

    def __str__(self) -> str:
        return f"#{self.pk} {self.role}"


class ResetLink(models.Model):
    """A link that lets somebody choose a new password. Made as an invitation's is."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="reset_links")
    nonce = models.CharField(max_length=64)
    digest = models.CharField(_("empreinte du lien"), max_length=64, unique=True)
    asked_at = models.DateTimeField(_("demandé le"))
    expires_at = models.DateTimeField(_("valable jusqu’au"))
    used_at = models.DateTimeField(_("utilisé le"), null=True)

    def __str__(self) -> str:
        return f"#{self.pk}"


class TriesManager(models.Manager["Tries"]):
    """Counts before the password is looked at, so that parallel guesses count too."""

    def add(self, key: str, at: datetime) -> None:
        """Count one try under a key."""
        self.get_or_create(key=key, defaults={"last_at": at})
        self.filter(key=key, last_at__lt=at - FORGOTTEN_AFTER).update(failures=0)
        self.filter(key=key).update(failures=F("failures") + 1, last_at=at)


class Tries(models.Model):
    """How many times in a row something secret was tried and missed.

    ``key`` is a keyed digest of what is counted (an address and a machine): neither is kept.
    ``known``: somebody has signed in from there before.
    """

    key = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(_("essais manqués"), default=0)
    last_at = models.DateTimeField(_("dernier essai"))
    known = models.BooleanField(_("déjà venue"), default=False)

    objects: ClassVar[TriesManager] = TriesManager()

    def __str__(self) -> str:
        return f"#{self.pk} {self.failures}"


class SecondFactor(models.Model):
    """Something an account proves besides its password.

    An application (``sealed``: its secret, sealed with a key kept outside the database;
    ``last_step``: the last code's 30 seconds, so that no code serves twice) or a passkey
    (``credential_id`` and its public part, which is no secret).
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="second_factors")
    kind = models.CharField(_("genre"), max_length=10, choices=FactorKind.choices)
    name = models.CharField(_("nom"), max_length=60, blank=True)
    sealed = models.TextField(_("secret scellé"), blank=True)
    last_step = models.BigIntegerField(default=-1)
    credential_id = models.CharField(max_length=1400, null=True, unique=True)
    credential = models.TextField(blank=True)
    sign_count = models.PositiveBigIntegerField(default=0)
    added_at = models.DateTimeField(_("ajoutée le"))
    last_used_at = models.DateTimeField(_("utilisée le"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(kind=FactorKind.APPLICATION),
                name="second_factor_one_application",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"


class RecoveryCode(models.Model):
    """A code that replaces a lost second factor, once; known by a keyed digest only."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(_("utilisé le"), null=True)

    def __str__(self) -> str:
        return f"#{self.pk}"


class Opening(models.Model):
    """An exceptional access to a study's identities: one person asks, another one answers."""

    study_id = models.PositiveBigIntegerField(_("étude"), db_index=True)
    asked_by = models.ForeignKey(Account, models.CASCADE, related_name="openings")
    reason = models.TextField(_("motif"))
    hours = models.PositiveSmallIntegerField(_("durée en heures"))
    asked_at = models.DateTimeField(_("demandé le"))
    answered_by = models.ForeignKey(Account, models.CASCADE, null=True, related_name="+")
    answered_at = models.DateTimeField(_("répondu le"), null=True)
    granted = models.BooleanField(_("approuvé"), null=True)
    until = models.DateTimeField(_("jusqu’au"), null=True)
    ended_at = models.DateTimeField(_("terminé le"), null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="opening_takes_two_persons",
                condition=Q(answered_by=None) | ~Q(answered_by=F("asked_by")),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Recovery(models.Model):
    """Somebody has lost every second factor: two other persons confirm that it is her.

    ``expires_at``: until when they may confirm; once both have, until when the mailed link
    holds. ``digest``: the link's, once it was mailed. ``ended_at``: done, refused, or out of date.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="recoveries")
    asked_at = models.DateTimeField(_("demandée le"))
    expires_at = models.DateTimeField(_("valable jusqu’au"))
    first_by = models.ForeignKey(Account, models.CASCADE, null=True, related_name="+")
    first_at = models.DateTimeField(_("première confirmation le"), null=True)
    second_by = models.ForeignKey(Account, models.CASCADE, null=True, related_name="+")
    second_at = models.DateTimeField(_("seconde confirmation le"), null=True)
    refused_by = models.ForeignKey(Account, models.CASCADE, null=True, related_name="+")
    digest = models.CharField(_("empreinte du lien"), max_length=64, null=True, unique=True)
    done_at = models.DateTimeField(_("faite le"), null=True)
    ended_at = models.DateTimeField(_("terminée le"), null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="recovery_takes_two_other_persons",
                condition=(Q(first_by=None) | ~Q(first_by=F("account")))
                & (Q(second_by=None) | (~Q(second_by=F("account")) & ~Q(second_by=F("first_by")))),
            ),
            models.CheckConstraint(
                name="recovery_is_done_with_both",
                condition=Q(done_at=None)
                | (Q(first_by__isnull=False) & Q(second_by__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(ended_at=None),
                name="recovery_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
