import { ClientMessages, SHELL_NAMESPACES } from "@/components/client-messages";
import { MySignatures } from "@/features/signers/components/my-signatures";

/** What waits for the reader's signature, above what a page is about; nothing while nothing waits. */
export const MySignaturesCard = () => (
  <ClientMessages namespaces={[...SHELL_NAMESPACES, "signers"]}>
    <MySignatures />
  </ClientMessages>
);
