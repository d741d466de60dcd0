"""Tables of people, roles, organisations, consents, codes and personal-data requests."""

from kenes.accounts.models.codes import OneTimeCode as OneTimeCode
from kenes.accounts.models.consents import Consent as Consent
from kenes.accounts.models.consents import ConsentKind as ConsentKind
from kenes.accounts.models.consents import ConsentText as ConsentText
from kenes.accounts.models.organisations import Invitation as Invitation
from kenes.accounts.models.organisations import Membership as Membership
from kenes.accounts.models.organisations import Organisation as Organisation
from kenes.accounts.models.people import DuplicateClaim as DuplicateClaim
from kenes.accounts.models.people import Language as Language
from kenes.accounts.models.people import User as User
from kenes.accounts.models.people import UserManager as UserManager
from kenes.accounts.models.personal_data import DataRead as DataRead
from kenes.accounts.models.personal_data import Impersonation as Impersonation
from kenes.accounts.models.personal_data import PersonalDataRequest as PersonalDataRequest
from kenes.accounts.models.personal_data import RetentionRule as RetentionRule
from kenes.accounts.models.remarks import Remark as Remark
from kenes.accounts.models.representation import PowerOfAttorney as PowerOfAttorney
from kenes.accounts.models.representation import PowerScope as PowerScope
from kenes.accounts.models.roles import ORGANISATION_ROLES as ORGANISATION_ROLES
from kenes.accounts.models.roles import CustomRole as CustomRole
from kenes.accounts.models.roles import Role as Role
from kenes.accounts.models.roles import RoleGrant as RoleGrant
from kenes.accounts.models.specialists import SpecialistProfile as SpecialistProfile
