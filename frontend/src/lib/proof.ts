/**
 * Some actions need a proof of the last minutes that it is still the same person. The server answers them with
 * `auth.proof_required`; the API client then asks here and repeats the same request, so features need not know.
 */
export const PROOF_REQUIRED = "auth.proof_required";
/** The person closed the question: nothing was changed. Ours alone, the server never sends it. */
export const PROOF_CANCELLED = "proof_cancelled";

/** Shows the question; true when the server accepted a proof, false when the person turned away. */
export type ProofAsker = () => Promise<boolean>;

let asker: ProofAsker | null = null;
let asking: Promise<boolean> | null = null;

/** Called by the one place on the page that can show the question; returns how to leave it. */
export const registerProofAsker = (next: ProofAsker): (() => void) => {
  asker = next;
  return () => {
    if (asker === next) asker = null;
  };
};

export const canAskForProof = (): boolean => asker !== null;

/** One question at a time: requests that meet it together wait for the same answer. */
export const askForProof = (): Promise<boolean> => {
  if (!asker) return Promise.resolve(false);
  asking ??= asker().finally(() => {
    asking = null;
  });
  return asking;
};
