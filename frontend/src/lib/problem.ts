export interface FieldError {
  pointer: string;
  code: string;
  detail: string;
  [extra: string]: unknown;
}

interface ProblemBody {
  code?: unknown;
  title?: unknown;
  detail?: unknown;
  instance?: unknown;
  errors?: unknown;
  [extra: string]: unknown;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

const text = (value: unknown): string => (typeof value === "string" ? value : "");

const readErrors = (value: unknown): FieldError[] =>
  Array.isArray(value)
    ? value.filter(isRecord).map((item) => ({
        ...item,
        pointer: text(item.pointer),
        code: text(item.code),
        detail: text(item.detail),
      }))
    : [];

/** The API's one error shape (RFC 9457). `status` 0 with code `network` means that no answer came. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly requestId: string;
  readonly errors: readonly FieldError[];
  readonly extra: Readonly<Record<string, unknown>>;
  /** When the same may be tried again, in milliseconds of this device's clock; null when nobody said. */
  readonly retryAt: number | null;

  constructor(
    readonly status: number,
    body: ProblemBody,
    retryAfterSeconds: number | null = null,
  ) {
    super(text(body.detail) || text(body.title) || text(body.code) || `HTTP ${status}`);
    this.code = text(body.code) || (status === 0 ? "network" : `http_${status}`);
    this.title = text(body.title);
    this.detail = text(body.detail);
    this.requestId = text(body.instance);
    this.errors = readErrors(body.errors);
    this.extra = body;
    this.retryAt = retryAfterSeconds === null ? null : Date.now() + retryAfterSeconds * 1000;
  }

  static async fromResponse(response: Response): Promise<Problem> {
    const body: unknown = await response.json().catch(() => ({}));
    const wait = Number.parseInt(response.headers.get("Retry-After") ?? "", 10);
    return new Problem(response.status, isRecord(body) ? body : {}, Number.isNaN(wait) ? null : wait);
  }

  static network(): Problem {
    return new Problem(0, { code: "network" });
  }

  /** The error that points at one field (`/code`), if any. */
  fieldError(pointer: string): FieldError | undefined {
    return this.errors.find((error) => error.pointer === pointer);
  }

  /** Tries left after a wrong code, wherever the server put the number. */
  triesLeft(pointer: string): number | null {
    const candidates = [this.fieldError(pointer)?.tries_left, this.extra.tries_left];
    const found = candidates.find((value) => typeof value === "number");
    return typeof found === "number" ? found : null;
  }
}

export const isProblem = (error: unknown): error is Problem => error instanceof Problem;

export const hasCode = (error: unknown, ...codes: string[]): boolean =>
  isProblem(error) && codes.includes(error.code);
