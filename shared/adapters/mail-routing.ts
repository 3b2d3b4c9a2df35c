/** Who may get mail from an environment: only production writes to whom it pleases. */
export type MailRouting = Readonly<{
  mode: 'redirect' | 'allow-list' | 'live';
  /** `redirect`: one address. `allow-list`: domains, or whole addresses, with commas between them. */
  to: string;
}>;

export type Route = Readonly<
  | { type: 'to'; to: string; headers: Readonly<Record<string, string>> }
  | { type: 'refused' | 'paused'; code: string }
>;

/** What the variables of the environment say. */
export const mailRoutingOf = (
  env: Readonly<{ MAIL_MODE: MailRouting['mode']; MAIL_TO: string }>,
): MailRouting => ({
  mode: env.MAIL_MODE,
  to: env.MAIL_TO,
});

/** Where a mail really goes. A mode without its addresses sends nothing, rather than to strangers. */
export const routeMail = (to: string, routing: MailRouting): Route => {
  const allowed = routing.to
    .split(',')
    .map((entry) => entry.trim().toLowerCase().replace(/^@/, ''))
    .filter((entry) => entry !== '');
  switch (routing.mode) {
    case 'live':
      return { type: 'to', to, headers: {} };
    case 'redirect': {
      const target = routing.to.trim();
      return target === ''
        ? { type: 'paused', code: 'no-redirect-address' }
        : { type: 'to', to: target, headers: { 'X-Original-To': to } };
    }
    case 'allow-list': {
      const address = to.toLowerCase();
      const domain = address.slice(address.lastIndexOf('@') + 1);
      return allowed.includes(domain) || allowed.includes(address)
        ? { type: 'to', to, headers: {} }
        : { type: 'refused', code: 'not-on-allow-list' };
    }
  }
};
