import { useTranslations } from "next-intl";

/** [К]: a legal statement that a lawyer still has to confirm. */
export const LawyerMark = () => {
  const t = useTranslations("desk");
  return (
    <span className="inline-block rounded-sm bg-accent-soft px-1.5 text-xs font-medium whitespace-nowrap text-ink">
      [К] {t("lawyer")}
    </span>
  );
};
