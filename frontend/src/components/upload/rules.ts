/** What may be given at one place; the server stays the judge and looks at the content itself. */
export interface FileRules {
  /** MIME types; the endings go into the file dialog as well, because some phones know no types. */
  types: readonly string[];
  endings: readonly string[];
  maxBytes: number;
  /** How many files may be given at once. */
  maxFiles: number;
}

export type FileTrouble = "empty" | "type" | "size";

const MEGABYTE = 1024 * 1024;
const OFFICE = "application/vnd.openxmlformats-officedocument";

const SCANS = {
  types: ["application/pdf", "image/jpeg", "image/png"],
  endings: [".pdf", ".jpg", ".jpeg", ".png"],
} as const;

/** A paper of the borrower, a licence, a power of attorney: a scan or a photo. */
export const PAPER_RULES: FileRules = { ...SCANS, maxBytes: 10 * MEGABYTE, maxFiles: 1 };

/** A paper that a creditor asked for: its own limit is higher. */
export const ANSWER_PAPER_RULES: FileRules = { ...SCANS, maxBytes: 15 * MEGABYTE, maxFiles: 1 };

/** The letter or the schedule that a creditor sends with an answer. */
export const ANSWER_RULES: FileRules = {
  types: [...SCANS.types, `${OFFICE}.wordprocessingml.document`],
  endings: [...SCANS.endings, ".docx"],
  maxBytes: 15 * MEGABYTE,
  maxFiles: 1,
};

/** Files of a comment: whatever people of a case pass to each other. */
export const COMMENT_RULES: FileRules = {
  types: [
    ...SCANS.types,
    "image/webp",
    "image/heic",
    `${OFFICE}.wordprocessingml.document`,
    `${OFFICE}.spreadsheetml.sheet`,
    "text/plain",
  ],
  endings: [...SCANS.endings, ".webp", ".heic", ".docx", ".xlsx", ".txt"],
  maxBytes: 10 * MEGABYTE,
  maxFiles: 5,
};

/** What a person can mend about a chosen file, or null. */
export const troubleOf = (
  file: { name: string; size: number; type: string },
  rules: FileRules,
): FileTrouble | null => {
  if (file.size === 0) return "empty";
  const name = file.name.toLowerCase();
  const isKnown = rules.types.includes(file.type) || rules.endings.some((ending) => name.endsWith(ending));
  if (!isKnown) return "type";
  return file.size > rules.maxBytes ? "size" : null;
};

/** For the file dialog of the browser. */
export const acceptOf = (rules: FileRules): string => [...rules.types, ...rules.endings].join(",");

/** Kinds in words that people know: PDF, JPG, PNG. */
export const kindsOf = (rules: FileRules): string =>
  rules.endings
    .filter((ending) => ending !== ".jpeg")
    .map((ending) => ending.slice(1).toUpperCase())
    .join(", ");
