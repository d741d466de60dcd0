"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import type { SessionUser } from "@/api/types";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";

import { useRemoveEmail } from "../mutations";
import { ContactDialog } from "./contact-dialog";
import { PasswordDialog } from "./password-dialog";
import { RemovalDialog } from "./removal-dialog";
import { RowItem, RowList, Section } from "./section";

type Open = "password" | "email" | "phone" | "removeEmail";

const RemoveEmail = ({ email, onClose }: { email: string; onClose: () => void }) => {
  const remove = useRemoveEmail();
  return (
    <RemovalDialog
      of="email"
      name={email}
      removal={remove}
      onConfirm={(options) => remove.mutate(undefined, options)}
      onClose={onClose}
    />
  );
};

/** What a person signs in with: phone, e-mail, password. */
export const SignInSection = ({ user }: { user: SessionUser }) => {
  const t = useTranslations("security");
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const button = (what: Open, label: string, name: string) => (
    <Button variant="secondary" onClick={() => setOpen(what)} aria-label={`${label}: ${name}`}>
      {label}
    </Button>
  );
  return (
    <Section id="security-sign-in" title={t("signIn.title")} lead={t("signIn.text")}>
      <RowList label={t("signIn.title")}>
        <RowItem
          title={t("phone.name")}
          actions={button("phone", t(user.masked_phone ? "change" : "add"), t("phone.name"))}
        >
          {user.masked_phone || t("phone.none")}
        </RowItem>
        <RowItem
          title={t("email.name")}
          mark={
            user.email && (
              <Badge tone={user.email_verified ? "success" : "warning"}>
                {t(user.email_verified ? "email.verified" : "email.unverified")}
              </Badge>
            )
          }
          actions={
            <>
              {button("email", t(user.email ? "change" : "add"), t("email.name"))}
              {user.email && (
                <Button
                  variant="quiet"
                  onClick={() => setOpen("removeEmail")}
                  aria-label={`${t("remove")}: ${t("email.name")}`}
                >
                  {t("remove")}
                </Button>
              )}
            </>
          }
        >
          <span className="break-all">{user.email ?? t("email.none")}</span>
        </RowItem>
        <RowItem
          title={t("password.name")}
          actions={button("password", t(user.has_password ? "change" : "set"), t("password.name"))}
        >
          {t(user.has_password ? "password.isSet" : "password.none")}
        </RowItem>
      </RowList>
      {open === "password" && <PasswordDialog isNew={!user.has_password} onClose={close} />}
      {(open === "email" || open === "phone") && <ContactDialog kind={open} onClose={close} />}
      {open === "removeEmail" && <RemoveEmail email={user.email ?? ""} onClose={close} />}
    </Section>
  );
};
