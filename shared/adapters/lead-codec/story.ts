import * as v from 'valibot';
import { type Lead, leadStorySchema } from '../../domain/lead.ts';
import { once } from '../../domain/once.ts';
import { milestones } from './milestones.ts';

/** Of a lead's story what has an attribute, bytes or an item of its own. */
const elsewhere = ['stage', 'stageAt', 'furthest', 'verdicts', ...milestones] as const;
const restSchema = once(() => v.omit(leadStorySchema(), elsewhere));
type Rest = v.InferOutput<ReturnType<typeof restSchema>>;
// They are the schema's own.
const parts = once(() => Object.keys(restSchema().entries) as (keyof Rest)[]);

/** The rest of a lead's story as JSON, as people read it too; undefined: there is nothing of it. */
export const restOfStory = (lead: Lead): string | undefined => {
  const rest: Record<string, unknown> = {};
  let isEmpty = true;
  for (const part of parts()) {
    const value = lead[part];
    if (value === undefined) continue;
    rest[part] = value;
    isEmpty = false;
  }
  return isEmpty ? undefined : JSON.stringify(rest);
};

export const readRestOfStory = (json: string | undefined): Rest =>
  json === undefined ? {} : v.parse(restSchema(), JSON.parse(json));
