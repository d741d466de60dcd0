/** Reads a Kazakhstan number (`8 701 …`, `+7 (701) …`, `701…`) into `+7XXXXXXXXXX`; null when digits are missing or too many. */
export const parseTypedPhone = (typed: string): string | null => {
  if (/[^\d+\s().\-\u00a0]/.test(typed)) return null;
  const digits = typed.replace(/\D/g, "");
  if (digits.length === 10 && digits.startsWith("7")) return `+7${digits}`;
  if (digits.length === 11 && (digits.startsWith("7") || digits.startsWith("8")))
    return `+7${digits.slice(1)}`;
  return null;
};

/** Shows `+7 701 234 56 78` while a number is typed; foreign or broken input stays as typed. */
export const maskTypedPhone = (typed: string): string => {
  if (/[^\d+\s().\-\u00a0]/.test(typed)) return typed;
  const digits = typed.replace(/\D/g, "");
  if (digits === "") return typed.startsWith("+") ? "+" : "";
  const isLocal = digits.startsWith("7") || digits.startsWith("8");
  if (!isLocal || digits.length > 11) return typed;
  const typedWithoutPrefix =
    digits.startsWith("7") && !typed.trim().startsWith("+") && /^7\d/.test(digits) && digits.length <= 10;
  const local = typedWithoutPrefix ? digits : digits.slice(1);
  const parts = [local.slice(0, 3), local.slice(3, 6), local.slice(6, 8), local.slice(8, 10)].filter(Boolean);
  return ["+7", ...parts].join(" ");
};
