import { queryOptions } from "@tanstack/react-query";

import type { Connection, OpenSession, OwnProgram } from "@/api/identity";
import { api } from "@/lib/api-client";

interface List<T> {
  items: T[];
}

export const securityKeys = {
  sessions: ["security", "sessions"] as const,
  programs: ["security", "programs"] as const,
  connections: ["security", "connections"] as const,
};

export const sessionsQuery = queryOptions({
  queryKey: securityKeys.sessions,
  queryFn: ({ signal }) => api.get<List<OpenSession>>("/me/sessions/", { signal }),
});

export const programsQuery = queryOptions({
  queryKey: securityKeys.programs,
  queryFn: ({ signal }) => api.get<List<OwnProgram>>("/me/programs/", { signal }),
});

export const connectionsQuery = queryOptions({
  queryKey: securityKeys.connections,
  queryFn: ({ signal }) => api.get<List<Connection>>("/me/connections/", { signal }),
});
