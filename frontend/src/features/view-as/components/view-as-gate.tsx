"use client";

import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";

import { sessionQuery } from "@/lib/session";
import { useHydrated } from "@/lib/use-hydrated";

const Banner = lazy(() => import("./view-as-banner"));

/** Stands on every page and weighs nothing until somebody looks through other eyes. */
export const ViewAsGate = () => {
  const isHydrated = useHydrated();
  const { data } = useQuery(sessionQuery);
  const viewing = data?.viewing;
  if (!isHydrated || !viewing) return null;
  return (
    <Suspense>
      <Banner key={viewing.id} viewing={viewing} />
    </Suspense>
  );
};
