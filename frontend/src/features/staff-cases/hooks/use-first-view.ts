"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

import { codeIn } from "@/lib/story-codes";

import { type CaseFilters, fromBody, LAYOUTS, type ListLayout, VIEW_NAMES, VIEWS } from "../filters";
import { viewHeadQuery } from "../list-queries";

/** Once, when the list is opened without an address of its own, puts what this person wants to see first. */
export const useFirstView = (
  isBare: boolean,
  setView: (filters: CaseFilters, layout: ListLayout) => void,
) => {
  const { data: head } = useQuery(viewHeadQuery);
  const isDone = useRef(false);
  useEffect(() => {
    if (!head || isDone.current) return;
    isDone.current = true;
    if (!isBare) return;
    const wanted = head.preference.default_view;
    const built = codeIn(VIEW_NAMES, wanted);
    const saved = head.items.find((view) => view.id === wanted);
    const layout = codeIn(LAYOUTS, saved?.layout ?? head.preference.layout) ?? "list";
    if (built) setView(VIEWS[built], layout);
    else if (saved) setView(fromBody(saved.filters), layout);
    else if (layout !== "list") setView(VIEWS.all, layout);
  }, [head, isBare, setView]);
};
