import type { PersonalContact } from '../../shared/domain/contact-kinds.ts';
import type { Locale } from '../../shared/domain/locale.ts';

const contactKinds: Readonly<Record<'en' | 'de', Readonly<Record<PersonalContact, string>>>> = {
  en: { call: 'A call', email: 'A mail that I wrote myself', meeting: 'A meeting' },
  de: { call: 'Ein Anruf', email: 'Eine selbst geschriebene E-Mail', meeting: 'Ein Treffen' },
};

const en = {
  lead: 'A lead',
  leadFrom: (company: string) => `A lead from ${company}`,
  answerBy: (time: string) => `Please answer by ${time}.`,
  wasDue: (time: string) => `An answer was due by ${time}.`,
  accept: 'Accept',
  acceptMeans: 'You take this lead on. It is no promise that it will buy.',
  reject: 'Reject',
  whyReject: 'Why?',
  until: 'Until when?',
  note: 'In a few words',
  accepted: 'You have accepted this lead.',
  contactBy: (time: string) => `Please contact it by ${time}.`,
  noted: 'That is noted.',
  contact: 'Note a contact',
  contactHow: 'How did you try to reach it?',
  contactKinds: contactKinds.en,
  contactButton: 'Note it',
  contacted: (times: number, last: string) =>
    `${times === 1 ? 'One attempt' : `${times} attempts`} to reach it, the last on ${last}.`,
  contactMeanwhile: 'Another contact was noted meanwhile. If yours is a further one, please note it again.',
  attemptsNeeded: (more: number, from: string | undefined) =>
    `not yet: ${[
      ...(more === 0
        ? []
        : [more === 1 ? 'after one more attempt to reach it' : `after ${more} more attempts to reach it`]),
      ...(from === undefined ? [] : [`not before ${from}`]),
    ].join(', ')}`,
  qualify: 'What do you know?',
  qualifyNote: 'Note',
  qualifyMeans: 'As soon as enough is met, this lead is qualified (SQL) and gets no more marketing.',
  qualifyButton: 'Save',
  concluded: 'Concluded from profile and forms; saving confirms it.',
  saidBy: (who: string, at: string, noted: boolean) => `${who}, ${at}${noted ? ', with a note' : ''}`,
  missing: (names: string, more: number) =>
    `To be an SQL, still to be met: ${[
      ...(names === '' ? [] : [names]),
      ...(more === 0 ? [] : [more === 1 ? 'one more' : `${more} more`]),
    ].join(' and ')}.`,
  against: (names: string) => `Speaks against it: ${names}.`,
  notKnown: 'Please say first what is asked here.',
  notMet: 'Something speaks against this lead: please reject it for that reason.',
  changedMind: 'Give it back',
  pause: 'Put the next deadlines off',
  pauseMeans: (deadlines: string) => `Once, with a reason. What waits until then: ${deadlines}.`,
  pauseFor: 'Until when?',
  pauseWhy: 'Why?',
  pauseButton: 'Put off',
  paused: (time: string) => `The next deadlines were put off until ${time}.`,
  pausedBefore: 'They were put off before; that is possible once.',
  pauseTooLong: 'Please choose one of the times.',
  rejected: (reason: string, consequence: string) =>
    `You have rejected this lead (${reason}): ${consequence}.`,
  already: 'That was recorded before; nothing has changed.',
  passedOn: 'Thank you. It goes to somebody else; the clock keeps running.',
  reassigned: (name: string) => `This lead is with ${name} now. There is nothing more for you to do.`,
  withdrawn: 'This lead has gone another way meanwhile. There is nothing more for you to do.',
  qualified: 'This lead is qualified. There is nothing more to answer here.',
  pulledBack: 'This lead went back to nurture, because nobody answered in time.',
  notYours: 'This handoff cannot be answered any more.',
  back: 'back to nurture, and may come again at any time',
  backUntil: (date: string) => `back to nurture until ${date}`,
  backUntilNamed: 'back to nurture until the day you name',
  disqualified: 'never offered to sales again, unless it asks',
  reroute: 'goes to a colleague; the clock keeps running',
  needsReason: 'Please choose a reason.',
  needsHow: 'Please choose how.',
  reasonNotYet: 'That reason is not possible yet.',
  needsUntil: 'Please name a day within the next two years.',
  needsNote: 'Please say in a few words why.',
  expiredTitle: 'This link has expired',
  expired: 'Please open the newest mail about this lead and use the link in it.',
  invalidTitle: 'This link does not work',
  invalid: 'Perhaps it was cut off on its way. Please open it again from the mail.',
  methodTitle: 'Not like this',
  method: 'This page can only be opened and answered.',
  failedTitle: 'That did not work',
  failed:
    'Something went wrong on our side, and your answer may not have been recorded. Please try again in a moment.',
};

export type AnswerWords = typeof en;

