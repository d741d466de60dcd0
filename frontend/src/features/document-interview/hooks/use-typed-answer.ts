"use client";

import { useState } from "react";
import * as z from "zod/mini";

import { useDeviceDraft } from "@/lib/use-device-draft";

import { mayWaitOnDevice, type Typed, toTyped } from "../typed";
import type { DraftField } from "../types";

const ROWS = z.array(z.record(z.string(), z.string()));
const TEXT = z.string();

const useKept = <T extends Typed>(name: string, field: DraftField, shape: z.ZodMiniType<T>, initial: T) => {
  const [typed, setTyped] = useState(initial);
  const device = useDeviceDraft(name, field.code, shape, initial);
  if (!mayWaitOnDevice(field)) return { typed, set: setTyped, forget: () => undefined };
  return { typed: device.draft, set: device.keep, forget: device.forget };
};

/** What is typed into one question: kept on the device until the server has it, so that a lost line loses nothing. */
export const useTypedAnswer = (draftId: string, field: DraftField) => {
  const initial = toTyped(field, field.value);
  const name = `interview.${draftId}`;
  const text = useKept(name, field, TEXT, typeof initial === "string" ? initial : "");
  const rows = useKept(name, field, ROWS, typeof initial === "string" ? [] : initial);
  const isRows = field.answer_type === "rows";
  return {
    typed: isRows ? rows.typed : text.typed,
    set: (typed: Typed) => (typeof typed === "string" ? text.set(typed) : rows.set(typed)),
    forget: isRows ? rows.forget : text.forget,
  };
};
