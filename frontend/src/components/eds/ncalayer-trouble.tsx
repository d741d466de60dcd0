"use client";

import { useTranslations } from "next-intl";

import { Alert } from "@/components/ui/alert";
import { NCALAYER_HOME, type NcaLayerError } from "@/lib/ncalayer";

/** How to get the program running; nobody has to know more than these three lines. */
export const NcaLayerHelp = ({ isOld = false }: { isOld?: boolean }) => {
  const t = useTranslations("eds.install");
  return (
    <div className="flex flex-col gap-2">
      {isOld ? (
        <p>{t("old")}</p>
      ) : (
        <>
          <p className="font-medium">{t("title")}</p>
          <ol className="flex list-decimal flex-col gap-1 pl-5">
            <li>{t("one")}</li>
            <li>{t("two")}</li>
            <li>{t("three")}</li>
          </ol>
        </>
      )}
      <a
        href={NCALAYER_HOME}
        target="_blank"
        rel="noreferrer"
        className="inline-flex min-h-11 items-center self-start font-medium text-primary underline underline-offset-4"
      >
        {t("link")}
      </a>
    </div>
  );
};

/** What NCALayer did instead of signing, and what helps. */
export const NcaLayerTroubleAlert = ({ error }: { error: NcaLayerError }) => {
  const t = useTranslations("eds.trouble");
  const { trouble, said } = error;
  const isQuiet = trouble === "cancelled" || trouble === "busy";
  return (
    <Alert tone={isQuiet ? "info" : "warning"} live>
      <p>{trouble === "refused" && said ? t("refusedSaid", { said }) : t(trouble)}</p>
      {(trouble === "absent" || trouble === "old") && <NcaLayerHelp isOld={trouble === "old"} />}
    </Alert>
  );
};
