/** A request of another system. Whoever may not make it was turned away before. */
export type ApiCall = Readonly<{
  /** Of the path, as the route names them. */
  parameters: Readonly<Record<string, string>>;
  /** As sent, as text; undefined: larger than an API takes. */
  body: string | undefined;
}>;

export type ApiAnswer = Readonly<{ status: number; body: Readonly<Record<string, unknown>> }>;

/** By method and path with its parameters: `GET /api/handoffs/{id}`. */
export type ApiRoutes = Readonly<Record<string, (call: ApiCall) => Promise<ApiAnswer>>>;

/** For programs and for whoever writes them: nothing of what was sent is repeated in it. */
export type ApiError = Readonly<{
  /** Never changes. */
  code: string;
  message: string;
  /** What the caller can do about it. */
  remedy: string;
  /** Path and what is wrong there; never the value. */
  reasons?: readonly string[];
}>;

/** `more`: what the caller needs to go on, besides the error. */
export const apiError = (
  status: number,
  error: ApiError,
  more: Readonly<Record<string, unknown>> = {},
): ApiAnswer => ({ status, body: { error, ...more } });
