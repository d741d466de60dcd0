import { BadgeCheck, FileText, ListChecks, Mail, PenLine, Phone, Scale } from "lucide-react";
import { useTranslations } from "next-intl";

import { Card } from "@/components/ui/card";
import { Link } from "@/lib/i18n/navigation";

const STEPS = [
  { key: "one", icon: ListChecks },
  { key: "two", icon: FileText },
  { key: "three", icon: PenLine },
  { key: "four", icon: Mail },
] as const;

export const HowItWorks = () => {
  const t = useTranslations("home.steps");
  return (
    <section aria-labelledby="steps-title" className="flex flex-col gap-5">
      <h2 id="steps-title" className="text-xl font-semibold">
        {t("title")}
      </h2>
      <ol className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        {STEPS.map(({ key, icon: Icon }, index) => (
          <li key={key} className="flex flex-col gap-2 rounded-card border border-line bg-surface p-4">
            <p className="flex items-center gap-2 text-primary">
              <Icon aria-hidden className="size-5" />
              <span className="text-sm font-semibold">{t("number", { number: index + 1 })}</span>
            </p>
            <h3 className="font-semibold">{t(`${key}.title`)}</h3>
            <p className="text-text">{t(`${key}.text`)}</p>
          </li>
        ))}
      </ol>
    </section>
  );
};

const WAYS = ["lender", "ombudsman", "regulator", "notary"] as const;

/** What the law gives for nothing and without us: it must stay visible. */
export const FreeWays = () => {
  const t = useTranslations("home.free");
  return (
    <section aria-labelledby="free-title" className="flex flex-col gap-5">
      <div className="flex flex-col gap-2">
        <h2 id="free-title" className="text-xl font-semibold">
          {t("title")}
        </h2>
        <p className="measure">{t("text")}</p>
      </div>
      <dl className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        {WAYS.map((way) => (
          <div key={way} className="border-l-4 border-accent pl-4">
            <dt className="font-semibold text-ink">{t(`${way}.title`)}</dt>
            <dd>{t(`${way}.text`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
};

export const VerifyInvitation = () => {
  const t = useTranslations("home.verify");
  return (
    <Card aria-labelledby="verify-title" className="flex flex-col gap-3 sm:flex-row sm:items-center sm:gap-6">
      <BadgeCheck aria-hidden className="size-10 shrink-0 text-primary" />
      <div className="flex flex-1 flex-col gap-1">
        <h2 id="verify-title" className="text-lg font-semibold">
          {t("title")}
        </h2>
        <p className="measure">{t("text")}</p>
      </div>
      <Link
        href="/verify"
        className="inline-flex min-h-11 items-center font-medium text-primary underline underline-offset-4"
      >
        {t("link")}
      </Link>
    </Card>
  );
};

/** The way to the questionnaires about rights. */
export const RightsInvitation = () => {
  const t = useTranslations("eligibility");
  return (
    <Card aria-labelledby="rights-title" className="flex flex-col gap-3 sm:flex-row sm:items-center sm:gap-6">
      <Scale aria-hidden className="size-10 shrink-0 text-primary" />
      <div className="flex flex-1 flex-col gap-1">
        <h2 id="rights-title" className="text-lg font-semibold">
          {t("homeTitle")}
        </h2>
        <p className="measure">{t("homeText")}</p>
      </div>
      <Link
        href="/check"
        className="inline-flex min-h-11 items-center font-medium text-primary underline underline-offset-4"
      >
        {t("homeLink")}
      </Link>
    </Card>
  );
};

interface ContactsProps {
  email: string | undefined;
  phone: string | undefined;
}

export const Contacts = ({ email, phone }: ContactsProps) => {
  const t = useTranslations("home.contacts");
  if (!email && !phone) return null;
  return (
    <section aria-labelledby="contacts-title" className="flex flex-col gap-2">
      <h2 id="contacts-title" className="text-xl font-semibold">
        {t("title")}
      </h2>
      <p className="measure">{t("text")}</p>
      <ul className="flex flex-col">
        {email && (
          <li>
            <a
              href={`mailto:${email}`}
              className="inline-flex min-h-11 items-center gap-2 font-medium text-primary underline underline-offset-4"
            >
              <Mail aria-hidden className="size-5" />
              {email}
            </a>
          </li>
        )}
        {phone && (
          <li>
            <a
              href={`tel:${phone.replace(/[^\d+]/g, "")}`}
              className="inline-flex min-h-11 items-center gap-2 font-medium text-primary underline underline-offset-4"
            >
              <Phone aria-hidden className="size-5" />
              {phone}
            </a>
          </li>
        )}
      </ul>
    </section>
  );
};
