"use client";

import { RoleList } from "@/features/staff-roles/components/role-list";
import { useStaff } from "@/features/staff-shell/components/staff-gate";

export const RoleScreen = () => <RoleList abilities={useStaff().abilities} />;
