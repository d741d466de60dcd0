"use client";

import { ProblemState } from "@/components/state-panels";
import { ImportPage } from "@/features/case-import/components/import-page";
import { useStaff } from "@/features/staff-shell/components/staff-gate";
import { Problem } from "@/lib/problem";

/** Who may not bring cases in learns it before choosing a file, not after. */
export const ImportScreen = () =>
  useStaff().abilities.includes("case.import") ? (
    <ImportPage />
  ) : (
    <div className="p-6">
      <ProblemState error={new Problem(403, {})} />
    </div>
  );
