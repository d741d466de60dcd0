const FIRST_WEIGHTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const SECOND_WEIGHTS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];

const weigh = (digits: readonly number[], weights: readonly number[]) =>
  weights.reduce((sum, weight, index) => sum + weight * (digits[index] ?? 0), 0) % 11;

const checkDigit = (digits: readonly number[]): number => {
  const first = weigh(digits, FIRST_WEIGHTS);
  return first === 10 ? weigh(digits, SECOND_WEIGHTS) : first;
};

const hasRealBirthDate = (digits: string): boolean => {
  const century = { "1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000 }[digits.charAt(6)];
  if (century === undefined) return digits.charAt(6) === "0";
  const [year, month, day] = [
    century + Number(digits.slice(0, 2)),
    Number(digits.slice(2, 4)),
    Number(digits.slice(4, 6)),
  ];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getTime() <= Date.now();
};

export type IinProblem = "length" | "not_digits" | "invalid";

/** What a person can mend about a typed ИИН; null when nothing is seen. The server stays the judge. */
export const iinProblem = (typed: string): IinProblem | null => {
  const text = typed.replace(/[\s\u00a0-]/g, "");
  if (/\D/.test(text)) return "not_digits";
  if (text.length !== 12) return "length";
  const digits = [...text].map(Number);
  const isRight = checkDigit(digits) === digits[11] && hasRealBirthDate(text);
  return isRight ? null : "invalid";
};

export const compactDigits = (typed: string): string => typed.replace(/[\s\u00a0-]/g, "");
