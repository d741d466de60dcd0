"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api } from "@/lib/api-client";
import { hasCode } from "@/lib/problem";
import { sessionKey } from "@/lib/session";
import { uploadFile } from "@/lib/upload";

import { profileKeys } from "./queries";
import type { PaperInput, Profile, ProfileChanges, ProfilePaper } from "./types";

/** Saves one part of the profile against the version that was shown; what others changed meanwhile is read anew. */
export const useSaveProfile = (onDone: (profile: Profile) => void) => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ version, changes }: { version: number; changes: ProfileChanges }) =>
      api.patch<Profile>("/me/profile/", { version, ...changes }),
    onSuccess: (profile) => {
      queryClient.setQueryData(profileKeys.all, profile);
      void queryClient.invalidateQueries({ queryKey: sessionKey });
      onDone(profile);
    },
    onError: (error) => {
      if (hasCode(error, "accounts.profile_changed_meanwhile")) {
        void queryClient.invalidateQueries({ queryKey: profileKeys.all });
      }
    },
  });
};

/** A paper as it goes back: without a number the server keeps the one it has. */
export const keptPaper = ({ kind, issued_by, issued_on, valid_until }: ProfilePaper): PaperInput => ({
  kind,
  issued_by,
  issued_on,
  valid_until,
});

const useRefreshPhoto = () => {
  const queryClient = useQueryClient();
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: profileKeys.all }),
      queryClient.invalidateQueries({ queryKey: sessionKey }),
    ]);
};

export const useUploadPhoto = (onProgress: (percent: number) => void) => {
  const refresh = useRefreshPhoto();
  return useMutation({
    mutationFn: (file: File) =>
      uploadFile<{ photo_url: string | null }>("/me/photo/", file, { method: "PUT", onProgress }),
    onSuccess: refresh,
  });
};

export const useRemovePhoto = () => {
  const refresh = useRefreshPhoto();
  return useMutation({ mutationFn: () => api.delete<undefined>("/me/photo/"), onSuccess: refresh });
};
