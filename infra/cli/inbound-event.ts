/** An event of a producer, to be put on the bus: not validated, for a part of them is wrong on purpose. */
export type InboundEvent = Readonly<{ type: string; detail: Readonly<Record<string, unknown>> }>;

/** The id under which its producer knows it. */
export const eventId = ({ detail }: InboundEvent): string | undefined =>
  typeof detail.id === 'string' ? detail.id : undefined;

/** Who it is about, as its producer names them. */
export const leadOf = ({ detail: { lead } }: InboundEvent): string | undefined => {
  if (typeof lead !== 'object' || lead === null) return undefined;
  const named = Object.entries(lead).find(([, name]) => typeof name === 'string');
  return named === undefined ? undefined : String(named[1]);
};
