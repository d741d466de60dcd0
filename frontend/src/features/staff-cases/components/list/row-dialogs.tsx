"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import { ProblemState } from "@/components/state-panels";
import { Dialog } from "@/components/ui/dialog";
import { Loading, Skeleton } from "@/components/ui/skeleton";

import { staffCaseQuery } from "../../queries";
import { AssignDialog } from "../page/assign-dialog";
import { CommentDialog } from "./comment-dialog";
import { StepDialog } from "./step-dialog";

export type RowAct = "assign" | "comment" | "step";

interface RowDialogsProps {
  act: RowAct;
  caseId: string;
  /** A step already chosen, as by a drop on a column of the board. */
  step?: string;
  userId: string;
  today: string;
  onClose: () => void;
}

/** What can be done to a case from the list, without opening it: the same windows as on its page. */
export const RowDialogs = ({ act, caseId, step, userId, today, onClose }: RowDialogsProps) => {
  const t = useTranslations("caseList.act");
  const common = useTranslations("common");
  const { data, error, refetch } = useQuery(staffCaseQuery(caseId));
  if (data && act === "assign") return <AssignDialog detail={data} userId={userId} onClose={onClose} />;
  if (data && act === "comment") return <CommentDialog detail={data} onClose={onClose} />;
  if (data) return <StepDialog detail={data} step={step} today={today} onClose={onClose} />;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t(act)} closeLabel={common("close")}>
      {error ? (
        <ProblemState error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading label={common("loading")} className="flex flex-col gap-3">
          <Skeleton className="h-10" />
          <Skeleton className="h-24" />
        </Loading>
      )}
    </Dialog>
  );
};
