import { type Locale, localeOf, locales } from '../domain/locale.ts';

/** The first language of a browser's `Accept-Language`, by its weights, that Baton speaks; else English. */
export const preferredLocale = (acceptLanguage: string | undefined): Locale => {
  const ranked = (acceptLanguage ?? '')
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [language = '', ...parameters] = part.trim().split(';');
      const weight = /^\s*q=([\d.]+)/.exec(parameters.join(';'))?.[1];
      return { language: language.trim().toLowerCase(), weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  const spoken = ranked.find(({ language }) => locales.some((locale) => language.split('-')[0] === locale));
  return localeOf(spoken?.language);
};
