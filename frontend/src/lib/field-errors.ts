import { isProblem } from "@/lib/problem";

/** Words of the server for one field; `pointer` without its first slash, e.g. `terms/term_months`. */
export const errorAt = (error: unknown, pointer: string): string | undefined =>
  isProblem(error) ? error.errors.find((item) => item.pointer === `/${pointer}`)?.detail : undefined;

/** Whether every word of the server stands beside a field that is shown. */
export const isPlaced = (error: unknown, pointers: readonly string[]): boolean =>
  isProblem(error) &&
  error.errors.length > 0 &&
  error.errors.every((item) => pointers.some((pointer) => item.pointer.startsWith(`/${pointer}`)));
