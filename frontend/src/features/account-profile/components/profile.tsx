"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";

import { Facts } from "@/components/facts";
import { Loaded } from "@/components/loaded";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Link } from "@/lib/i18n/navigation";

import { profileQuery } from "../queries";
import type { Profile } from "../types";
import { AddressesSection } from "./addresses-section";
import { ChannelsSection } from "./channels-section";
import { LanguageSection } from "./language-section";
import { NamesSection } from "./names-section";
import { PapersSection } from "./papers-section";
import { PhotoSection } from "./photo-section";

const PHOTO_POLL_MS = 3_000;

/** Phone and e-mail are ways in: they are shown here and changed among the things of security. */
const ContactSection = ({ profile }: { profile: Profile }) => {
  const t = useTranslations("profile.contacts");
  return (
    <Card className="flex flex-col gap-4">
      <h2 className="text-lg font-semibold">{t("title")}</h2>
      <Facts
        items={[
          { label: t("phone"), value: profile.masked_phone ?? t("none") },
          {
            label: t("email"),
            value: profile.email ? (
              <span className="flex flex-wrap items-center gap-2">
                <span className="break-all">{profile.email}</span>
                <Badge tone={profile.email_verified ? "success" : "warning"}>
                  {t(profile.email_verified ? "confirmed" : "notConfirmed")}
                </Badge>
              </span>
            ) : (
              t("none")
            ),
          },
        ]}
      />
      <Link
        href="/account/security"
        className="inline-flex min-h-11 items-center self-start font-medium text-primary underline underline-offset-4"
      >
        {t("change")}
      </Link>
    </Card>
  );
};

export const ProfileScreen = () => {
  const [isPhotoPending, setPhotoPending] = useState(false);
  const query = useQuery({
    ...profileQuery,
    refetchInterval: ({ state }) =>
      isPhotoPending && !state.data?.photo_url && state.data ? PHOTO_POLL_MS : false,
  });
  const hasPhoto = Boolean(query.data?.photo_url);

  useEffect(() => {
    // Nothing is asked for ever: a check that takes longer is found on the next visit.
    if (!isPhotoPending) return;
    const timer = setTimeout(() => setPhotoPending(false), 120_000);
    return () => clearTimeout(timer);
  }, [isPhotoPending, hasPhoto]);

  return (
    <Loaded query={query} shapes={["h-36", "h-52", "h-40", "h-52"]}>
      {(profile) => (
        <div className="flex flex-col gap-4">
          <PhotoSection
            photoUrl={profile.photo_url}
            isPending={isPhotoPending}
            onSent={() => setPhotoPending(true)}
            onRemoved={() => setPhotoPending(false)}
          />
          <NamesSection profile={profile} />
          <ContactSection profile={profile} />
          <LanguageSection profile={profile} />
          <AddressesSection profile={profile} />
          <PapersSection profile={profile} />
          <ChannelsSection profile={profile} />
        </div>
      )}
    </Loaded>
  );
};
