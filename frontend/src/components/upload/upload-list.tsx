"use client";

import { useTranslations } from "next-intl";

import type { FileRules } from "./rules";
import { UploadRow } from "./upload-row";
import type { Uploads } from "./use-uploads";

/** Files on their way. Screen readers hear of turns only: begun, broken, paused, there; a refusal is read where it stands. */
export const UploadList = ({ uploads, rules }: { uploads: Uploads; rules: FileRules }) => {
  const t = useTranslations("upload");
  const { items, news } = uploads;
  return (
    <>
      <p role="status" className="sr-only">
        {news && news.kind !== "failed" ? t(`news.${news.kind}`, { name: news.name }) : ""}
      </p>
      {items.length > 0 && (
        <ul aria-label={t("list")} className="flex flex-col gap-2">
          {items.map((item) => (
            <UploadRow key={item.id} item={item} rules={rules} uploads={uploads} />
          ))}
        </ul>
      )}
    </>
  );
};
