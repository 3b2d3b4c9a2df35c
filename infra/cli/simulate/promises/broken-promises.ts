import type { PlayedSeed } from '../play-seed.ts';
import type { Broken } from './broken.ts';
import { escalationPromises } from './escalations.ts';
import { handoffPromises } from './handoffs.ts';
import { leftoverPromises } from './leftovers.ts';
import { mailPromises } from './mails.ts';
import { patiencePromises } from './patience.ts';
import { scorePromises } from './scores.ts';
import { staffPromises } from './staff.ts';

/** Every promise that a history broke, judged from what was sent, told and mailed, and from what the tables say in the end. */
export const brokenPromises = async (played: PlayedSeed): Promise<readonly Broken[]> => [
  ...(await scorePromises(played)),
  ...escalationPromises(played),
  ...handoffPromises(played),
  ...patiencePromises(played),
  ...staffPromises(played),
  ...mailPromises(played),
  ...leftoverPromises(played),
];
