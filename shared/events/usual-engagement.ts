import { EMAIL_REGEX } from 'valibot';
import { idPattern } from './define-event.ts';

/** Words in small letters with hyphens between them. */
export const kindPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Written as an instant is, on a day that there is in every year. */
const usualInstant =
  /^\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)T(?:[01]\d|2[0-3])(?::[0-5]\d){2}\.\d{3}Z$/;

/**
 * Whether an engagement is written in the way in which nearly all are: then its schema would return it as it is, and need
 * not be asked, which takes several times longer. Whatever else it may be, right or wrong, the schema says.
 */
export const isUsualEngagement = (detail: unknown): boolean => {
  if (!isPlainObject(detail)) return false;
  for (const name in detail) if (!isUsualPart(name, detail[name])) return false;
  return detail.id !== undefined && detail.kind !== undefined && detail.lead !== undefined;
};

const isUsualPart = (name: string, value: unknown): boolean => {
  switch (name) {
    case 'id':
      return typeof value === 'string' && idPattern.test(value);
    case 'kind':
      return typeof value === 'string' && value.length <= 64 && kindPattern.test(value);
    case 'occurredAt':
      return typeof value === 'string' && usualInstant.test(value);
    case 'lead':
      return isUsualLead(value);
    case 'source':
      return isUsualSource(value);
    case 'properties':
      return areUsualProperties(value);
    default:
      return false;
  }
};

/** With one name. Several would be put into an order. */
const isUsualLead = (lead: unknown): boolean => {
  if (!isPlainObject(lead)) return false;
  let names = 0;
  for (const name in lead) {
    const value = lead[name];
    if (typeof value !== 'string') return false;
    if (name === 'email' ? value.length > 254 || !EMAIL_REGEX.test(value) : !isIdOf(name, value))
      return false;
    names++;
  }
  return names === 1;
};

const isIdOf = (name: string, value: string): boolean =>
  (name === 'userId' || name === 'anonymousId') && idPattern.test(value);

const isUsualSource = (source: unknown): boolean => {
  if (!isPlainObject(source)) return false;
  for (const name in source) {
    const value = source[name];
    if (typeof value !== 'string' || value.length > 200) return false;
    if (!sourceNames.has(name)) return false;
  }
  return true;
};
const sourceNames: ReadonlySet<string> = new Set(['origin', 'referrer', 'landingPage']);

const areUsualProperties = (properties: unknown): boolean => {
  if (!isPlainObject(properties)) return false;
  let count = 0;
  for (const name in properties) {
    if (++count > 50 || name.length > 100 || leftOut.has(name)) return false;
    const value = properties[name];
    if (typeof value === 'string' ? value.length > 2000 : !isNumberOrFlag(value)) return false;
  }
  return true;
};
/** A schema leaves these out of a record. */
const leftOut: ReadonlySet<string> = new Set(['__proto__', 'prototype', 'constructor']);

const isNumberOrFlag = (value: unknown): boolean =>
  typeof value === 'number' ? Number.isFinite(value) : typeof value === 'boolean';

const isPlainObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
