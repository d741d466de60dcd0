"use client";

import { useMutation } from "@tanstack/react-query";

import { api } from "@/lib/api-client";

export const useAuthorize = (query: string, leave: (address: string) => void) =>
  useMutation({
    mutationFn: (allow: boolean) =>
      api.post<{ redirect_to: string }>("/oauth/authorization/", { query, allow }),
    onSuccess: ({ redirect_to }) => leave(redirect_to),
  });
