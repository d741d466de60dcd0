import { describe, expect, test } from "vitest";

import { maskTypedDate, parseTypedDate, todayInAlmaty } from "./dates";
import { formatDate, formatDateTime, formatMoney, formatPhone } from "./format";
import { iinProblem } from "./iin";
import { groupTypedMoney, parseTypedMoney } from "./money";
import { maskTypedPhone, parseTypedPhone } from "./phone-number";

const plain = (text: string) => text.replaceAll("\u00a0", " ");

describe("dates", () => {
  test.each([
    ["22.10.2026", "2026-10-22"],
    ["1.2.2026", "2026-02-01"],
    ["22/10/26", "2026-10-22"],
    ["22102026", "2026-10-22"],
    [" 2026-10-22 ", "2026-10-22"],
    ["29.02.2024", "2024-02-29"],
    ["29.02.2026", null],
    ["31.04.2026", null],
    ["22.13.2026", null],
    ["вчера", null],
    ["", null],
  ])("%s is read as %s", (typed, expected) => expect(parseTypedDate(typed)).toBe(expected));

  test("dots appear while digits are typed and go away again", () => {
    expect(maskTypedDate("2", "")).toBe("2");
    expect(maskTypedDate("22", "2")).toBe("22.");
    expect(maskTypedDate("22.1", "22.")).toBe("22.1");
    expect(maskTypedDate("22.10", "22.1")).toBe("22.10.");
    expect(maskTypedDate("22.10", "22.10.")).toBe("22.10");
    expect(maskTypedDate("22102026", "")).toBe("22.10.2026");
    expect(maskTypedDate("22..", "22.")).toBe("22.");
  });

  test("a date typed with its own dots is left alone", () =>
    expect(maskTypedDate("1.2.2026", "1.2.202")).toBe("1.2.2026"));

  test("today follows Almaty, not the phone", () =>
    expect(todayInAlmaty(new Date("2026-11-24T19:30:00Z"))).toBe("2026-11-25"));

  test.each([
    ["ru", "23 ноября 2026 г."],
    ["kk", "2026 ж. 23 қараша"],
    ["en", "23 November 2026"],
  ] as const)("written in %s", (locale, expected) =>
    expect(plain(formatDate("2026-11-23", locale))).toBe(expected),
  );

  test.each([
    ["2026-11-23", "2026 ж. 23 қарашаға", "2026 ж. 23 қарашадан"],
    ["2026-09-01", "2026 ж. 1 қыркүйекке", "2026 ж. 1 қыркүйектен"],
    ["2026-04-05", "2026 ж. 5 сәуірге", "2026 ж. 5 сәуірден"],
    ["2026-10-05", "2026 ж. 5 қазанға", "2026 ж. 5 қазаннан"],
  ])("Kazakh endings of %s", (iso, until, from) => {
    expect(plain(formatDate(iso, "kk", "until"))).toBe(until);
    expect(plain(formatDate(iso, "kk", "from"))).toBe(from);
  });

  test("the day of a moment is the one in Almaty", () => {
    expect(plain(formatDate("2026-11-23T19:05:00Z", "ru"))).toBe("24 ноября 2026 г.");
    expect(plain(formatDate("2026-11-23T23:05:00+05:00", "ru"))).toBe("23 ноября 2026 г.");
  });

  test("a moment is shown by the Almaty clock", () =>
    expect(plain(formatDateTime("2026-11-23T19:05:00Z", "ru"))).toBe("24 ноября 2026 г., 00:05"));
});

describe("money", () => {
  test.each([
    ["1 234 567,50 ₸", 123456750],
    ["1,234,567.50", 123456750],
    ["1.234.567", 123456700],
    ["1234567", 123456700],
    ["150 000 тг", 15000000],
    ["0", 0],
    ["12,5", 1250],
    ["-5", null],
    ["сто", null],
    ["999999999999", null],
    ["", null],
  ])("%s is read as %s tiyn", (typed, expected) => expect(parseTypedMoney(typed)).toBe(expected));

  test.each([
    ["1234567", "1 234 567"],
    ["1234567,5", "1 234 567,5"],
    ["1,234,567.50", "1 234 567,50"],
    ["150 000 тг", "150 000"],
    ["сто", "сто"],
  ])("%s is grouped as %s", (typed, expected) => expect(plain(groupTypedMoney(typed))).toBe(expected));

  test("tiyn are shown only when there are some", () => {
    expect(plain(formatMoney(123456700))).toBe("1 234 567 ₸");
    expect(plain(formatMoney(123456750))).toBe("1 234 567,50 ₸");
  });
});

describe("phone numbers", () => {
  test.each([
    ["87011234567", "+77011234567"],
    ["+7 (701) 123-45-67", "+77011234567"],
    ["701 123 45 67", "+77011234567"],
    ["77011234567", "+77011234567"],
    ["+49 170 1234567", null],
    ["701123", null],
    ["7о11234567", null],
  ])("%s is read as %s", (typed, expected) => expect(parseTypedPhone(typed)).toBe(expected));

  test.each([
    ["87011234567", "+7 701 123 45 67"],
    ["+77011234567", "+7 701 123 45 67"],
    ["7011", "+7 701 1"],
    ["+7", "+7"],
    ["8", "+7"],
  ])("%s is masked as %s", (typed, expected) => expect(maskTypedPhone(typed)).toBe(expected));

  test("shown in groups", () => expect(plain(formatPhone("+77012345678"))).toBe("+7 701 234 56 78"));
});

describe("ИИН", () => {
  test.each([
    ["900101300007", null],
    ["900101 300811", null],
    ["011231600005", null],
    ["900101300008", "invalid"],
    ["901301300007", "invalid"],
    ["90010130000", "length"],
    ["9001013OOOO7", "not_digits"],
  ])("%s → %s", (typed, expected) => expect(iinProblem(typed)).toBe(expected));
});
