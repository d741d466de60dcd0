"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { ListFrame } from "@/components/desk/list-frame";
import { Desk, PageHead } from "@/components/desk/page-head";
import { Rows } from "@/components/desk/rows";
import { Button } from "@/components/ui/button";

import { type Tag, tagListQuery } from "../queries";
import { JoinDialog } from "./join-dialog";
import { TagDialog } from "./tag-dialog";
import { COLUMNS, TagRow } from "./tag-row";

type Open = { window: "edit"; tag: Tag | null } | { window: "join"; tag: Tag };

/** The tags of the team: names in three languages, colour, how many cases carry each; joined and retired here. */
export const TagListPage = () => {
  const t = useTranslations("staffTags");
  const query = useQuery(tagListQuery);
  const [open, setOpen] = useState<Open | null>(null);
  const items = query.data?.items ?? [];
  const mayEdit = query.data?.allowed_actions.includes("edit") ?? false;
  const close = () => setOpen(null);
  const inUse = items.filter(({ archived }) => !archived);
  const add = (
    <Button size="dense" className="max-sm:min-h-11" onClick={() => setOpen({ window: "edit", tag: null })}>
      <Plus aria-hidden className="size-4" />
      {t("add")}
    </Button>
  );
  return (
    <Desk>
      <PageHead title={t("title")} lead={t("lead")} actions={mayEdit && add} />
      <ListFrame
        query={query}
        count={items.length}
        empty={{ title: t("none"), text: t("noneText"), action: mayEdit && add }}
      >
        <Rows
          label={t("title")}
          columns={COLUMNS}
          head={[t("column.tag"), t("column.names"), t("column.cases"), ""]}
        >
          {items.map((tag) => (
            <TagRow
              key={tag.id}
              tag={tag}
              into={items.find(({ id }) => id === tag.merged_into)}
              mayEdit={mayEdit}
              mayJoin={inUse.some(({ id }) => id !== tag.id)}
              onEdit={() => setOpen({ window: "edit", tag })}
              onJoin={() => setOpen({ window: "join", tag })}
            />
          ))}
        </Rows>
      </ListFrame>
      {open?.window === "edit" && <TagDialog tag={open.tag} onClose={close} />}
      {open?.window === "join" && (
        <JoinDialog tag={open.tag} others={inUse.filter(({ id }) => id !== open.tag.id)} onClose={close} />
      )}
    </Desk>
  );
};