const de: AnswerWords = {
  lead: 'Ein Lead',
  leadFrom: (company) => `Ein Lead von ${company}`,
  answerBy: (time) => `Bitte bis ${time} antworten.`,
  wasDue: (time) => `Eine Antwort war bis ${time} fällig.`,
  accept: 'Annehmen',
  acceptMeans: 'Sie übernehmen diesen Lead. Dass er kauft, ist damit nicht versprochen.',
  reject: 'Ablehnen',
  whyReject: 'Warum?',
  until: 'Bis wann?',
  note: 'In wenigen Worten',
  accepted: 'Sie haben diesen Lead angenommen.',
  contactBy: (time) => `Bitte bis ${time} Kontakt aufnehmen.`,
  noted: 'Das ist vermerkt.',
  contact: 'Einen Kontakt vermerken',
  contactHow: 'Wie haben Sie es versucht?',
  contactKinds: contactKinds.de,
  contactButton: 'Vermerken',
  contacted: (times, last) =>
    `${times === 1 ? 'Ein Kontaktversuch' : `${times} Kontaktversuche`}, der letzte: ${last}.`,
  contactMeanwhile:
    'Inzwischen wurde ein anderer Kontakt vermerkt. Wenn Ihrer ein weiterer ist, vermerken Sie ihn bitte noch einmal.',
  attemptsNeeded: (more, from) =>
    `noch nicht: ${[
      ...(more === 0
        ? []
        : [
            more === 1
              ? 'erst nach einem weiteren Kontaktversuch'
              : `erst nach ${more} weiteren Kontaktversuchen`,
          ]),
      ...(from === undefined ? [] : [`nicht vor dem ${from}`]),
    ].join(', ')}`,
  qualify: 'Was wissen Sie?',
  qualifyNote: 'Notiz',
  qualifyMeans:
    'Sobald genug erfüllt ist, ist dieser Lead qualifiziert (SQL) und bekommt keine Werbung mehr.',
  qualifyButton: 'Speichern',
  concluded: 'Aus Profil und Formularen geschlossen; Speichern bestätigt es.',
  saidBy: (who, at, noted) => `${who}, ${at}${noted ? ', mit Notiz' : ''}`,
  missing: (names, more) =>
    `Zum SQL muss noch erfüllt sein: ${[
      ...(names === '' ? [] : [names]),
      ...(more === 0 ? [] : [more === 1 ? 'ein weiteres' : `${more} weitere`]),
    ].join(' und ')}.`,
  against: (names) => `Dagegen spricht: ${names}.`,
  notKnown: 'Bitte beantworten Sie zuerst, was hier gefragt ist.',
  notMet: 'Etwas spricht gegen diesen Lead: Bitte lehnen Sie ihn aus diesem Grund ab.',
  changedMind: 'Zurückgeben',
  pause: 'Die nächsten Fristen aufschieben',
  pauseMeans: (deadlines) => `Einmal und mit Begründung. So lange wartet: ${deadlines}.`,
  pauseFor: 'Bis wann?',
  pauseWhy: 'Warum?',
  pauseButton: 'Aufschieben',
  paused: (time) => `Die nächsten Fristen sind aufgeschoben bis ${time}.`,
  pausedBefore: 'Sie wurden schon einmal aufgeschoben; mehr geht nicht.',
  pauseTooLong: 'Bitte wählen Sie eine der Zeiten.',
  rejected: (reason, consequence) => `Sie haben diesen Lead abgelehnt (${reason}): ${consequence}.`,
  already: 'Das war schon vermerkt; es hat sich nichts geändert.',
  passedOn: 'Danke. Der Lead geht an jemand anderen; die Frist läuft weiter.',
  reassigned: (name) => `Dieser Lead liegt jetzt bei ${name}. Für Sie ist nichts mehr zu tun.`,
  withdrawn: 'Dieser Lead ist inzwischen einen anderen Weg gegangen. Für Sie ist nichts mehr zu tun.',
  qualified: 'Dieser Lead ist qualifiziert. Hier ist nichts mehr zu beantworten.',
  pulledBack: 'Dieser Lead ist zurück im Nurturing, weil niemand rechtzeitig geantwortet hat.',
  notYours: 'Diese Übergabe kann nicht mehr beantwortet werden.',
  back: 'zurück ins Nurturing, kann jederzeit wiederkommen',
  backUntil: (date) => `zurück ins Nurturing bis ${date}`,
  backUntilNamed: 'zurück ins Nurturing bis zu dem Tag, den Sie nennen',
  disqualified: 'wird dem Vertrieb nicht mehr angeboten, außer der Lead fragt selbst',
  reroute: 'geht an jemand anderen im Team; die Frist läuft weiter',
  needsReason: 'Bitte wählen Sie einen Grund.',
  needsHow: 'Bitte wählen Sie, wie.',
  reasonNotYet: 'Dieser Grund ist noch nicht möglich.',
  needsUntil: 'Bitte nennen Sie einen Tag innerhalb der nächsten zwei Jahre.',
  needsNote: 'Bitte sagen Sie in wenigen Worten, warum.',
  expiredTitle: 'Dieser Link ist abgelaufen',
  expired: 'Bitte öffnen Sie die neueste E-Mail zu diesem Lead und nutzen Sie deren Link.',
  invalidTitle: 'Dieser Link funktioniert nicht',
  invalid: 'Vielleicht wurde er unterwegs abgeschnitten. Bitte öffnen Sie ihn noch einmal aus der E-Mail.',
  methodTitle: 'So geht das nicht',
  method: 'Diese Seite kann man nur öffnen und beantworten.',
  failedTitle: 'Das hat nicht geklappt',
  failed:
    'Bei uns ist etwas schiefgegangen, Ihre Antwort ist vielleicht nicht vermerkt. Bitte versuchen Sie es gleich noch einmal.',
};

export const answerWords = (locale: Locale): AnswerWords => (locale === 'de' ? de : en);
