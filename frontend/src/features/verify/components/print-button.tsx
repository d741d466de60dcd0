"use client";

import { Printer } from "lucide-react";
import { useTranslations } from "next-intl";

import { Button } from "@/components/ui/button";

/** Opens everything that is folded before printing: paper cannot be unfolded. */
const printAll = () => {
  document.querySelectorAll("main details").forEach((item) => item.setAttribute("open", ""));
  window.print();
};

export const PrintButton = () => {
  const t = useTranslations("verify");
  return (
    <Button variant="secondary" onClick={printAll} className="print-hidden self-start">
      <Printer aria-hidden className="size-5" />
      {t("print")}
    </Button>
  );
};
