"use client";

import { useMedia } from "@/lib/use-media";

/** A phone or a tablet: no program of a computer runs there. A laptop with a touch screen has a mouse before the finger. */
export const usePhone = (): boolean => useMedia("(pointer: coarse)");
