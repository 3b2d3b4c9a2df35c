import type { ApiError } from '../../shared/api/api-call.ts';
import type { Refusal } from '../../shared/domain/answered.ts';
import type { ManageRefusal } from '../../shared/domain/handoff-manage.ts';

type Explained = Readonly<{ status: 409 | 422 } & Omit<ApiError, 'code'>>;

const lookAgain = 'Read the handoff again: `handoff` is how it stands.';

/** 409: as the handoff stands, it cannot be. 422: whatever it stands like, not in these words. */
export const refusalErrors: Readonly<Record<Refusal | ManageRefusal, Explained>> = {
  reassigned: { status: 409, message: 'Somebody else holds it by now.', remedy: lookAgain },
  'not-holder': {
    status: 409,
    message: 'The person is neither its holder nor one of its managers.',
    remedy: 'Let its holder or a manager answer: `handoff` names them.',
  },
  closed: {
    status: 409,
    message: 'It is closed.',
    remedy: 'Nothing is to be done: `handoff` says how it ended.',
  },
  'not-accepted': {
    status: 409,
    message: 'Nobody has accepted it yet.',
    remedy: 'Accept it first, with an id of its own.',
  },
  accepted: {
    status: 409,
    message: 'What was accepted is not passed on as misrouted.',
    remedy: 'Reject it for another reason, or qualify it.',
  },
  'unknown-reason': {
    status: 422,
    message: 'The policy has no such reason.',
    remedy: 'Take one of the list `reject` of the policy in force (npx baton policy check).',
  },
  'until-needed': {
    status: 422,
    message: 'This reason needs `until`, within the next two years.',
    remedy: 'Say when the lead is to be asked again.',
  },
  'note-needed': { status: 422, message: 'This needs a reason in words.', remedy: 'Send a note.' },
  'pause-too-long': {
    status: 422,
    message: 'The pause is over already, or longer than the policy allows.',
    remedy: 'Choose an earlier `until` in the future (sla.pause.atMost of the policy).',
  },
  'paused-before': { status: 409, message: 'It was paused before.', remedy: 'It can be paused once only.' },
  'not-known': {
    status: 422,
    message: 'The policy wants more to be known of the lead first.',
    remedy: 'Send what is known in `qualification` (npx baton policy check says what is needed).',
  },
  'not-met': {
    status: 422,
    message: 'Something speaks against the lead.',
    remedy: 'Reject it with its reason, or send what has changed in `qualification`.',
  },
  'not-in-this-stage': {
    status: 409,
    message: 'The reason is none for this stage.',
    remedy: 'Take another reason of the list `reject` of the policy in force.',
  },
  'attempts-needed': {
    status: 409,
    message: 'There were too few attempts to reach the lead, or in too short a time.',
    remedy: 'Send each attempt as a `contact`; try again when the policy is met.',
  },
  'not-manager': {
    status: 409,
    message: 'The person is not, or no longer, a manager of its team.',
    remedy: 'Let a manager act: `handoff` names them.',
  },
  answered: { status: 409, message: 'It was answered meanwhile.', remedy: lookAgain },
  moved: { status: 409, message: 'Somebody else holds it by now.', remedy: lookAgain },
  'no-colleague': {
    status: 422,
    message: 'That is no colleague of its team who could take it.',
    remedy: 'Give it to another member of the team (GET /api/roster).',
  },
  'no-such-time': {
    status: 422,
    message: 'The time is not later than what they have, or beyond what the policy lets a manager give.',
    remedy: 'Choose another `until` (sla.giveUntil.atMost of the policy).',
  },
  'given-before': {
    status: 409,
    message: 'This holder was given more time before.',
    remedy: 'Give it to a colleague, or take it.',
  },
  asked: {
    status: 409,
    message: 'Somebody who asks to talk is never sent back to marketing.',
    remedy: 'Give it to a colleague, or take it.',
  },
  'id-reused': {
    status: 409,
    message: 'Another command of yours had this id.',
    remedy: 'Give each command an id of its own, and repeat it only word for word.',
  },
};
