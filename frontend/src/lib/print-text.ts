const FRAME_LIFE_MS = 60_000;

/** Prints a heading and lines alone, without the page around them. */
export const printText = (title: string, lines: readonly string[]): void => {
  const frame = document.createElement("iframe");
  frame.title = title;
  frame.style.position = "fixed";
  frame.style.width = "0";
  frame.style.height = "0";
  frame.style.border = "0";
  document.body.append(frame);
  const page = frame.contentDocument;
  if (!page || !frame.contentWindow) return frame.remove();
  page.title = title;
  const heading = page.createElement("h1");
  heading.textContent = title;
  const list = page.createElement("pre");
  list.textContent = lines.join("\n");
  list.style.fontSize = "16pt";
  page.body.append(heading, list);
  frame.contentWindow.print();
  // Some browsers print after the call has returned.
  setTimeout(() => frame.remove(), FRAME_LIFE_MS);
};

/** Hands over a text file that was never on a server. */
export const downloadText = (name: string, text: string): void => {
  const link = document.createElement("a");
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), FRAME_LIFE_MS);
};
