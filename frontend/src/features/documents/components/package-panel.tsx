"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { ProblemAlert } from "@/components/problem-alert";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CheckboxCards } from "@/components/ui/choices";
import { Skeleton } from "@/components/ui/skeleton";
import { useToast } from "@/components/ui/toast";

import { type PackageDetail, useChoosePapers } from "../mutations";
import { packageQuery } from "../queries";
import { PackageContents } from "./package-contents";

const Choice = ({ documentId, made }: { documentId: string; made: PackageDetail }) => {
  const t = useTranslations("documents.package");
  const toast = useToast();
  const [ticked, setTicked] = useState<readonly string[] | null>(null);
  const choose = useChoosePapers(documentId, () => {
    setTicked(null);
    toast.show("success", t("saved"));
  });
  const chosen = ticked ?? made.papers.filter((paper) => paper.chosen).map(({ place }) => place);
  const offered = made.papers.filter(({ problem }) => problem !== "not_ready");
  const checked = made.papers.filter(({ problem }) => problem === "not_ready");
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        choose.mutate({ papers: chosen, version: made.version });
      }}
    >
      {offered.length === 0 ? (
        <p className="text-muted">{t("noPapers")}</p>
      ) : (
        <CheckboxCards
          id="package-papers"
          name="papers"
          label={t("papers")}
          help={made.is_chosen ? undefined : t("byDefault")}
          values={chosen}
          choices={offered.map((paper) => ({
            value: paper.place,
            label: paper.title,
            help: paper.problem === "kind" ? t("ownFile") : undefined,
          }))}
          onValuesChange={setTicked}
        />
      )}
      {checked.map((paper) => (
        <p key={paper.place} className="text-sm text-muted">
          {paper.title}: {t("notReady")}
        </p>
      ))}
      <ProblemAlert error={choose.error} />
      <Button type="submit" variant="secondary" className="sm:self-start" busy={choose.isPending}>
        {t("save")}
      </Button>
    </form>
  );
};

/** What goes along with a letter: chosen papers, the package made of them, and the proof of sending. */
export const PackagePanel = ({ documentId }: { documentId: string }) => {
  const t = useTranslations("documents.package");
  const { data: made, error } = useQuery(packageQuery(documentId));
  return (
    <Card className="flex flex-col gap-3" aria-labelledby="package">
      <h2 id="package" className="text-lg font-semibold">
        {t("title")}
      </h2>
      <p className="measure text-muted">{t("lead")}</p>
      <ProblemAlert error={made ? null : error} />
      {!made && !error && <Skeleton className="h-24" />}
      {made && (
        <>
          {made.can_change ? <Choice documentId={documentId} made={made} /> : <p>{t("gone")}</p>}
          {made.status === "preparing" && <Alert tone="info">{t("preparing")}</Alert>}
          {made.status === "failed" && <Alert tone="warning">{t("failed")}</Alert>}
          {made.status === "ready" && <PackageContents documentId={documentId} made={made} />}
        </>
      )}
    </Card>
  );
};
