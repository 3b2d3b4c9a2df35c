import type { Locale } from '../domain/locale.ts';
import type { MailVariables } from './render-mail.ts';

/** What a mail to a lead may say. `null`: not known, or not for this mail. */
export type LeadMailVariables = MailVariables &
  Readonly<{
    /** A whole line without its comma: `Guten Tag Johanna Weber`, `Hello`. */
    salutation: string;
    /** Who in sales takes care of the lead. */
    repName: string | null;
    /** By when they promised to get in touch, in words, in the lead's time zone. */
    promisedTime: string | null;
    confirmUrl: string | null;
    unsubscribeUrl: string | null;
    companyName: string;
    companyParticulars: string;
  }>;

/** All of them, none known: what a text must be able to do with. */
export const noLeadMailVariables = (locale: Locale): LeadMailVariables => ({
  salutation: locale === 'de' ? 'Guten Tag' : 'Hello',
  repName: null,
  promisedTime: null,
  confirmUrl: null,
  unsubscribeUrl: null,
  companyName: '',
  companyParticulars: '',
});

export const leadMailVariableNames: readonly string[] = Object.keys(noLeadMailVariables('en'));
