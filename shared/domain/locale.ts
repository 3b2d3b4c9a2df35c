/** Languages that Baton speaks to leads and staff. */
export const locales = ['en', 'de'] as const;
export type Locale = (typeof locales)[number];

/** A text in each of them. */
export type Localised = Readonly<Record<Locale, string>>;

/** de-AT -> de; anything that is not spoken here -> en. */
export const localeOf = (language: string | undefined): Locale => {
  const primary = language?.toLowerCase().split(/[-_]/)[0];
  return locales.find((locale) => locale === primary) ?? 'en';
};
