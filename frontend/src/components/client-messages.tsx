import { NextIntlClientProvider } from "next-intl";
import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";

import type messages from "../../messages/ru.json";

type Namespace = keyof typeof messages;

/** Sends only the named parts of the catalogue to the browser: pages stay light. Nested uses add to each other by repeating names. */
export const ClientMessages = async ({
  namespaces,
  children,
}: {
  namespaces: readonly Namespace[];
  children: ReactNode;
}) => {
  const all = await getMessages();
  const picked = Object.fromEntries(namespaces.map((name) => [name, all[name]]));
  return <NextIntlClientProvider messages={picked}>{children}</NextIntlClientProvider>;
};

/** What every screen with a shell needs in the browser. */
export const SHELL_NAMESPACES = [
  "common",
  "nav",
  "problems",
  "states",
] as const satisfies readonly Namespace[];

/** What a page needs where files are given and looked at. */
export const FILE_NAMESPACES = ["upload", "camera", "viewer"] as const satisfies readonly Namespace[];

/** What every page of a person's account needs besides its own. */
export const ACCOUNT_NAMESPACES = [...SHELL_NAMESPACES, "account"] as const satisfies readonly Namespace[];
