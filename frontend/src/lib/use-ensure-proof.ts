"use client";

import { useQueryClient } from "@tanstack/react-query";

import { askForProof } from "@/lib/proof";
import { sessionQuery } from "@/lib/session";

/** For what the API client cannot repeat, as leaving this page: true once the server knows a recent proof. */
export const useEnsureProof = () => {
  const queryClient = useQueryClient();
  return async (): Promise<boolean> => {
    const session = await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 });
    return session.user?.is_fresh === true || askForProof();
  };
};
