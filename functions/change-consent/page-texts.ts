import type { Locale } from '../../shared/domain/locale.ts';

type Words = Readonly<{ title: string; text: string; button?: string }>;

const en = {
  askConfirm: {
    title: 'May we write to you?',
    text: 'With this button you agree to receive news from us by e-mail. You can end that at any time, in each of our mails.',
    button: 'Yes, write to me',
  },
  confirmed: { title: 'Thank you', text: 'Your address is confirmed. You will hear from us.' },
  superseded: {
    title: 'You have unsubscribed since then',
    text: 'After we sent you this link, mail to your address was ended. We keep to that. If you do want to hear from us, please subscribe again.',
  },
  expired: {
    title: 'This link has expired',
    text: 'It was valid for 30 days. Please subscribe again, and we will send you a new one.',
  },
  invalid: {
    title: 'This link does not work',
    text: 'Perhaps it was cut off on its way. Please open it again from the mail.',
  },
  askUnsubscribe: {
    title: 'Unsubscribe?',
    text: 'With this button you will get no more marketing mail from us. Answers to your own requests still reach you.',
    button: 'Unsubscribe',
  },
  unsubscribed: {
    title: 'You are unsubscribed',
    text: 'You will get no more marketing mail from us at this address.',
  },
  neutral: {
    title: 'Thank you',
    text: 'If this link belongs to a subscription, it has ended. Should you still get mail from us, please use the link in the latest one.',
  },
  method: { title: 'Not like this', text: 'This page can only be opened and confirmed.' },
  failed: {
    title: 'That did not work',
    text: 'Something went wrong on our side. Please try again in a moment.',
  },
} satisfies Record<string, Words>;

const de: Record<keyof typeof en, Words> = {
  askConfirm: {
    title: 'Dürfen wir Ihnen schreiben?',
    text: 'Mit diesem Knopf stimmen Sie zu, Neuigkeiten von uns per E-Mail zu erhalten. Sie können das jederzeit beenden, in jeder unserer E-Mails.',
    button: 'Ja, schreiben Sie mir',
  },
  confirmed: { title: 'Vielen Dank', text: 'Ihre Adresse ist bestätigt. Sie hören von uns.' },
  superseded: {
    title: 'Sie haben sich inzwischen abgemeldet',
    text: 'Nachdem wir Ihnen diesen Link geschickt haben, wurden E-Mails an Ihre Adresse beendet. Dabei bleibt es. Möchten Sie doch von uns hören, melden Sie sich bitte neu an.',
  },
  expired: {
    title: 'Dieser Link ist abgelaufen',
    text: 'Er galt 30 Tage. Bitte melden Sie sich noch einmal an, dann schicken wir Ihnen einen neuen.',
  },
  invalid: {
    title: 'Dieser Link funktioniert nicht',
    text: 'Vielleicht wurde er unterwegs abgeschnitten. Bitte öffnen Sie ihn noch einmal aus der E-Mail.',
  },
  askUnsubscribe: {
    title: 'Abmelden?',
    text: 'Mit diesem Knopf erhalten Sie keine Werbung mehr von uns. Antworten auf Ihre eigenen Anfragen erreichen Sie weiterhin.',
    button: 'Abmelden',
  },
  unsubscribed: {
    title: 'Sie sind abgemeldet',
    text: 'Sie erhalten an diese Adresse keine Werbung mehr von uns.',
  },
  neutral: {
    title: 'Vielen Dank',
    text: 'Falls dieser Link zu einem Abonnement gehört, ist es beendet. Sollten Sie weiter E-Mails von uns erhalten, nutzen Sie bitte den Link in der neuesten.',
  },
  method: { title: 'So geht das nicht', text: 'Diese Seite kann man nur öffnen und bestätigen.' },
  failed: {
    title: 'Das hat nicht geklappt',
    text: 'Bei uns ist etwas schiefgegangen. Bitte versuchen Sie es gleich noch einmal.',
  },
};

export type PageName = keyof typeof en;

export const pageWords = (name: PageName, locale: Locale): Words => (locale === 'de' ? de : en)[name];
