import { useTranslations } from "next-intl";

// Reasons that say whose the rest of the code is, as the checker composes them.
const PREFIXES = ["timestamp_", "issuer_"] as const;

/** Words for a reason code of a check; undefined for a step that has nothing to say. */
export const useReasonText = () => {
  const t = useTranslations("signatureReasons");
  const known = (code: string): string | undefined => {
    const texts: (key: string) => string = (key) => t(key as never);
    return t.has(code as never) ? texts(code) : undefined;
  };
  return (code: string): string | undefined => {
    if (!code) return undefined;
    const whole = known(code);
    if (whole) return whole;
    for (const prefix of PREFIXES) {
      const rest = code.startsWith(prefix) ? known(code.slice(prefix.length)) : undefined;
      if (rest) return `${known(prefix) ?? ""}${rest}`;
    }
    return code;
  };
};
