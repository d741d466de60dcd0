const NBSP = "\u00a0";

/** Largest sum that a form takes: 10 billion tenge. */
const MAX_TENGE_DIGITS = 11;

/**
 * Reads a sum of tenge as a person types or pastes it (`1 234 567,50 ₸`, `1,234,567.50`, `1234567`) into integer tiyn.
 * Null when it is no sum. A last separator followed by one or two digits is the decimal mark; all others group thousands.
 */
export const parseTypedMoney = (typed: string): number | null => {
  const text = typed.replace(/[\s\u00a0\u202f'’₸]|тг\.?|тенге|теңге|tenge|kzt/gi, "");
  const match = /^(\d{1,3}(?:[.,]\d{3})+|\d+)(?:[.,](\d{1,2}))?$/.exec(text);
  if (!match?.[1]) return null;
  const whole = match[1].replace(/[.,]/g, "").replace(/^0+(?=\d)/, "");
  if (whole.length > MAX_TENGE_DIGITS) return null;
  return Number(whole) * 100 + Number((match[2] ?? "").padEnd(2, "0"));
};

/** Groups thousands while typing; a comma with up to two digits may follow. Text that is no sum stays as typed. */
export const groupTypedMoney = (typed: string): string => {
  const compact = typed.replace(/[\s\u00a0\u202f]/g, "");
  const match = /^(\d+)(?:([.,])(\d{0,2}))?$/.exec(compact);
  if (match?.[1]) {
    const whole = match[1].replace(/\B(?=(\d{3})+(?!\d))/g, NBSP);
    return match[2] ? `${whole},${match[3] ?? ""}` : whole;
  }
  const tiyn = parseTypedMoney(typed);
  return tiyn === null ? typed : tiynToTyped(tiyn);
};

export const tiynToTyped = (tiyn: number): string => {
  const whole = String(Math.floor(tiyn / 100)).replace(/\B(?=(\d{3})+(?!\d))/g, NBSP);
  const rest = tiyn % 100;
  return rest === 0 ? whole : `${whole},${String(rest).padStart(2, "0")}`;
};
