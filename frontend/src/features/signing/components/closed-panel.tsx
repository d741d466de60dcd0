"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef } from "react";

import { buttonStyles } from "@/components/ui/button";
import { Link } from "@/lib/i18n/navigation";

interface ClosedPanelProps {
  /** Where this person follows the document. */
  href: string;
  title: string;
  text: string;
  children?: ReactNode;
}

/** Nothing is to be done here now: says why, and where it goes on. */
export const ClosedPanel = ({ href, title, text, children }: ClosedPanelProps) => {
  const t = useTranslations("signing");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="flex flex-col items-start gap-4 rounded-card border border-line bg-surface p-5 sm:p-8">
      <h1 ref={heading} tabIndex={-1} className="text-xl font-bold">
        {title}
      </h1>
      <p className="measure">{text}</p>
      {children}
      <Link href={href} className={buttonStyles({ variant: "primary" })}>
        {t("toCase")}
      </Link>
    </section>
  );
};
