"use client";

import { CheckPage } from "@/features/staff-checks/components/check-page";
import { useStaff } from "@/features/staff-shell/components/staff-gate";

export const CheckScreen = () => <CheckPage abilities={useStaff().abilities} />;
