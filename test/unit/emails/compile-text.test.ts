import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { compileText } from '../../../shared/emails/compile-text.ts';
import { noLeadMailVariables } from '../../../shared/emails/lead-mail-variables.ts';
import { renderMail } from '../../../shared/emails/render-mail.ts';
import { InvalidTextError } from '../../../shared/emails/text-source.ts';

const layout = await readFile(new URL('../../../shared/emails/layout.mjml', import.meta.url), 'utf8');
const head = 'subject: Hello\npreheader: It is us\n';
const compile = (body: string, fields = head) =>
  compileText({ file: 'x.en.md', locale: 'en', source: `---\n${fields}---\n${body}\n`, layout });
const staff = `${head}layout: plain\nvariables: [lead, items, accept]\n`;

describe('compileText', () => {
  it.each([
    ['no front matter', 'hello', undefined, 'front matter'],
    ['no subject', 'hello', 'preheader: x\n', 'subject'],
    ['a subject of two lines', 'hello', 'subject: "a\\nb"\npreheader: x\n', 'subject'],
    ['an unknown field', 'hello', `${head}buton: x\n`, 'buton'],
    ['a field twice', 'hello', `${head}subject: again\n`, 'front matter'],
    ['no body', ' ', head, 'body'],
    ['an unknown variable', '{{ firstname }}', head, 'body: uses the variable "firstname"'],
    [
      'an unknown variable in the subject',
      'x',
      'subject: "{{ nme }}"\npreheader: x\n',
      'subject: uses the variable "nme"',
    ],
    ['an unknown variable in a condition', '{% if nme %}x{% endif %}', head, 'body'],
    ['a staff variable in a mail to leads', '{{ lead.name }}', head, 'body'],
    ['raw output', '{{ salutation | raw }}', head, 'uses the filter "raw"'],
    ['a raw block', '{% raw %}{{ x }}{% endraw %}', head, 'uses the tag "raw"'],
    ['a tag that sets variables', '{% assign a = 1 %}', head, 'uses the tag "assign"'],
    ['an unknown filter', '{{ salutation | shout }}', head, 'body'],
    ['a condition that does not end', '{% if repName %}x', head, 'body'],
    ['a button that leads nowhere', 'x', `${head}button: { label: a, url: ftp }\n`, 'button.url'],
    ['a button to plain http', 'x', `${head}button: { label: a, url: "http://x.example" }\n`, 'button.url'],
    ['a link to plain http', '[a](http://x.example)', head, 'has a link that is not allowed'],
    [
      'a link that is half a variable',
      '[a](https://x.example/{{ repName }})',
      head,
      'has a link that is not allowed',
    ],
  ])('refuses %s', async (_, body, fields, problem) => {
    const compiled =
      fields === undefined
        ? compileText({ file: 'x.en.md', locale: 'en', source: body, layout })
        : compile(body, fields);
    await expect(compiled).rejects.toThrow(InvalidTextError);
    await expect(compiled).rejects.toThrow('x.en.md');
    await expect(compiled).rejects.toThrow(problem);
  });

  it('does not let HTML or scripts of a text through', async () => {
    const { html } = await compile('<script>alert(1)</script> [a](javascript:alert(1))');
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('href="javascript');
  });

  it('keeps Liquid as it is, in text, links, attributes and lists', async () => {
    const { html, text } = await compile(
      'Dear {{ lead.name | default: "you" }}, [answer]({{ accept }})\n\n{% for item in items %}\n- *{{ item.label }}* & more\n{% endfor %}',
      `${staff}button: { label: "Go, {{ lead.name }}", url: accept }\n`,
    );
    const variables = {
      lead: { name: 'A & B' },
      items: [{ label: 'one' }, { label: '<2>' }],
      accept: 'https://x.example/?a=1&b=2',
    };
    const mail = renderMail({ subject: 's', preheader: 'p', html, text }, variables);
    expect(mail.html).toContain('Dear A &amp; B,');
    expect(mail.html).toContain('href="https://x.example/?a=1&amp;b=2"');
    expect(mail.html.match(/<li>/g)).toHaveLength(2);
    expect(mail.html).toContain('&lt;2&gt;');
    expect(mail.text).toContain('Dear A & B, answer <https://x.example/?a=1&b=2>');
    expect(mail.text).toContain('- one & more');
    expect(mail.text).toContain('Go, A & B:\nhttps://x.example/?a=1&b=2');
  });

  it('leaves no gap where a paragraph is not taken', async () => {
    const { html, text } = await compile('One.\n\n{% if repName %}\n\nTwo.\n\n{% endif %}\n\nThree.');
    const mail = renderMail({ subject: 's', preheader: 'p', html, text }, noLeadMailVariables('en'));
    expect(mail.text).toContain('One.\n\nThree.');
    expect(mail.html).not.toMatch(/<p>\s*<\/p>\s*<p>Three/);
  });

  it('takes files from Windows', async () => {
    const source = `\uFEFF---\r\n${head.replaceAll('\n', '\r\n')}---\r\nHello\r\n`;
    expect((await compileText({ file: 'x', locale: 'en', source, layout })).text).toContain('Hello');
  });

  it('refuses what Gmail would cut off', async () => {
    await expect(compile('long '.repeat(15_000))).rejects.toThrow('too long');
  });
});
