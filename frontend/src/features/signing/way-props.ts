import type { SignatureRequest } from "@/api/types";

/** What every way to sign is given and has to tell. */
export interface WayProps {
  requestId: string;
  documentId: string;
  /** Hash of the text that was shown. */
  sha256: string;
  /** Null when it turned out to be signed already. */
  onSigned: (request: SignatureRequest | null) => void;
  /** The document changed while it was read: it has to be shown anew. */
  onChanged: () => void;
}
