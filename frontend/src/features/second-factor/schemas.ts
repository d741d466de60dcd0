import * as z from "zod/mini";

/** A name is optional: without one the server takes a plain one. */
export const passkeyNameSchema = z.object({ name: z.string().check(z.trim(), z.maxLength(80)) });
