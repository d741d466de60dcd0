"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent } from "react";

import { Alert } from "@/components/ui/alert";
import { buttonStyles } from "@/components/ui/button";
import { PAPER_RULES } from "@/components/upload/rules";
import { Uploader } from "@/components/upload/uploader";
import { apiUrl } from "@/lib/api-client";

import { useHandInPaper } from "../mutations";
import { requestQuery, signingKeys } from "../queries";
import type { WayProps } from "../way-props";

/** Signing by hand: print, sign, photograph; somebody looks at the photo before it counts. */
export const PaperWay = ({ requestId, documentId, onSigned }: WayProps) => {
  const t = useTranslations("signing.paper");
  const queryClient = useQueryClient();
  const { data: request } = useQuery(requestQuery(requestId));
  const attach = useHandInPaper(requestId, (answer) =>
    queryClient.setQueryData(signingKeys.request(requestId), answer),
  );
  const isSigned = request?.status === "signed";
  const refused = request?.paper?.status === "refused" ? request.paper : null;
  const isWaiting = request?.status === "on_check";
  const tell = useEffectEvent(() => onSigned(request ?? null));

  useEffect(() => {
    if (isSigned) tell();
  }, [isSigned]);

  const upload = (
    <Uploader
      slot={`signed-paper:${requestId}`}
      label={t(isWaiting ? "better" : "upload")}
      fileLabel={t("upload")}
      rules={PAPER_RULES}
      attach={attach}
      shotsName={t("fileName")}
      className="mt-2"
    />
  );
  return (
    <>
      {isWaiting && (
        <Alert tone="success" title={t("sent")} live>
          <p>{t("sentText")}</p>
        </Alert>
      )}
      {refused && !isWaiting && (
        <Alert tone="warning" title={t("refused")}>
          <p>{refused.reason}</p>
        </Alert>
      )}
      {isWaiting && upload}
      {!isWaiting && (
        <ol className="flex list-decimal flex-col gap-4 pl-5">
          <li>
            <p>{t("print")}</p>
            <a
              href={apiUrl(`/documents/${documentId}/file/`, { format: "pdf" })}
              target="_blank"
              rel="noreferrer"
              className={buttonStyles({ variant: "secondary", className: "mt-2" })}
            >
              {t("openPdf")}
            </a>
          </li>
          <li>{t("sign")}</li>
          <li>
            <p>{t("photo")}</p>
            {upload}
          </li>
        </ol>
      )}
      <p className="measure text-sm text-muted">{t("after")}</p>
    </>
  );
};
