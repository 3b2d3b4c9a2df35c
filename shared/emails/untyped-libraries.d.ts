/** What we use of two libraries that bring no types. */
declare module 'mjml' {
  const mjml2html: (
    source: string,
    options: Readonly<{ validationLevel: 'strict'; keepComments: boolean; fonts: Record<string, string> }>,
  ) => Promise<Readonly<{ html: string }>>;
  // biome-ignore lint/style/noDefaultExport: it is the library's only export.
  export default mjml2html;
}

declare module 'html-to-text' {
  export const convert: (
    html: string,
    options: Readonly<{
      wordwrap: false;
      selectors: readonly Readonly<{ selector: string; options: Readonly<Record<string, unknown>> }>[];
    }>,
  ) => string;
}
