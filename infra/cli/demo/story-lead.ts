/** A lead of the story: who they are, what they said about mail, what they did and how long ago. */
export type StoryLead = Readonly<{
  email: string;
  traits: Readonly<Record<string, string | number>>;
  /** Absent: they were never asked. */
  consent?: 'opt-in' | 'double-opt-in';
  did: readonly Readonly<{
    kind: string;
    agoMs: number;
    asset?: string;
    /** What they wrote into a form, by field. */
    answers?: Readonly<Record<string, string>>;
  }>[];
}>;
