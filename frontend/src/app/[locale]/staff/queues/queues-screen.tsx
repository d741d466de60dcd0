"use client";

import { QueuesPage } from "@/features/staff-queues/components/queues-page";
import { useStaff } from "@/features/staff-shell/components/staff-gate";

export const QueuesScreen = () => {
  const { user, today } = useStaff();
  return <QueuesPage userId={user.id} today={today} />;
};
