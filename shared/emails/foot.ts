import type { Locale } from '../domain/locale.ts';

const words: Readonly<Record<Locale, Readonly<{ why: string; unsubscribe: string }>>> = {
  en: {
    why: 'You receive this mail because you agreed to hear from us.',
    unsubscribe: 'Unsubscribe',
  },
  de: {
    why: 'Sie erhalten diese E-Mail, weil Sie zugestimmt haben, von uns zu hören.',
    unsubscribe: 'Abmelden',
  },
};

/** Under every mail to leads. The unsubscribe line stands wherever the mail has a link for it: in all of marketing. */
export const footOf = (locale: Locale): string =>
  `{% if unsubscribeUrl %}<p>${words[locale].why} <a href="{{ unsubscribeUrl }}">${words[locale].unsubscribe}</a></p>{% endif %}` +
  '<p>{{ companyParticulars }}</p>';
