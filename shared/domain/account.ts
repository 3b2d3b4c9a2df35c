import * as v from 'valibot';
import { once } from './once.ts';

/** What the CRM knows of a company; one item per company, keyed by its domain. */
export const accountSchema = once(() =>
  v.object({
    status: v.picklist(['none', 'prospect', 'customer']),
    owner: v.optional(v.string()),
    openDeal: v.boolean(),
    at: v.string(),
  }),
);
export type Account = Readonly<v.InferOutput<ReturnType<typeof accountSchema>>>;
