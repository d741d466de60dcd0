import { getTranslations } from "next-intl/server";

import { PublicShell } from "@/components/public-shell";
import { buttonStyles } from "@/components/ui/button";
import { Link } from "@/lib/i18n/navigation";

const NotFoundPage = async () => {
  const t = await getTranslations("states");
  return (
    <PublicShell>
      <div className="mx-auto flex max-w-xl flex-col items-start gap-4 px-4 py-16">
        <h1 className="text-2xl font-bold">{t("pageNotFoundTitle")}</h1>
        <p className="measure">{t("pageNotFoundText")}</p>
        <Link href="/" className={buttonStyles({ variant: "primary" })}>
          {t("toHome")}
        </Link>
      </div>
    </PublicShell>
  );
};

export default NotFoundPage;
