"use client";

import { useQuery } from "@tanstack/react-query";
import { Blocks } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import type { OwnProgram } from "@/api/identity";
import { Loaded } from "@/components/loaded";
import { Button } from "@/components/ui/button";
import { formatDate, formatDateTime } from "@/lib/format";

import { useRemoveProgram } from "../mutations";
import { programsQuery } from "../queries";
import { RemovalDialog } from "./removal-dialog";
import { RowItem, RowList, Section } from "./section";

const RemoveProgram = ({ program, onClose }: { program: OwnProgram; onClose: () => void }) => {
  const remove = useRemoveProgram();
  return (
    <RemovalDialog
      of="programs"
      name={program.name}
      removal={remove}
      onConfirm={(options) => remove.mutate(program.id, options)}
      onClose={onClose}
    />
  );
};

/** Programs of others that may act for the person, and what each of them may do. */
export const ProgramsSection = () => {
  const t = useTranslations("security.programs");
  const locale = useLocale();
  const query = useQuery(programsQuery);
  const [removing, setRemoving] = useState<OwnProgram | null>(null);
  return (
    <Section id="security-programs" title={t("title")} lead={t("text")}>
      <Loaded query={query} shapes={["h-16"]}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-muted">{t("none")}</p>
          ) : (
            <RowList label={t("title")}>
              {items.map((program) => (
                <RowItem
                  key={program.id}
                  icon={<Blocks className="size-5" />}
                  title={program.name}
                  actions={
                    <Button
                      variant="secondary"
                      aria-label={`${t("remove.open")}: ${program.name}`}
                      onClick={() => setRemoving(program)}
                    >
                      {t("remove.open")}
                    </Button>
                  }
                >
                  <p>{program.scopes.map((scope) => scope.label).join(", ")}</p>
                  <p>{t("granted", { date: formatDate(program.granted_at, locale) })}</p>
                  <p>
                    {program.last_used_at
                      ? t("used", { when: formatDateTime(program.last_used_at, locale) })
                      : t("unused")}
                  </p>
                </RowItem>
              ))}
            </RowList>
          )
        }
      </Loaded>
      {removing && <RemoveProgram program={removing} onClose={() => setRemoving(null)} />}
    </Section>
  );
};
