import { Liquid } from 'liquidjs';
import { hidesLiquid, isOneOutput, type LiquidTokens } from './liquid-tokens.ts';
import { InvalidTextError } from './text-source.ts';

const engine = new Liquid({ strictFilters: true });
const allowedTags = new Set(['if', 'elsif', 'else', 'endif', 'unless', 'endunless', 'for', 'endfor']);

/**
 * A template uses known variables and harmless tags only, and nothing that goes round the escaping.
 * @throws InvalidTextError
 */
export const checkTemplate = ({
  file,
  field,
  template,
  known,
}: Readonly<{ file: string; field: string; template: string; known: readonly string[] }>): void => {
  const refuse = (problem: string) => new InvalidTextError(file, field, problem);
  for (const [, tag] of template.matchAll(/\{%-?\s*(\w*)/g))
    if (tag === undefined || !allowedTags.has(tag)) throw refuse(`uses the tag "${tag ?? ''}"`);
  if (/\|\s*raw\b/.test(template)) throw refuse('uses the filter "raw"');
  for (const variable of variablesOf(template, refuse))
    if (!known.includes(variable)) throw refuse(`uses the variable "${variable}", which is not known`);
};

const variablesOf = (template: string, refuse: (problem: string) => Error): readonly string[] => {
  try {
    return engine.globalVariablesSync(engine.parse(template));
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : 'is not a template');
  }
};

/**
 * Where a link leads is written out, or is one whole variable. What the variable holds is checked when the mail is
 * rendered. @throws InvalidTextError
 */
export const checkLinks = (file: string, html: string, tokens: LiquidTokens): void => {
  for (const [, href = ''] of html.matchAll(/\bhref="([^"]*)"/g)) {
    const fine =
      /^(mailto|tel):/.test(href) || (hidesLiquid(href) ? isOneOutput(href) : /^https:/.test(href));
    if (!fine)
      throw new InvalidTextError(file, 'body', `has a link that is not allowed: ${tokens.show(href)}`);
  }
};
