"use client";

import { useTranslations } from "next-intl";

import { Desk, PageHead } from "@/components/desk/page-head";

import { AbsenceList } from "./absence-list";
import { LoadTable } from "./load-table";
import { QueueList } from "./queue-list";

/** «Очереди и нагрузка»: who has how much, who is away, and how cases find their people. */
export const QueuesPage = ({ userId, today }: { userId: string; today: string }) => {
  const t = useTranslations("staffQueues");
  return (
    <Desk>
      <PageHead title={t("title")} lead={t("lead")} />
      <LoadTable />
      <AbsenceList userId={userId} today={today} />
      <QueueList />
    </Desk>
  );
};
