"use client";

import { useStaff } from "@/features/staff-shell/components/staff-gate";
import { TermsDesk } from "@/features/staff-terms/components/terms-desk";

export const TermsScreen = () => <TermsDesk today={useStaff().today} />;
