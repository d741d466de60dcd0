"""The application as a person fills it in: phone, one question a page, consents, sending."""

import re

from e2e.browser import Screen
from e2e.kenes_client import Sandbox
from e2e.people import Person, contract_number

STORY = {
    "ru": "Сократили смены, доход упал почти вдвое. Смогу платить меньше, но каждый месяц.",
    "kk": "Жұмыста ауысым қысқарды, табысым екі есеге жуық төмендеді. Аз болса да ай сайын төлей аламын.",
    "en": "My shifts were cut and my income nearly halved. I can pay less, but every month.",
}


class Wizard:
    """Pages of `/apply` in their order. Each method answers one page and leaves for the next."""

    def __init__(self, screen: Screen, sandbox: Sandbox, person: Person) -> None:
        self.screen, self.sandbox, self.person = screen, sandbox, person
        self.page, self.words = screen.page, screen.words
        self.contract = contract_number()
        self.judged = False

    def _field(self, key: str, value: str) -> None:
        self.page.get_by_label(self.words(key)).first.fill(value)

    def choose(self, key: str, role: str = "radio") -> None:
        name = re.compile("^" + re.escape(self.words(key)))
        option = self.page.get_by_role(role, name=name).first  # type: ignore[arg-type]
        option.check()

    def _next(self) -> None:
        if self.judged:
            self.screen.judge()
        self.screen.press("apply.continue")

    def enter_phone(self) -> None:
        """The number, the code from the sandbox phone; ends on the first question."""
        self.screen.heading("apply.phoneTitle")
        known = len(self.sandbox.messages(self.person.phone))
        self._field("signIn.phone", self.person.phone)
        if self.judged:
            self.screen.judge()
        self.screen.press("signIn.getCode")
        self.enter_code(known)
        self.screen.heading("apply.person.title")

    def enter_code(self, known: int) -> None:
        """Type the newest code; the last digit sends it off."""
        field = self.page.get_by_label(self.words("common.code.label"))
        field.wait_for()
        if self.judged:
            self.screen.judge()
        field.fill(self.sandbox.new_code(self.person.phone, known))

    def tell_name(self) -> None:
        self._field("apply.person.name", self.person.full_name)
        self._field("apply.person.iin", self.person.iin)
        self._next()

    def tell_contact(self) -> None:
        self.screen.heading("apply.contact.title")
        self._field("apply.contact.address", self.person.address)
        self._field("apply.contact.email", self.person.email)
        self.choose("apply.contact.kk" if self.words.language == "kk" else "apply.contact.ru")
        self._next()

    def tell_creditor(self, search: str, full_name: str) -> None:
        """A lender of the registry, found by a part of its name."""
        self.screen.heading("apply.creditor.title")
        self._field("apply.creditor.search", search)
        self.page.get_by_role("option").filter(has_text=full_name).first.click()
        self.screen.sees_word("apply.creditor.other")
        self._next()

    def type_creditor(self, name: str) -> None:
        """A lender that the registry does not have."""
        self.screen.heading("apply.creditor.title")
        self._field("apply.creditor.search", name)
        self.page.get_by_role("option").filter(
            has_text=self.words.with_("apply.creditor.typeIn", name=name)
        ).click()
        self.choose("apply.creditor.types.MFO")
        self._next()

    def tell_contract(self, *, overdue: str = "02.11.2026") -> None:
        """Number, sums, conditions and the day the delay began: four pages, ends at the list of debts."""
        self.screen.heading("apply.contract.title")
        self._field("apply.contract.number", self.contract)
        self._field("apply.contract.date", "10.12.2025")
        self._field("apply.contract.amount", "600000")
        self._next()
        self.screen.heading("apply.amounts.title")
        self._field("apply.amounts.principal", "412 500,50")
        self._field("apply.amounts.interest", "31 200")
        self._next()
        self.screen.heading("apply.payment.title")
        self._field("apply.payment.monthly", "54000")
        self._field("apply.payment.rate", "45,5")
        self._next()
        self.screen.heading("apply.overdue.title")
        if overdue:
            self.choose("apply.overdue.yes")
            self._field("apply.overdue.since", overdue)
            self.choose("apply.overdue.sources.borrower")
        else:
            self.choose("apply.overdue.no")
        self._next()
        self.screen.heading("apply.debts.title")

    def tell_income(self) -> None:
        self.screen.heading("apply.income.title")
        self._field("apply.income.source", "Заработная плата")
        self._field("apply.income.now", "180000")
        self._field("apply.income.before", "310000")
        self._next()
        self.screen.heading("apply.family.title")
        self._field("apply.family.dependents", "2")
        self.choose("apply.no")
        self._next()

    def tell_event(self) -> None:
        """A collector's call, dated."""
        self.screen.heading("apply.events.title")
        self.screen.press("apply.events.add")
        self.choose("apply.events.kinds.APPLICATION_RECEIVED")
        self._field("apply.events.date", "05.11.2026")
        self._next()
        self.screen.heading("apply.events.title")
        self._next()

    def no_events(self) -> None:
        self.screen.heading("apply.events.title")
        if self.judged:
            self.screen.judge()
        self.screen.press("apply.events.nothing")

    def tell_reason(self) -> None:
        self.screen.heading("apply.hardship.title")
        self.choose("apply.hardship.codes.INCOME_DROP")
        self._field("apply.hardship.since", "01.09.2026")
        self._next()
        self.screen.heading("apply.story.title")
        self._field("apply.story.label", STORY[self.words.language])
        self._next()

    def tell_relief(self) -> None:
        self.screen.heading("apply.relief.title")
        self.choose("apply.relief.kind.DEFERRAL.label", role="checkbox")
        self.choose("apply.relief.kind.RATE_CUT.label", role="checkbox")
        self._next()
        self.screen.heading("apply.reliefNumbers.title")
        self._field("apply.reliefNumbers.defer", "3")
        self._field("apply.reliefNumbers.payment", "25 000")
        self._next()

    def accept_consents(self) -> None:
        """Two ticks, then the agreement on SMS signatures with its own code."""
        self.screen.heading("apply.consents.title")
        for box in self.page.get_by_role("checkbox").all():
            box.check()
        self._next()
        self.page.get_by_role("button", name=self.words("apply.agreement.getCode")).wait_for()
        known = len(self.sandbox.messages(self.person.phone))
        if self.judged:
            self.screen.judge()
        self.screen.press("apply.agreement.getCode")
        self.enter_code(known)

    def reach_review(self, *, search: str = "Айқын", lender: str = "") -> None:
        """From the first question to the last page before sending. Without `lender` any hit of the search."""
        self.tell_name()
        self.tell_contact()
        self.tell_creditor(search, lender or search)
        self.tell_contract()
        self._next()
        self.tell_income()
        self.no_events()
        self.tell_reason()
        self.tell_relief()
        self.accept_consents()
        self.screen.heading("apply.review.title")

    def submit(self) -> str:
        """Send; gives the id of the case, whose page is open then."""
        if self.judged:
            self.screen.judge()
        self.screen.press("apply.review.submit")
        self.page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}"))
        found = re.search(r"/cases/([0-9a-f-]{36})", self.page.url)
        assert found is not None
        return found.group(1)
