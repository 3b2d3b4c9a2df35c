/** How somebody in sales reaches a lead. */
export const personalContacts = ['call', 'email', 'meeting'] as const;
export type PersonalContact = (typeof personalContacts)[number];

/** What reaches a lead; the last two are a machine's, and nobody has spoken with it yet. */
export const contactKinds = [...personalContacts, 'auto-reply', 'nurture'] as const;
