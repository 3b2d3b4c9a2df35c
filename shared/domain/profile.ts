import * as v from 'valibot';
import { once } from './once.ts';

const trait = <S extends v.GenericSchema>(value: S) => v.optional(v.object({ value, at: v.string() }));
const text = once(() => trait(v.string()));

/** Who a lead is. Each trait keeps its own time: an older one never replaces a newer. */
export const profileSchema = once(() =>
  v.object({
    email: text(),
    firstName: text(),
    lastName: text(),
    company: text(),
    employees: trait(v.number()),
    industry: text(),
    role: text(),
    country: text(),
    ageBand: text(),
    language: text(),
    timeZone: text(),
    phone: text(),
  }),
);
export type Profile = Readonly<v.InferOutput<ReturnType<typeof profileSchema>>>;
