"use client";

import { InvitationList } from "@/features/staff-invitations/components/invitation-list";
import { useStaff } from "@/features/staff-shell/components/staff-gate";

export const InvitationScreen = () => <InvitationList abilities={useStaff().abilities} />;
