/**
 * Of what the CDK prints while it deploys, what people want to know: how many resources are done.
 * A resource is counted once, however often its state is told.
 */
export const deployProgress = (resources: number, tell: (message: string) => void) => {
  const done = new Set<string>();
  return (line: string): void => {
    if (/\b(Building|Publishing) /.test(line) || /: (start|success): /i.test(line)) {
      tell('uploading the functions');
      return;
    }
    const event = /\| (?<state>[A-Z_]+) +\| (?<type>\S+) +\| (?<id>.+?)\s*$/.exec(line)?.groups;
    if (event?.state?.endsWith('_FAILED')) tell(`${event.id} failed, waiting for the rollback`);
    if (!event?.state?.endsWith('_COMPLETE') || event.type === 'AWS::CloudFormation::Stack') return;
    done.add(`${event.type} ${event.id}`);
    tell(`deploying: ${Math.min(done.size, resources)} of ${resources} resources`);
  };
};
