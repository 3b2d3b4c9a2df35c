import { InvalidArgumentError } from '@commander-js/extra-typings';

export const count = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('Write a whole number from 1.');
  return value;
};

/** Leads a minute: `30`, `30/min` or `30 per minute`. */
export const rate = (text: string): number => count(text.replace(/\s*(\/\s*min|per minute)$/, ''));

export const port = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 65_535)
    throw new InvalidArgumentError('Write a port from 1 to 65535.');
  return value;
};
