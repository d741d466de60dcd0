"use client";

import { OrganisationList } from "@/features/staff-organisations/components/organisation-list";
import { useStaff } from "@/features/staff-shell/components/staff-gate";

export const OrganisationScreen = () => <OrganisationList abilities={useStaff().abilities} />;
