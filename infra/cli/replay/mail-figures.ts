import type { StampedFact } from '../../../shared/events/facts.ts';
import type { Mailer } from '../../../shared/ports.ts';
import { countOne } from './weeks.ts';

/** What became of one step of a campaign. */
export type StepFigures = Readonly<{
  campaign: string;
  step: string;
  stream: string;
  sent: number;
  /** By reason. */
  skipped: Readonly<Record<string, number>>;
}>;

export type MailFigures = Readonly<{
  campaigns: readonly StepFigures[];
  /** Mails to sales, by their text. */
  internal: Readonly<Record<string, number>>;
}>;

/** Counts mails: those to leads by the facts about them, those to sales as they leave. Keeps none of them. */
export const mailCounter = () => {
  const steps = new Map<
    string,
    Omit<StepFigures, 'skipped'> & { sent: number; skipped: Map<string, number> }
  >();
  const internal = new Map<string, number>();
  let sent = 0;

  const stepOf = ({ campaign, step, stream }: Pick<StepFigures, 'campaign' | 'step' | 'stream'>) => {
    const key = `${campaign} ${step}`;
    const known = steps.get(key) ?? { campaign, step, stream, sent: 0, skipped: new Map<string, number>() };
    steps.set(key, known);
    return known;
  };

  const mailer: Mailer = {
    async send({ stream, tags }) {
      if (stream === 'internal') countOne(internal, tags.text ?? '');
      return { type: 'sent', messageId: `m-${++sent}` };
    },
  };
  return {
    mailer,
    hear(fact: StampedFact): void {
      if (fact.type === 'NurtureMailSent') stepOf(fact).sent++;
      if (fact.type === 'NurtureMailSkipped') countOne(stepOf(fact).skipped, fact.reason);
    },
    figures: (): MailFigures => ({
      campaigns: [...steps]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, step]) => ({ ...step, skipped: sorted(step.skipped) })),
      internal: sorted(internal),
    }),
  };
};

const sorted = (counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> =>
  Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
