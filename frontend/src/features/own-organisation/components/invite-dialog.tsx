"use client";

import { useLocale, useTranslations } from "next-intl";

import { CheckedForm } from "@/components/form/checked-form";
import { ChoicesField, SelectField, TextField } from "@/components/form/fields";
import { Dialog } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import { isLocale } from "@/lib/i18n/locales";

import { useOrganisationWords } from "../hooks";
import { useInvite } from "../mutations";
import { inviteSchema } from "../schemas";

const LANGUAGES = { ru: "Русский", kk: "Қазақша", en: "English" } as const;

export const InviteDialog = ({
  organisationId,
  onClose,
}: {
  organisationId: string;
  onClose: () => void;
}) => {
  const t = useTranslations("ownOrganisation.invite");
  const common = useTranslations("common");
  const locale = useLocale();
  const toast = useToast();
  const words = useOrganisationWords();
  const invite = useInvite(organisationId, (invitation) => {
    toast.show("success", t("done", { email: invitation.email }));
    onClose();
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("title")}
      description={t("lead")}
      closeLabel={common("close")}
    >
      <CheckedForm
        values={{ email: "", full_name: "", post: "", language: String(locale), rights: [] }}
        schema={inviteSchema(words)}
        error={invite.error}
        busy={invite.isPending}
        submitLabel={t("submit")}
        pointers={{ "/is_administrator": "rights" }}
        onSubmit={({ email, full_name, post, language, rights }) =>
          invite.mutate({
            email: email.trim(),
            full_name: full_name.trim(),
            post: post.trim(),
            language: isLocale(language) ? language : "ru",
            is_administrator: rights.includes("administrator"),
          })
        }
      >
        {(field) => (
          <>
            <TextField
              {...field("email")}
              label={t("email")}
              type="email"
              inputMode="email"
              maxLength={254}
            />
            <TextField {...field("full_name")} label={t("name")} isOptional maxLength={200} />
            <TextField {...field("post")} label={t("post")} isOptional maxLength={200} />
            <SelectField {...field("language")} label={t("language")}>
              {Object.entries(LANGUAGES).map(([code, name]) => (
                <option key={code} value={code} lang={code}>
                  {name}
                </option>
              ))}
            </SelectField>
            <ChoicesField
              {...field("rights")}
              label={t("rights")}
              choices={[{ value: "administrator", label: t("administrator"), help: t("administratorHelp") }]}
            />
          </>
        )}
      </CheckedForm>
    </Dialog>
  );
};
