"use client";

import { useTranslations } from "next-intl";

import { Progress } from "@/components/ui/progress";

import type { StaffCase } from "../../types";
import { Panel } from "./panel";
import { PaperLine } from "./paper-line";

type Paper = StaffCase["papers"][number];

/** What staff have to do comes first: papers that came and nobody has looked at. */
const ORDER: Record<Paper["state"], number> = {
  received: 0,
  unreadable: 1,
  missing: 2,
  accepted: 3,
  waived: 4,
};

/** Papers of the borrower: what came and waits for a look, what is awaited, what is settled. */
export const PapersPanel = ({ detail }: { detail: StaffCase }) => {
  const t = useTranslations("casePapers.staff");
  if (detail.papers.length === 0) return null;
  const counted = detail.papers.filter(({ required, state }) => required && state !== "waived");
  const given = counted.filter(({ state }) => state === "received" || state === "accepted").length;
  const papers = [...detail.papers].sort((one, other) => ORDER[one.state] - ORDER[other.state]);
  return (
    <Panel id="papers" title={t("title")}>
      {counted.length > 0 && (
        <Progress
          value={given}
          max={counted.length}
          label={t("progress", { given, total: counted.length })}
        />
      )}
      <ul className="flex flex-col divide-y divide-line">
        {papers.map((paper) => (
          <PaperLine key={paper.id} detail={detail} paper={paper} />
        ))}
      </ul>
    </Panel>
  );
};
