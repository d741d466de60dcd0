"""What accounts delete when their time is over."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db.models import Q

from kenes.accounts import services
from kenes.accounts.models import DataRead, OneTimeCode
from kenes.accounts.personal_data import copies
from kenes.foundation import retention


def unconfirmed_accounts(before: datetime) -> int:
    """Delete accounts whose number was never confirmed and that asked for no code since the moment."""
    return services.remove_unconfirmed_accounts(before)


def sessions(before: datetime) -> int:
    """Delete sessions that ended before the moment."""
    return Session.objects.filter(expire_date__lt=before).delete()[0]


def one_time_codes(before: datetime) -> int:
    """Delete codes that are no proof of anything: those of a consent or a signature hang on it and stay."""
    proves = Q(
        closed_as=OneTimeCode.Closed.CONFIRMED,
        purpose__in=[OneTimeCode.Purpose.SMS_AGREEMENT, OneTimeCode.Purpose.SIGNATURE],
    )
    old = OneTimeCode.objects.filter(created_at__lt=before, closed_at__isnull=False).exclude(proves)
    return old.delete()[0]


def data_reads(before: datetime) -> int:
    """Delete the record of reads made before the moment."""
    return DataRead.objects.filter(at__lt=before).delete()[0]


retention.register("unconfirmed_accounts", unconfirmed_accounts)
retention.register("sessions", sessions)
retention.register("one_time_codes", one_time_codes)
retention.register("data_reads", data_reads)
retention.register("data_copies", copies.remove_old)
