import { Liquid } from 'liquidjs';
import type { Locale } from '../domain/locale.ts';

/** Output is escaped by default; an unknown variable or filter throws. */
const engine = new Liquid({
  outputEscape: 'escape',
  strictVariables: true,
  strictFilters: true,
  locale: 'en',
  timezoneOffset: 0,
});

const layout = `<!doctype html>
<html lang="{{ locale }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }}</title>
<style>
:root { color-scheme: light dark; --ink: #1b2430; --paper: #f6f7f9; --card: #fff; --line: #d5dbe3; --act: #0b57d0; --act-ink: #fff; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ecf2; --paper: #12161c; --card: #1b212a; --line: #3a4452; --act: #8ab4f8; --act-ink: #0b1524; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 17px/1.5 system-ui, sans-serif; }
main { width: min(34rem, 100% - 1.5rem); margin: 6vh auto; padding: 1.5rem; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
h1 { font-size: 1.35rem; line-height: 1.25; margin: 0 0 .75rem; }
fieldset { border: 1px solid var(--line); border-radius: 8px; margin: 1rem 0; padding: .75rem 1rem; }
label { display: block; padding: .35rem 0; }
fieldset label { padding-left: 1.75rem; }
fieldset label.plain { padding-left: 0; }
fieldset input[type=radio] { margin: 0 .35rem 0 -1.75rem; width: 1.15rem; height: 1.15rem; vertical-align: -.15rem; }
fieldset small { display: block; }
details { margin-top: 1.25rem; }
summary { padding: .35rem 0; cursor: pointer; }
textarea, input[type=date], input[type=text], select { width: 100%; font: inherit; padding: .5rem; border: 1px solid var(--line); border-radius: 6px; background: var(--paper); color: inherit; }
button { font: inherit; font-weight: 600; padding: .7rem 1.2rem; border: 0; border-radius: 8px; background: var(--act); color: var(--act-ink); cursor: pointer; }
button:focus-visible, :focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
small { color: inherit; opacity: .75; }
</style>
</head>
<body><main>BODY</main></body>
</html>`;

/**
 * One page, whole. `body` is a Liquid template of ours; whatever comes from outside goes in as a variable and is escaped.
 * @throws if the template names a variable that is not given.
 */
export const renderPage = (
  body: string,
  variables: Readonly<{ locale: Locale; title: string } & Record<string, unknown>>,
): string =>
  engine.parseAndRenderSync(
    layout.replace('BODY', () => body),
    variables,
  );
