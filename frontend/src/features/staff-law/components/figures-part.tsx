"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { ListFrame } from "@/components/desk/list-frame";
import { Row, Rows } from "@/components/desk/rows";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { formatDate, formatMoney } from "@/lib/format";

import { indicesQuery } from "../queries";
import { FigureDialog } from "./figure-dialog";

const COLUMNS = "md:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)_minmax(0,2fr)]";

interface FiguresPartProps {
  canPropose: boolean;
  onProposed: (changeId: string) => void;
}

/** Figures of the budget law and a new one to propose. */
export const FiguresPart = ({ canPropose, onProposed }: FiguresPartProps) => {
  const t = useTranslations("staffLaw");
  const locale = useLocale();
  const query = useQuery(indicesQuery);
  const [isMaking, setMaking] = useState(false);
  const items = query.data?.items ?? [];
  return (
    <>
      {canPropose && (
        <Button size="dense" className="self-start max-sm:min-h-11" onClick={() => setMaking(true)}>
          {t("figure.new")}
        </Button>
      )}
      <ListFrame query={query} count={items.length} empty={{ title: t("noFigures") }}>
        <Rows
          label={t("part.figures")}
          columns={COLUMNS}
          head={[t("figure.name"), t("figure.value"), t("figure.from"), t("field.sources")]}
        >
          {items.map((item) => (
            <Row key={item.id} columns={COLUMNS}>
              <span className="flex flex-wrap items-center gap-2 font-medium text-ink">
                {item.code_label}
                {item.current && <Badge tone="success">{t("state.current")}</Badge>}
              </span>
              <span className="tabular-nums">{formatMoney(item.value_tiyn)}</span>
              <span>{formatDate(item.valid_from, locale)}</span>
              <span className="text-muted">{item.source}</span>
            </Row>
          ))}
        </Rows>
      </ListFrame>
      {isMaking && <FigureDialog onMade={({ id }) => onProposed(id)} onClose={() => setMaking(false)} />}
    </>
  );
};
