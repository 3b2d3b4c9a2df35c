import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { locales } from '../../../shared/domain/locale.ts';
import { compileTexts } from '../../../shared/emails/compile-texts.ts';
import { type LeadMailVariables, noLeadMailVariables } from '../../../shared/emails/lead-mail-variables.ts';
import { renderMail } from '../../../shared/emails/render-mail.ts';
import { defaultPolicy } from '../../support/default-policy.ts';

const texts = await compileTexts();
const { campaigns } = defaultPolicy();

const evil = `<b>"O'Neill" & Söhne</b>\r\nBcc: x@y.example {{ salutation }}`;
const full = (marketing: boolean): LeadMailVariables => ({
  salutation: `Hello ${evil}`,
  repName: evil,
  promisedTime: evil,
  confirmUrl: 'https://x.example/consent/confirm?t=v3.local.abc',
  unsubscribeUrl: marketing ? 'https://x.example/unsubscribe?t=v3.local.abc' : null,
  companyName: evil,
  companyParticulars: evil,
});

const cases = Object.values(campaigns).flatMap(({ stream, steps }) =>
  steps.flatMap(({ send }) => locales.map((locale) => [send, locale, stream === 'marketing'] as const)),
);

const linksOf = (html: string) =>
  [...html.matchAll(/<a\b[^>]*?href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/g)].map(([, href = '', label = '']) => ({
    href: href.replaceAll('&amp;', '&'),
    label,
  }));

describe('the texts of the default campaigns', () => {
  it.each(cases)('%s.%s renders with all that may be known', (name, locale, marketing) => {
    const mail = renderMail(texts[name]![locale], full(marketing));
    expect(mail.subject).not.toMatch(/[\r\n]/);
    expect(mail.html).not.toContain('<b>"O\'Neill');
    // What came in as a variable is never read as a template.
    expect(mail.text.match(/\{\{ salutation \}\}/g)?.length).toBeGreaterThan(0);
    expect(mail.html).toContain(`<html lang="${locale}"`);
    expect(Buffer.byteLength(mail.html)).toBeLessThan(40_000);
    expect(mail.html).not.toMatch(/fonts\.googleapis|<img|<script/);
    for (const { href, label } of linksOf(mail.html)) {
      expect(href).toMatch(/^https:\/\//);
      expect(label.trim()).not.toBe('');
      expect(mail.text).toContain(href);
    }
  });

  it.each(cases)('%s.%s renders with as little as possible', (name, locale, marketing) => {
    const variables = {
      ...noLeadMailVariables(locale),
      ...(name === 'confirm-opt-in' ? { confirmUrl: 'https://x.example/c' } : {}),
    };
    const mail = renderMail(texts[name]![locale], variables);
    expect(mail.text).not.toMatch(/null|undefined|\{\{|\{%|qblockq|qoutputq|\n{3}/);
    expect(mail.html).not.toMatch(/>null<|undefined|\{\{|\{%|qblockq|qoutputq/);
    expect(mail.text.startsWith(locale === 'de' ? 'Guten Tag,' : 'Hello,')).toBe(true);
    expect(mail.html.includes('/unsubscribe')).toBe(false);
    expect(marketing ? name : '').not.toBe('request-received');
  });

  it.each(cases)('%s.%s shows the way out in marketing, and only there', (name, locale, marketing) => {
    const mail = renderMail(texts[name]![locale], full(marketing));
    expect(linksOf(mail.html).some(({ href }) => href.includes('/unsubscribe'))).toBe(marketing);
    expect(mail.text.includes('/unsubscribe')).toBe(marketing);
  });

  it('fit into a policy with room to spare', () => {
    // It is stored compressed, in one item of at most 400 KB.
    expect(gzipSync(JSON.stringify(texts)).length).toBeLessThan(100_000);
  });
});

describe('renderMail', () => {
  const text = {
    subject: 'Hi {{ name }}',
    preheader: '',
    html: '<a href="{{ url }}">{{ name }}</a>',
    text: '{{ name }}',
  };

  it('throws if a variable is missing', () => {
    expect(() => renderMail(text, { url: 'https://x.example' })).toThrow('name');
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', '//x.example', '', ' https://x.example'])(
    'refuses a link to %j',
    (url) => {
      expect(() => renderMail(text, { url, name: 'x' })).toThrow(TypeError);
    },
  );

  it('escapes in html alone, and keeps a subject one line', () => {
    const mail = renderMail(text, { url: 'https://x.example/?a="b"&c', name: 'A & B\r\n\u2028Bcc: <c>' });
    expect(mail.subject).toBe('Hi A & B Bcc: <c>');
    expect(mail.html).toContain('href="https://x.example/?a=&#34;b&#34;&amp;c"');
    expect(mail.html).toContain('&lt;c&gt;');
    expect(mail.text).toContain('<c>');
  });
});
