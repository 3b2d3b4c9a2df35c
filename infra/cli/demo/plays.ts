import type { Handoff } from '../../../shared/domain/handoff.ts';
import { DAY, HOUR } from '../../../shared/domain/time.ts';
import type { LocalEnvironment } from '../local-environment.ts';
import {
  accept,
  acceptByMail,
  answerByBus,
  confirmOptIn,
  contact,
  heldHandoffs,
  qualify,
  reject,
} from './answers.ts';

/** Something people do, so long after the start of the play. */
export type Scene = Readonly<{ afterMs: number; act: (environment: LocalEnvironment) => Promise<void> }>;

const every = (n: number, handoffs: readonly Handoff[], from = 0): readonly Handoff[] =>
  handoffs.filter((_, i) => i % n === from);

/** They keep in touch with whom they took on, and qualify some. */
const contactAll: Scene = {
  afterMs: DAY + 3 * HOUR,
  act: async (environment) => answerByBus(environment, await heldHandoffs(environment, 'accepted'), contact),
};
const qualifySome: Scene = {
  afterMs: 4 * DAY,
  act: async (environment) =>
    answerByBus(environment, every(3, await heldHandoffs(environment, 'accepted')), qualify),
};

/**
 * John and Johanna. She confirms her opt-in and is taken on in time; his lead lies until the managers have been told,
 * and is taken on late.
 */
export const storyPlay: readonly Scene[] = [
  {
    afterMs: 0,
    act: async (environment) => {
      await acceptByMail(environment, 3, (subject) => !/John|Johanna/.test(subject));
      const open = await heldHandoffs(environment, 'open');
      const others = open.filter((handoff) => !isProtagonists(handoff));
      await answerByBus(environment, every(4, others), accept);
      await answerByBus(environment, every(4, others, 1), reject);
    },
  },
  {
    afterMs: 2 * HOUR,
    act: async (environment) => {
      await confirmOptIn(environment, (address) => address.startsWith('johanna.'));
    },
  },
  {
    afterMs: 7 * HOUR,
    act: async (environment) => {
      await acceptByMail(environment, 1, (subject) => subject.includes('Johanna'));
    },
  },
  contactAll,
  qualifySome,
  {
    afterMs: 4 * DAY + HOUR,
    act: async (environment) => {
      await acceptByMail(environment, 1, (subject) => /John /.test(subject));
    },
  },
];

/** Imported leads: a part is taken on at once, by mail and by the CRM, a part is rejected, a part is answered late. */
export const inputPlay: readonly Scene[] = [
  {
    afterMs: 0,
    act: async (environment) => {
      await acceptByMail(environment, 5, () => true);
      const open = await heldHandoffs(environment, 'open');
      await answerByBus(environment, every(5, open), accept);
      await answerByBus(environment, every(5, open, 1), reject);
    },
  },
  contactAll,
  {
    afterMs: 2 * DAY,
    act: async (environment) =>
      answerByBus(environment, every(4, await heldHandoffs(environment, 'open')), accept),
  },
  qualifySome,
];

/** The two who have a part of their own; their engagements and companies name them. */
const isProtagonists = ({ cause, companyDomain = '' }: Handoff): boolean =>
  cause.id.startsWith('story-joh') || /northwind|seilwerk/.test(companyDomain);
