"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";

import type { PublicName as Shows } from "@/api/signing";
import { ProblemAlert } from "@/components/problem-alert";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/text-input";

import { useChoosePublicName } from "../mutations";
import { roundQuery } from "../queries";

const CHOICES = ["short", "hidden", "full"] as const satisfies readonly Shows[];

const Choice = ({ documentId, kept }: { documentId: string; kept: Shows }) => {
  const t = useTranslations("signers.publicName");
  const save = useChoosePublicName(documentId);
  // What was chosen stands also while it is not kept yet, and when it could not be.
  const [wished, setWished] = useState<Shows | null>(null);
  const choose = (shows: Shows) => {
    setWished(shows);
    save.mutate(shows, { onSuccess: () => setWished(null) });
  };
  return (
    <div className="flex flex-col gap-2 border-t border-line pt-4">
      <Select
        id="public-name"
        label={t("label")}
        help={t("help")}
        className="sm:max-w-md"
        value={wished ?? kept}
        onChange={(event) => {
          const shows = CHOICES.find((one) => one === event.target.value);
          if (shows) choose(shows);
        }}
      >
        {CHOICES.map((one) => (
          <option key={one} value={one}>
            {t(one)}
          </option>
        ))}
      </Select>
      <p role="status" className="min-h-5 text-sm font-medium text-success">
        {save.isPending ? t("saving") : save.isSuccess ? t(`saved.${kept}`) : null}
      </p>
      {save.isError && wished && (
        <>
          <ProblemAlert error={save.error} />
          <p className="text-sm">{t("notSaved")}</p>
          <Button variant="secondary" className="self-start" onClick={() => choose(wished)}>
            {t("again")}
          </Button>
        </>
      )}
    </div>
  );
};

/** Each signer decides how the public verification page names him; for everybody else there is nothing here. */
export const PublicName = ({ documentId }: { documentId: string }) => {
  const { data: round } = useQuery(roundQuery(documentId));
  const kept = round?.signers.find((one) => one.public_name !== null)?.public_name;
  return kept ? <Choice documentId={documentId} kept={kept} /> : null;
};
