"""What extraction gives back: typed values with the place in the text where they stand."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """Kind of paper. Those that a creditor may ask for carry the codes of `PaperCode`."""

    CREDIT_CONTRACT = "CREDIT_CONTRACT"
    PAYMENT_SCHEDULE = "PAYMENT_SCHEDULE"
    DEBT_STATEMENT = "DEBT_STATEMENT"
    DEBT_NOTICE = "DEBT_NOTICE"
    EXECUTIVE_INSCRIPTION = "EXECUTIVE_INSCRIPTION"
    COURT_ORDER = "COURT_ORDER"
    COURT_DECISION = "COURT_DECISION"
    ENFORCEMENT = "ENFORCEMENT"
    COLLECTOR_LETTER = "COLLECTOR_LETTER"
    ASSIGNMENT_NOTICE = "ASSIGNMENT_NOTICE"
    LENDER_REFUSAL = "LENDER_REFUSAL"
    IDENTITY = "IDENTITY"
    INCOME_CERTIFICATE = "INCOME_CERTIFICATE"
    PENSION_STATEMENT = "PENSION_STATEMENT"
    DISMISSAL_ORDER = "DISMISSAL_ORDER"
    MEDICAL_PAPERS = "MEDICAL_PAPERS"
    DISABILITY_CERTIFICATE = "DISABILITY_CERTIFICATE"
    SOCIAL_AID_CERTIFICATE = "SOCIAL_AID_CERTIFICATE"
    BIRTH_CERTIFICATES = "BIRTH_CERTIFICATES"
    DEATH_CERTIFICATE = "DEATH_CERTIFICATE"
    CREDIT_REPORT = "CREDIT_REPORT"
    BANK_STATEMENT = "BANK_STATEMENT"
    COLLATERAL_VALUATION = "COLLATERAL_VALUATION"
    OTHER = "OTHER"


class SumRole(StrEnum):
    """What a sum of money is."""

    PRINCIPAL = "principal"
    INTEREST = "interest"
    PENALTY = "penalty"
    FEES = "fees"
    TOTAL = "total"
    MONTHLY = "monthly"
    OVERDUE = "overdue"
    LOAN = "loan"
    INCOME = "income"
    UNKNOWN = "unknown"


class DateRole(StrEnum):
    """What a day is."""

    CONTRACT = "contract"
    LETTER = "letter"
    AS_OF = "as_of"
    INSCRIPTION = "inscription"
    RECEIVED = "received"
    DUE = "due"
    OVERDUE_SINCE = "overdue_since"
    COURT = "court"
    COURT_ACT = "court_act"
    ASSIGNMENT = "assignment"
    DISMISSAL = "dismissal"
    BIRTH = "birth"
    UNKNOWN = "unknown"


class NumberRole(StrEnum):
    """What a number with letters and strokes is."""

    CONTRACT = "contract"
    REGISTRY = "registry"
    COURT_CASE = "court_case"
    LETTER = "letter"


class PersonRole(StrEnum):
    """Who is named with a name."""

    NOTARY = "notary"
    BAILIFF = "bailiff"
    COURT = "court"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: `text[start:end] == quote`, always. `confidence` is from 0 to 1."""

    start: int
    end: int
    quote: str
    confidence: float


@dataclass(frozen=True, slots=True)
class FoundSum:
    role: SumRole
    tiyn: int
    place: Place


@dataclass(frozen=True, slots=True)
class FoundDate:
    role: DateRole
    day: date
    place: Place


@dataclass(frozen=True, slots=True)
class FoundDueDay:
    """The day of the month by which payments are due."""

    day_of_month: int
    place: Place


@dataclass(frozen=True, slots=True)
class FoundNumber:
    role: NumberRole
    number: str
    place: Place


@dataclass(frozen=True, slots=True)
class FoundRate:
    """Percent a year; `effective` for the annual effective rate (ГЭСВ, ЖТСМ). A decimal as text: "24.5"."""

    percent: str
    effective: bool
    place: Place


@dataclass(frozen=True, slots=True)
class FoundLender:
    """`key` is that of the lender given in, empty for an organisation that nobody named; `name` as written."""

    key: str
    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class FoundIdentity:
    """An ИИН (`iin`) or БИН (`bin`) whose check digit is right."""

    kind: str
    number: str
    place: Place


@dataclass(frozen=True, slots=True)
class FoundPerson:
    role: PersonRole
    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class FoundKind:
    kind: Kind
    place: Place


@dataclass(frozen=True, slots=True)
class Lender:
    """A lender to look for: a key of the caller's and every spelling of the name."""

    key: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything found, each list in the order of the text."""

    kind: FoundKind | None = None
    numbers: tuple[FoundNumber, ...] = ()
    dates: tuple[FoundDate, ...] = ()
    due_days: tuple[FoundDueDay, ...] = ()
    sums: tuple[FoundSum, ...] = ()
    rates: tuple[FoundRate, ...] = ()
    lenders: tuple[FoundLender, ...] = ()
    identities: tuple[FoundIdentity, ...] = ()
    people: tuple[FoundPerson, ...] = ()

    def sum_of(self, role: SumRole) -> FoundSum | None:
        """The surest sum of a role, the first of equally sure ones."""
        return max(
            (item for item in self.sums if item.role is role),
            key=lambda item: item.place.confidence,
            default=None,
        )

    def day_of(self, role: DateRole) -> FoundDate | None:
        """The surest day of a role, the first of equally sure ones."""
        return max(
            (item for item in self.dates if item.role is role),
            key=lambda item: item.place.confidence,
            default=None,
        )

    def number_of(self, role: NumberRole) -> FoundNumber | None:
        """The surest number of a role, the first of equally sure ones."""
        return max(
            (item for item in self.numbers if item.role is role),
            key=lambda item: item.place.confidence,
            default=None,
        )
