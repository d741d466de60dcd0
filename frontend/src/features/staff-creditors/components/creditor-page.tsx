"use client";

import { ArrowLeft } from "lucide-react";
import { useTranslations } from "next-intl";

import { Card } from "@/components/ui/card";
import { Link } from "@/lib/i18n/navigation";

import { CreditorCard } from "./creditor-card";

export const CreditorPage = ({ creditorId }: { creditorId: string }) => {
  const t = useTranslations("staff.creditors");
  return (
    <div className="flex max-w-3xl flex-col gap-3 p-4">
      <h1 className="sr-only">{t("one")}</h1>
      <Link
        href="/staff/creditors"
        prefetch={false}
        className="inline-flex min-h-11 items-center gap-2 self-start font-medium text-primary hover:underline"
      >
        <ArrowLeft aria-hidden className="size-5" />
        {t("title")}
      </Link>
      <Card>
        <CreditorCard creditorId={creditorId} />
      </Card>
    </div>
  );
};
