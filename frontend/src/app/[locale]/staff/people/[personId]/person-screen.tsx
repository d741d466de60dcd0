"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { Button, buttonStyles } from "@/components/ui/button";
import { StartRequestDialog } from "@/features/staff-data-requests/components/request-dialogs";
import { PersonPage } from "@/features/staff-people/components/person-page";
import { useStaff } from "@/features/staff-shell/components/staff-gate";
import { ViewAsDialog } from "@/features/view-as/components/view-as-dialog";
import { cn } from "@/lib/cn";
import { Link } from "@/lib/i18n/navigation";

const action = "max-sm:min-h-11";

const StartRequest = ({ personId, personName }: { personId: string; personName: string }) => {
  const t = useTranslations("staffDataRequests.start");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="secondary" size="dense" className={action} onClick={() => setOpen(true)}>
        {t("button")}
      </Button>
      {isOpen && (
        <StartRequestDialog personId={personId} personName={personName} onClose={() => setOpen(false)} />
      )}
    </>
  );
};

export const PersonScreen = ({ personId }: { personId: string }) => {
  const t = useTranslations("securityLog");
  const { abilities } = useStaff();
  return (
    <PersonPage
      personId={personId}
      renderViewAs={(person, close) => (
        <ViewAsDialog personId={person.id} personName={person.full_name} onClose={close} />
      )}
      renderMore={(person) => (
        <>
          {abilities.includes("security_log.see") && (
            <Link
              href={`/staff/security-log?person=${person.id}`}
              prefetch={false}
              className={cn(buttonStyles({ variant: "quiet", size: "dense" }), action)}
            >
              {t("title")}
            </Link>
          )}
          {abilities.includes("data_request.start") && person.status !== "erased" && (
            <StartRequest personId={person.id} personName={person.full_name} />
          )}
        </>
      )}
    />
  );
};
