/** A page did not say what a browser needs to go on. */
export class PageError extends Error {
  override readonly name = 'PageError';
}

/**
 * What a person does with a link from a mail: opens it, fills in the form and sends it. `fill` adds to what the form
 * has already.
 * @throws PageError if a page is refused, or has no form.
 */
export const submitForm = async (
  link: string,
  fill: Readonly<Record<string, string>> = {},
): Promise<string> => {
  const opened = await fetch(link);
  const page = await opened.text();
  if (!opened.ok) throw new PageError(`a page behind a link answered ${opened.status}`);
  const form = /<form\b([^>]*)>([\s\S]*?)<\/form>/i.exec(page);
  if (form === null) throw new PageError('a page behind a link has no form to answer with');
  const action = attribute(form[1] ?? '', 'action');
  const sent = await fetch(action === undefined ? link : new URL(action, link), {
    method: 'POST',
    body: new URLSearchParams({ ...hiddenFields(form[2] ?? ''), ...fill }),
  });
  if (!sent.ok) throw new PageError(`a form was refused with ${sent.status}`);
  return sent.text();
};

const hiddenFields = (form: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...form.matchAll(/<(?:input|button)\b([^>]*)>/gi)].flatMap(([, attributes = '']) => {
      const name = attribute(attributes, 'name');
      const isHidden = attribute(attributes, 'type') === 'hidden';
      return name !== undefined && isHidden ? [[name, attribute(attributes, 'value') ?? ''] as const] : [];
    }),
  );

const attribute = (attributes: string, name: string): string | undefined =>
  unescaped(new RegExp(`\\b${name}="([^"]*)"`, 'i').exec(attributes)?.[1]);

/** What HTML writes otherwise in an attribute. */
export const unescaped = <T extends string | undefined>(text: T): T =>
  // A replaced text is a text, and nothing stays nothing.
  text
    ?.replaceAll('&quot;', '"')
    .replaceAll('&#34;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&') as T;
