"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { ListFrame } from "@/components/desk/list-frame";
import { Desk, PageHead } from "@/components/desk/page-head";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";

import { useArchiveRole } from "../mutations";
import { rolesQuery } from "../queries";
import type { CustomRole, RoleCatalogue } from "../types";
import { RoleCard } from "./role-card";
import { RoleDialog } from "./role-dialog";

const ArchiveDialog = ({ role, onClose }: { role: CustomRole; onClose: () => void }) => {
  const t = useTranslations("staffRoles.archive");
  const toast = useToast();
  const archive = useArchiveRole(() => {
    toast.show("success", t("done"));
    onClose();
  });
  return (
    <FormDialog
      title={t("title", { name: role.name })}
      lead={t("lead", { count: role.people_count })}
      submitLabel={t("submit")}
      danger
      busy={archive.isPending}
      error={archive.error}
      onSubmit={() => archive.mutate(role.id)}
      onClose={onClose}
    />
  );
};

type Opened = { kind: "new" } | { kind: "edit" | "archive"; roleId: string };

const CustomRoles = ({ data, canEdit }: { data: RoleCatalogue; canEdit: boolean }) => {
  const t = useTranslations("staffRoles");
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = () => setOpened(null);
  // Read anew at every render: a window that met a stale version sees what the role is now.
  const role =
    opened && opened.kind !== "new" ? data.custom.find(({ id }) => id === opened.roleId) : undefined;
  return (
    <section className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-base font-semibold">{t("custom")}</h2>
        {canEdit && (
          <Button size="dense" className="max-sm:min-h-11" onClick={() => setOpened({ kind: "new" })}>
            <Plus aria-hidden className="size-4" />
            {t("editor.button")}
          </Button>
        )}
      </div>
      {data.custom.length === 0 ? (
        <p className="text-muted">{t("noCustom")}</p>
      ) : (
        <ul className="flex flex-col gap-2">
          {data.custom.map((item) => (
            <RoleCard
              key={item.id}
              name={item.name}
              note={t("people", { count: item.people_count })}
              isArchived={item.archived}
              codes={item.abilities}
              catalogue={data.catalogue}
              actions={
                canEdit &&
                !item.archived && (
                  <>
                    <Button
                      variant="secondary"
                      size="dense"
                      className="max-sm:min-h-11"
                      onClick={() => setOpened({ kind: "edit", roleId: item.id })}
                    >
                      {t("editor.edit")}
                    </Button>
                    <Button
                      variant="quiet"
                      size="dense"
                      className="max-sm:min-h-11"
                      onClick={() => setOpened({ kind: "archive", roleId: item.id })}
                    >
                      {t("archive.button")}
                    </Button>
                  </>
                )
              }
            />
          ))}
        </ul>
      )}
      {opened?.kind === "new" && <RoleDialog catalogue={data.catalogue} onClose={close} />}
      {opened?.kind === "edit" && role && (
        <RoleDialog role={role} catalogue={data.catalogue} onClose={close} />
      )}
      {opened?.kind === "archive" && role && <ArchiveDialog role={role} onClose={close} />}
    </section>
  );
};

/** What every role may do: those of the platform, and those put together here. */
export const RoleList = ({ abilities }: { abilities: readonly string[] }) => {
  const t = useTranslations("staffRoles");
  const query = useQuery(rolesQuery);
  const { data } = query;
  return (
    <Desk>
      <PageHead title={t("title")} lead={t("lead")} />
      <ListFrame query={query} count={data?.built_in.length ?? 0} empty={{ title: t("noCustom") }}>
        {data && (
          <div className="flex flex-col gap-6">
            <CustomRoles data={data} canEdit={abilities.includes("role.edit")} />
            <section className="flex flex-col gap-2">
              <h2 className="text-base font-semibold">{t("builtIn")}</h2>
              <p className="measure text-muted">{t("builtInLead")}</p>
              <ul className="flex flex-col gap-2">
                {data.built_in.map((role) => (
                  <RoleCard
                    key={role.code}
                    name={role.label}
                    note={role.is_staff ? t("ofStaff") : undefined}
                    codes={role.abilities}
                    catalogue={data.catalogue}
                  />
                ))}
              </ul>
            </section>
          </div>
        )}
      </ListFrame>
    </Desk>
  );
};
