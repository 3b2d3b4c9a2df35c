import type { DeadlineName, PlannedTier } from './handoff.ts';
import type { Localised } from './locale.ts';
import type { Criterion, Judgement } from './qualification.ts';

/** What must be done in time. */
export const deadlineWords: Readonly<Record<DeadlineName, Localised>> = {
  accept: { en: 'Acceptance', de: 'Annahme' },
  firstContact: { en: 'First contact', de: 'Erstkontakt' },
  qualify: { en: 'Qualification', de: 'Qualifizierung' },
};

export const criterionWords: Readonly<Record<Criterion, Localised>> = {
  budget: { en: 'Budget', de: 'Budget' },
  authority: { en: 'Authority', de: 'Entscheidungsbefugnis' },
  need: { en: 'Need', de: 'Bedarf' },
  timeline: { en: 'Timeline', de: 'Zeitplan' },
  location: { en: 'Location', de: 'Standort' },
};

/** What a rep is to find out. */
export const criterionQuestions: Readonly<Record<Criterion, Localised>> = {
  budget: { en: 'Is there money for it?', de: 'Ist Geld dafür da?' },
  authority: {
    en: 'Do they decide, or bring in those who do?',
    de: 'Entscheidet diese Person, oder holt sie die dazu, die entscheiden?',
  },
  need: { en: 'Do they have a problem that we solve?', de: 'Gibt es ein Problem, das wir lösen?' },
  timeline: { en: 'Is it to happen soon enough?', de: 'Soll es bald genug geschehen?' },
  location: { en: 'Is it where we sell?', de: 'Ist es dort, wo wir verkaufen?' },
};

export const judgementWords: Readonly<Record<Judgement, Localised>> = {
  met: { en: 'met', de: 'erfüllt' },
  'not-met': { en: 'not met', de: 'nicht erfüllt' },
  unknown: { en: 'not known yet', de: 'noch unbekannt' },
};

/** What happens next if nobody acts. */
export const nextStepWords: Readonly<Record<PlannedTier['do'], Localised>> = {
  remind: { en: 'the rep is reminded', de: 'wird erinnert' },
  breach: { en: 'the deadline passes', de: 'läuft die Frist ab' },
  reassign: { en: 'it goes to another rep', de: 'geht der Lead an jemand anderen im Team' },
  escalate: { en: 'the next manager is told', de: 'wird die nächste Führungskraft informiert' },
  'pull-back': {
    en: 'the lead is pulled back from sales',
    de: 'wird der Lead dem Vertrieb wieder entzogen',
  },
};
