/** Something that the palette can do: go somewhere, or do something here. */
export interface Command {
  id: string;
  /** What it is, in words; found by any of them. */
  title: string;
  /** The group under which it stands. */
  group: string;
  /** Keys that do the same without the palette, to learn from. */
  keys?: string;
  run: () => void;
}

const LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбю";

/** The same presses in the other layout: «ltkf» is «дела». */
export const otherLayout = (text: string): string =>
  [...text.toLowerCase()]
    .map((char) => {
      const [latin, russian] = [LATIN.indexOf(char), RUSSIAN.indexOf(char)];
      return latin >= 0 ? (RUSSIAN[latin] ?? char) : russian >= 0 ? (LATIN[russian] ?? char) : char;
    })
    .join("");

const fits = (title: string, words: string): boolean =>
  words.split(/\s+/).every((word) => title.toLowerCase().includes(word));

/** Commands that have every word that was typed, in any layout. */
export const matching = (commands: readonly Command[], typed: string): Command[] => {
  const words = typed.trim().toLowerCase();
  if (words === "") return [...commands];
  return commands.filter(({ title }) => fits(title, words) || fits(title, otherLayout(words)));
};
