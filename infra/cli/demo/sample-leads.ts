import { DAY, HOUR, MINUTE } from '../../../shared/domain/time.ts';
import type { StoryLead } from './story-lead.ts';

type Did = StoryLead['did'][number];

const did = (kind: string, agoMs: number, asset?: string): Did =>
  asset === undefined ? { kind, agoMs } : { kind, agoMs, asset };

const lead = (
  email: string,
  language: 'en' | 'de',
  traits: StoryLead['traits'],
  things: readonly Did[],
  consent?: StoryLead['consent'],
): StoryLead => ({
  email,
  traits: { language, ...traits },
  ...(consent === undefined ? {} : { consent }),
  did: things,
});

const manager = { role: 'manager', industry: 'software', country: 'GB', employees: 120 };
const leiterin = { role: 'head', industry: 'manufacturing', country: 'AT', employees: 180 };
const demo = [did('page-viewed', 40 * MINUTE), did('demo-requested', 20 * MINUTE)];
const reader = [
  did('case-study-viewed', 9 * DAY, 'a'),
  did('case-study-viewed', 5 * DAY, 'b'),
  did('case-study-viewed', HOUR, 'c'),
  did('page-viewed', 9 * DAY),
  did('page-viewed', 5 * DAY),
  did('page-viewed', HOUR),
];

/** Twenty more: those who ask, who qualify by points, who never will, and who are nobody's lead. */
export const sampleLeads: readonly StoryLead[] = [
  // They ask, and fit: hot.
  lead('amy.cole@harbour-systems.example', 'en', { firstName: 'Amy', ...manager, employees: 4200 }, demo),
  lead('bob.dean@millbrook-data.example', 'en', { firstName: 'Bob', ...manager }, demo),
  lead('carl.ernst@bergbau-technik.example', 'de', { firstName: 'Carl', ...leiterin }, demo, 'double-opt-in'),
  lead('dora.frey@alpenlogistik.example', 'de', { firstName: 'Dora', ...leiterin, employees: 1800 }, [
    did('quote-requested', 30 * MINUTE),
  ]),
  // They ask, and hardly fit: answered all the same.
  lead('ed.garner@gmail.com', 'en', { firstName: 'Ed' }, [did('demo-requested', 15 * MINUTE)]),
  lead('fay.hill@corner-shop.example', 'en', { firstName: 'Fay', employees: 4, country: 'GB' }, [
    did('detailed-inquiry', 3 * DAY),
  ]),
  // They qualify by points.
  lead('greg.innes@riverton.example', 'en', { firstName: 'Greg', ...manager }, reader, 'opt-in'),
  lead('hedi.jost@wollwerk.example', 'de', { firstName: 'Hedi', ...leiterin }, reader, 'double-opt-in'),
  lead(
    'ivy.kent@oakfield.example',
    'en',
    { firstName: 'Ivy', ...manager, role: 'ceo' },
    [
      did('pricing-viewed', 3 * DAY),
      did('pricing-viewed', 2 * HOUR),
      did('page-viewed', 3 * DAY),
      did('page-viewed', 2 * HOUR),
    ],
    'opt-in',
  ),
  lead(
    'jack.lowe@stonebridge.example',
    'en',
    { firstName: 'Jack', ...manager, role: 'director' },
    [
      did('webinar-registered', 8 * DAY, 'handoff-live'),
      did('webinar-attended', DAY, 'handoff-live'),
      did('content-downloaded', HOUR, 'checklist'),
    ],
    'opt-in',
  ),
  lead('kim.moor@stonebridge.example', 'en', { firstName: 'Kim', ...manager }, [
    did('webinar-attended', DAY, 'handoff-live'),
    did('content-downloaded', 2 * HOUR, 'checklist'),
    did('pricing-viewed', HOUR),
  ]),
  // Not yet.
  lead(
    'lee.nash@newfield.example',
    'en',
    { firstName: 'Lee', ...manager },
    [did('page-viewed', 50 * MINUTE)],
    'opt-in',
  ),
  lead('mia.otto@papierhaus.example', 'de', { firstName: 'Mia', ...leiterin }, [
    did('newsletter-subscribed', 5 * HOUR),
    // Nobody gives points for it; it is counted all the same.
    did('video-watched', 4 * HOUR),
  ]),
  lead('ned.page@import-only.example', 'en', { firstName: 'Ned', ...manager }, [did('email-opened', DAY)]),
  // Never: too small to be called, no fit, a job hunter, a student.
  lead(
    'ola.quist@two-of-us.example',
    'en',
    { firstName: 'Ola', ...manager, employees: 2, role: 'ceo' },
    reader,
    'opt-in',
  ),
  lead('pia.roth@web.de', 'de', { firstName: 'Pia', role: 'specialist' }, [
    did('content-downloaded', 3 * DAY, 'a'),
    did('content-downloaded', 2 * DAY, 'b'),
    did('content-downloaded', DAY, 'c'),
  ]),
  lead('quinn.rudd@jobseeker.example', 'en', { firstName: 'Quinn', ...manager }, [
    did('careers-viewed', 2 * HOUR),
    did('page-viewed', HOUR),
  ]),
  lead('ruth.sommer@uni-beispiel.example', 'de', { firstName: 'Ruth', role: 'student', country: 'DE' }, [
    did('content-downloaded', 5 * HOUR, 'a'),
    did('detailed-inquiry', 4 * HOUR),
  ]),
  // Their contact forms say more.
  {
    ...lead('sam.tate@brightwater.example', 'en', { firstName: 'Sam', ...manager, employees: 2500 }, []),
    did: [
      {
        kind: 'consultation-requested',
        agoMs: 25 * MINUTE,
        answers: { challenge: 'leads wait for days', budget: 'planned', timeline: 'this quarter' },
      },
    ],
  },
  {
    ...lead('uwe.vetter@kranbau-nord.example', 'de', { firstName: 'Uwe', ...leiterin, country: 'DE' }, []),
    did: [{ kind: 'detailed-inquiry', agoMs: 2 * DAY, answers: { challenge: 'Anfragen bleiben liegen' } }],
  },
];
