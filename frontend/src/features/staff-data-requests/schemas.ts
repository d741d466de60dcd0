import * as z from "zod/mini";

import { chosen, reasonText } from "@/lib/form-rules";

export const startSchema = z.object({ kind: chosen(), reason: reasonText() });
