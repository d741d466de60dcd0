const WINDOW_MS = 10_000;
const ENOUGH_MS = 2_500;

/** Tells how long the rest takes from what left in the last ten seconds; silent until it has seen enough. */
export class Speedometer {
  private marks: { at: number; sent: number }[] = [];

  note(sent: number, at: number): void {
    const last = this.marks.at(-1);
    // After a break the count may begin anew from what the server has really kept.
    if (last && sent < last.sent) this.marks = [];
    this.marks.push({ at, sent });
    const first = this.marks.findIndex((mark) => mark.at >= at - WINDOW_MS);
    if (first > 0) this.marks = this.marks.slice(first);
  }

  /** Seconds for the bytes that are left, or null while nobody can say. */
  secondsFor(left: number): number | null {
    const first = this.marks[0];
    const last = this.marks.at(-1);
    if (!first || !last || last.at - first.at < ENOUGH_MS || last.sent <= first.sent) return null;
    return Math.ceil((left * (last.at - first.at)) / (last.sent - first.sent) / 1000);
  }

  forget(): void {
    this.marks = [];
  }
}
