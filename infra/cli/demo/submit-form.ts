/** A page did not say what a browser needs to go on. */
export class PageError extends Error {
  override readonly name = 'PageError';
}

/**
 * What a person does with a link from a mail: opens it, and sends the form that is there; of each choice that it asks for
 * they take the first. `gone`: the page says that there is nothing left to answer.
 * @throws PageError if a page is refused otherwise, or has no form.
 */
export const submitForm = async (link: string): Promise<'sent' | 'gone'> => {
  const opened = await fetch(link);
  if (opened.status === 410) return 'gone';
  const page = await opened.text();
  if (!opened.ok) throw new PageError(`a page behind a link answered ${opened.status}`);
  const form = /<form\b([^>]*)>([\s\S]*?)<\/form>/i.exec(page);
  if (form === null) throw new PageError('a page behind a link has no form to answer with');
  const action = attribute(form[1] ?? '', 'action');
  const sent = await fetch(action === undefined ? link : new URL(action, link), {
    method: 'POST',
    body: new URLSearchParams(fieldsOf(form[2] ?? '')),
  });
  if (!sent.ok) throw new PageError(`a form was refused with ${sent.status}`);
  return 'sent';
};

const fieldsOf = (form: string): Readonly<Record<string, string>> => {
  const fields: Record<string, string> = {};
  for (const [, attributes = ''] of form.matchAll(/<(?:input|button)\b([^>]*)>/gi)) {
    const name = attribute(attributes, 'name');
    const type = attribute(attributes, 'type');
    const isAsked = type === 'hidden' || (type === 'radio' && /\brequired\b/i.test(attributes));
    if (name !== undefined && isAsked) fields[name] ??= attribute(attributes, 'value') ?? '';
  }
  return fields;
};

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
