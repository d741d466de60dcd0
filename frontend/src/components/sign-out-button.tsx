"use client";

import { useQuery } from "@tanstack/react-query";
import { LogOut } from "lucide-react";
import { useTranslations } from "next-intl";

import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { useRouter } from "@/lib/i18n/navigation";
import { sessionQuery, useSignOut } from "@/lib/session";
import { useProblemText } from "@/lib/use-problem-text";

export const SignOutButton = () => {
  const t = useTranslations("nav");
  const router = useRouter();
  const toast = useToast();
  const describe = useProblemText();
  const { data: session } = useQuery(sessionQuery);
  const signOut = useSignOut(() => router.replace("/"));
  if (!session?.authenticated) return null;
  return (
    <Button
      variant="quiet"
      busy={signOut.isPending}
      onClick={() => signOut.mutate(undefined, { onError: (error) => toast.show("danger", describe(error)) })}
      className="min-w-11 px-2"
    >
      <LogOut aria-hidden className="size-5" />
      <span className="max-[379px]:sr-only">{t("signOut")}</span>
    </Button>
  );
};
