"use client";

import { Menu } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { Dialog } from "@/components/ui/dialog";

import type { NavGroup } from "../navigation";
import { entryStyles, NavGroups } from "./nav-links";

/** Every section in a sheet, for a phone. */
export const PhoneMenu = ({
  groups,
  current,
}: {
  groups: readonly NavGroup[];
  current: string | undefined;
}) => {
  const t = useTranslations("staffNav");
  const common = useTranslations("common");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
        className={entryStyles}
      >
        <Menu aria-hidden className="size-5 shrink-0 text-muted" />
        {t("menu")}
      </button>
      <Dialog open={isOpen} onOpenChange={setOpen} title={t("menu")} closeLabel={common("close")}>
        <nav aria-label={t("name")} className="flex flex-col gap-1">
          <NavGroups groups={groups} current={current} onFollow={() => setOpen(false)} />
        </nav>
      </Dialog>
    </>
  );
};
