"use client";

import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";

import { useOfferCommands } from "@/features/command-palette/page-commands";
import { type RowAct, RowDialogs } from "@/features/staff-cases/components/list/row-dialogs";
import { lastListAddress } from "@/features/staff-cases/hooks/use-list-address";
import { useSeen } from "@/features/staff-cases/hooks/use-seen";
import { useStaff } from "@/features/staff-shell/components/staff-gate";
import { useRouter } from "@/lib/i18n/navigation";

const ACTS: readonly { act: RowAct; letters: readonly string[] }[] = [
  { act: "assign", letters: ["a"] },
  { act: "comment", letters: ["c"] },
  { act: "step", letters: ["n", "m"] },
];

/** The keys of the list, on the page of one case too, and in the palette by their names. */
export const CaseKeys = ({ caseId }: { caseId: string }) => {
  const t = useTranslations("caseList");
  const router = useRouter();
  const { user, today } = useStaff();
  const [act, setAct] = useState<RowAct | null>(null);
  useSeen(caseId);
  const commands = useMemo(
    () => [
      ...ACTS.map(({ act: name, letters }) => ({
        id: `case:${name}`,
        title: t(`act.${name}`),
        letters,
        run: () => setAct(name),
      })),
      {
        id: "case:back",
        title: t("job.back"),
        letters: ["b"],
        run: () => router.push(lastListAddress()),
      },
    ],
    [router, t],
  );
  useOfferCommands(commands);
  return act ? (
    <RowDialogs act={act} caseId={caseId} userId={user.id} today={today} onClose={() => setAct(null)} />
  ) : null;
};
