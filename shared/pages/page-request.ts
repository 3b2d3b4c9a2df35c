export type PageRequest = Readonly<{
  method: string;
  path: string;
  query: URLSearchParams;
  /** The posted form; empty for other methods and types of content. */
  form: URLSearchParams;
  /** The browser's `Accept-Language`. */
  language?: string;
}>;

export type PageResponse = Readonly<{
  status: number;
  html: string;
  headers?: Readonly<Record<string, string>>;
}>;
