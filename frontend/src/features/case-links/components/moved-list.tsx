import { useTranslations } from "next-intl";

import type { Moved } from "../queries";

/** What goes over, by kind and number. */
export const MovedList = ({ sections }: { sections: readonly Moved[] }) => {
  const t = useTranslations("caseLinks");
  return (
    <div>
      <p className="font-medium">{t("moves")}</p>
      <ul className="mt-1 grid gap-x-6 sm:grid-cols-2">
        {sections.map((section) => (
          <li key={section.code} className="flex justify-between gap-3 border-b border-line py-1">
            <span>{section.label}</span>
            <span className="tabular-nums">{section.count}</span>
          </li>
        ))}
      </ul>
    </div>
  );
};
