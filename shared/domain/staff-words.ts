import type { DeadlineName, PlannedTier } from './handoff.ts';
import type { Localised } from './locale.ts';

/** What must be done in time. */
export const deadlineWords: Readonly<Record<DeadlineName, Localised>> = {
  accept: { en: 'Acceptance', de: 'Annahme' },
  firstContact: { en: 'First contact', de: 'Erstkontakt' },
  qualify: { en: 'Qualification', de: 'Qualifizierung' },
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
