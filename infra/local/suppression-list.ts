import * as v from 'valibot';

const entrySchema = v.object({ EmailAddress: v.string(), Reason: v.picklist(['BOUNCE', 'COMPLAINT']) });

export type SuppressionAnswer = Readonly<{ status: number; body: unknown; error?: string }>;

/** The account's suppression list of SES v2, which the emulator does not have. */
export type SuppressionList = Readonly<{
  has(address: string): boolean;
  /** Undefined: not a call of the suppression list. */
  answer(method: string, path: string, body: Uint8Array): SuppressionAnswer | undefined;
}>;

const root = '/v2/email/suppression/addresses';

export const suppressionList = (nowMs: () => number): SuppressionList => {
  const entries = new Map<string, { EmailAddress: string; Reason: string; LastUpdateTime: number }>();

  const one = (method: string, address: string): SuppressionAnswer => {
    const entry = entries.get(address.toLowerCase());
    if (entry === undefined)
      return { status: 404, error: 'NotFoundException', body: { message: 'Address is not suppressed.' } };
    if (method === 'DELETE') entries.delete(address.toLowerCase());
    return { status: 200, body: method === 'DELETE' ? {} : { SuppressedDestination: entry } };
  };

  const put = (body: Uint8Array): SuppressionAnswer => {
    const parsed = v.safeParse(entrySchema, JSON.parse(Buffer.from(body).toString() || 'null'));
    if (!parsed.success)
      return { status: 400, error: 'BadRequestException', body: { message: parsed.issues[0].message } };
    const { EmailAddress, Reason } = parsed.output;
    const LastUpdateTime = nowMs() / 1000;
    entries.set(EmailAddress.toLowerCase(), { EmailAddress, Reason, LastUpdateTime });
    return { status: 200, body: {} };
  };

  return {
    has: (address) => entries.has(address.toLowerCase()),
    answer: (method, path, body) => {
      const [pathname = '', query = ''] = path.split('?');
      if (pathname !== root && !pathname.startsWith(`${root}/`)) return undefined;
      if (pathname !== root) return one(method, decodeURIComponent(pathname.slice(root.length + 1)));
      if (method === 'PUT') return put(body);
      const reasons = new URLSearchParams(query).getAll('Reason');
      const found = [...entries.values()].filter(
        ({ Reason }) => reasons.length === 0 || reasons.includes(Reason),
      );
      return { status: 200, body: { SuppressedDestinationSummaries: found } };
    },
  };
};
