import { queryOptions } from "@tanstack/react-query";

import type { ProofWays } from "@/api/identity";
import { api } from "@/lib/api-client";

/** What the person can be asked for; asked anew every time, for a factor may have come or gone. */
export const proofWaysQuery = queryOptions({
  queryKey: ["proof", "ways"],
  queryFn: ({ signal }) => api.get<ProofWays>("/auth/proof/", { signal }),
  staleTime: 0,
  gcTime: 0,
});
