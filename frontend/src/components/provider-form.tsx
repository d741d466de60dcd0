"use client";

import { type FormEvent, type ReactNode, useRef, useState } from "react";

import { csrfToken } from "@/lib/api-client";

interface ProviderFormProps {
  provider: string;
  /** `login` for strangers, `connect` for a person who adds one more way in. */
  process: "login" | "connect";
  /** Where the browser comes back to, with `error` in its query when it did not work. */
  callbackUrl: string;
  /** Asked before the browser leaves; false keeps it here. */
  mayLeave?: () => Promise<boolean>;
  onError: (error: unknown) => void;
  children: (busy: boolean) => ReactNode;
}

const ACTION = "/_allauth/browser/v1/auth/provider/redirect";

/** Leads to another identity provider and back: the browser has to leave this page, so this is a form of the old kind. */
export const ProviderForm = ({
  provider,
  process,
  callbackUrl,
  mayLeave,
  onError,
  children,
}: ProviderFormProps) => {
  const token = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const form = event.currentTarget;
    setBusy(true);
    try {
      if (mayLeave && !(await mayLeave())) return setBusy(false);
      const value = await csrfToken();
      if (token.current) token.current.value = value;
      form.submit();
    } catch (error) {
      setBusy(false);
      onError(error);
    }
  };
  return (
    <form method="post" action={ACTION} onSubmit={(event) => void submit(event)}>
      <input type="hidden" name="provider" value={provider} />
      <input type="hidden" name="process" value={process} />
      <input type="hidden" name="callback_url" value={callbackUrl} />
      <input ref={token} type="hidden" name="csrfmiddlewaretoken" defaultValue="" />
      {children(busy)}
    </form>
  );
};
