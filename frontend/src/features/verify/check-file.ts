import type { SignatureCheck, Verification } from "@/api/types";
import { api } from "@/lib/api-client";

export interface CheckWish {
  file: File;
  document: File | null;
  /** ISO time to judge at, empty for now. */
  at: string;
}

export type CheckResult = { kind: "register"; body: Verification } | { kind: "report"; body: SignatureCheck };

const startsWith = async (file: File, head: string): Promise<boolean> =>
  (await file.slice(0, 1024).text()).includes(head);

/** Our own papers are known by the register, with kind and number; everything else is judged by itself. */
export const checkFile = async ({ file, document, at }: CheckWish): Promise<CheckResult> => {
  if (!document && !at && (await startsWith(file, "%PDF-"))) {
    const form = new FormData();
    form.append("file", file);
    const body = await api.post<Verification>("/verify/", form);
    if (body.reason_code !== "unknown_file") return { kind: "register", body };
  }
  const form = new FormData();
  form.append("signature", file);
  if (document) form.append("document", document);
  if (at) form.append("at", at);
  return { kind: "report", body: await api.post<SignatureCheck>("/signatures/verify/", form) };
};
