/** The letter on the key that was pressed, whatever the layout: о of the Russian and Kazakh layouts stands on j. */
export const letterOf = (event: Pick<KeyboardEvent, "key" | "code">): string => {
  if (/^[a-z]$/i.test(event.key)) return event.key.toLowerCase();
  return /^Key[A-Z]$/.test(event.code) ? event.code.slice(3).toLowerCase() : "";
};

/** The slash of a search: on its own key, or typed with another layout. */
export const isSlash = (event: Pick<KeyboardEvent, "key" | "code" | "shiftKey">): boolean =>
  event.key === "/" || (event.code === "Slash" && !event.shiftKey);

/** The question mark: Shift and the slash key, or Shift and 7 where the layout has it there. */
export const isQuestion = (event: Pick<KeyboardEvent, "key" | "code" | "shiftKey">): boolean =>
  event.key === "?" || (event.shiftKey && (event.code === "Slash" || event.code === "Digit7"));

export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));

/** Whether a window lies over the page, so that keys belong to it. */
export const isCovered = (): boolean => document.querySelector('[role="dialog"][data-state="open"]') !== null;
