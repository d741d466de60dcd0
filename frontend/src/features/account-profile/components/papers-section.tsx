"use client";

import { Plus } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { ConfirmDialog } from "@/components/confirm-dialog";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { useToast } from "@/components/ui/toast";
import { todayInAlmaty } from "@/lib/dates";
import { formatDate } from "@/lib/format";

import { keptPaper, useSaveProfile } from "../mutations";
import { PAPER_KINDS } from "../papers";
import type { Profile, ProfilePaper } from "../types";
import { PaperDialog } from "./paper-dialog";

interface PaperLineProps {
  paper: ProfilePaper;
  onChange: () => void;
  onRemove: () => void;
}

const PaperLine = ({ paper, onChange, onRemove }: PaperLineProps) => {
  const t = useTranslations("profile.papers");
  const locale = useLocale();
  const isOver = paper.valid_until !== null && paper.valid_until < todayInAlmaty();
  const name = t(`kinds.${paper.kind}`);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-3">
      <div className="flex min-w-0 flex-col">
        <p className="flex flex-wrap items-center gap-2 font-medium text-ink">
          {name}
          {isOver && <Badge tone="warning">{t("over")}</Badge>}
        </p>
        <p className="text-ink">{paper.masked_number}</p>
        <p className="text-sm text-muted">
          {[
            paper.issued_by,
            paper.issued_on && t("issued", { date: formatDate(paper.issued_on, locale) }),
            paper.valid_until && t("until", { date: formatDate(paper.valid_until, locale, "until") }),
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </div>
      <div className="-ml-4 flex sm:ml-0">
        <Button variant="quiet" aria-label={t("changeLabel", { kind: name })} onClick={onChange}>
          {t("change")}
        </Button>
        <Button variant="quiet" aria-label={t("removeLabel", { kind: name })} onClick={onRemove}>
          {t("remove")}
        </Button>
      </div>
    </li>
  );
};

const RemovePaper = ({
  profile,
  paper,
  onClose,
}: {
  profile: Profile;
  paper: ProfilePaper;
  onClose: () => void;
}) => {
  const t = useTranslations("profile.papers");
  const toast = useToast();
  const save = useSaveProfile(() => {
    toast.show("success", t("removed"));
    onClose();
  });
  const left = profile.papers.filter((known) => known.kind !== paper.kind).map(keptPaper);
  return (
    <ConfirmDialog
      title={t("removeTitle", { kind: t(`kinds.${paper.kind}`) })}
      submitLabel={t("removeSubmit")}
      danger
      busy={save.isPending}
      error={save.error}
      onConfirm={() => save.mutate({ version: profile.version, changes: { papers: left } })}
      onClose={onClose}
    >
      <p>{t("removeText", { number: paper.masked_number })}</p>
    </ConfirmDialog>
  );
};

type Asked = { what: "change"; paper: ProfilePaper | null } | { what: "remove"; paper: ProfilePaper };

export const PapersSection = ({ profile }: { profile: Profile }) => {
  const t = useTranslations("profile.papers");
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  return (
    <Card className="flex flex-col gap-3">
      <div className="flex flex-col gap-1">
        <h2 className="text-lg font-semibold">{t("title")}</h2>
        <p className="measure text-sm text-muted">{t("lead")}</p>
      </div>
      {profile.papers.length === 0 ? (
        <p className="text-muted">{t("empty")}</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {profile.papers.map((paper) => (
            <PaperLine
              key={paper.kind}
              paper={paper}
              onChange={() => setAsked({ what: "change", paper })}
              onRemove={() => setAsked({ what: "remove", paper })}
            />
          ))}
        </ul>
      )}
      {profile.papers.length < PAPER_KINDS.length && (
        <Button
          variant="secondary"
          className="self-start"
          onClick={() => setAsked({ what: "change", paper: null })}
        >
          <Plus aria-hidden className="size-5" />
          {t("add")}
        </Button>
      )}
      {asked?.what === "change" && <PaperDialog profile={profile} paper={asked.paper} onClose={close} />}
      {asked?.what === "remove" && <RemovePaper profile={profile} paper={asked.paper} onClose={close} />}
    </Card>
  );
};
