import { isProblem } from "@/lib/problem";

/** What the server says about one field of a form, by the last part of its address. */
export const fieldError = (error: unknown, name: string): string | undefined =>
  isProblem(error) ? error.errors.find(({ pointer }) => pointer === `/${name}`)?.detail : undefined;

/** Whether every word of the error stands at a field that the form has. */
export const isAtFields = (error: unknown, names: readonly string[]): boolean =>
  isProblem(error) &&
  error.errors.length > 0 &&
  error.errors.every(({ pointer }) => names.includes(pointer.slice(1)));
