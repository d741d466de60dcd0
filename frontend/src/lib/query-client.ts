import { QueryClient } from "@tanstack/react-query";

import { isProblem } from "@/lib/problem";

const MAX_RETRIES = 2;

const isWorthRepeating = (error: unknown) => isProblem(error) && (error.status === 0 || error.status >= 500);

export const makeQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, error) => failures < MAX_RETRIES && isWorthRepeating(error),
        // A request made offline fails at once and shows its error state instead of hanging.
        networkMode: "always",
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
