"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";

import { Panel } from "@/components/desk/panel";
import { Alert } from "@/components/ui/alert";
import { Checkbox } from "@/components/ui/choices";
import { useProblemText } from "@/lib/use-problem-text";

import { useCheckRemark } from "../queries";
import type { Version } from "../types";

/** What a lawyer has to look at; the approver ticks one after another, everybody else reads. Never printed in a document. */
export const RemarksPanel = ({ version }: { version: Version }) => {
  const t = useTranslations("staffTemplates.remarks");
  const describe = useProblemText();
  const id = useId();
  const check = useCheckRemark(version);
  const canCheck = version.allowed_actions.includes("check_remark");
  return (
    <Panel title={t("title")}>
      <p className="text-muted">{t("lead")}</p>
      {Boolean(check.error) && (
        <Alert tone="danger" live>
          {describe(check.error)}
        </Alert>
      )}
      <ul className="flex flex-col gap-2">
        {version.remarks.map((remark) => {
          const text = (
            <span lang={remark.language}>
              {remark.source === "law" && <span className="text-muted">{t("law")} </span>}
              {remark.text}
            </span>
          );
          return (
            <li key={remark.id}>
              {canCheck ? (
                <Checkbox
                  id={`${id}-${remark.id}`}
                  label={text}
                  checked={remark.checked}
                  disabled={check.isPending}
                  onChange={(event) => check.mutate({ remark: remark.id, checked: event.target.checked })}
                />
              ) : (
                <p className="border-l-2 border-accent pl-3">
                  {text}
                  <span className="block text-sm text-muted">
                    {t(remark.checked ? "checked" : "unchecked")}
                  </span>
                </p>
              )}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
};
