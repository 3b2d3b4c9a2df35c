import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { instantOf } from '../../../shared/domain/time.ts';
import { chosenEnvironment } from '../deploy/chosen-environment.ts';
import { examine } from '../doctor/examine.ts';
import { error, type Finding } from '../doctor/finding.ts';
import { doctorReport } from '../doctor/report.ts';
import { connectTo } from '../environment-connection.ts';
import { UnreachableError } from '../unreachable.ts';

export type DoctorCommand = Readonly<{ env?: string; json?: true }>;

/** Returns the exit code: 1 if something is broken. Whatever keeps it from looking at all is thrown. */
export const doctor = async ({ env, json }: DoctorCommand): Promise<number> => {
  const { environment } = chosenEnvironment(env);
  const findings = await findingsOf(environment);
  const broken = findings.some(({ level }) => level === 'error');
  if (json) process.stdout.write(`${JSON.stringify({ environment, broken, findings })}\n`);
  else console.log(doctorReport(findings));
  return broken ? 1 : 0;
};

const findingsOf = async (env: string): Promise<readonly Finding[]> => {
  try {
    const connection = await connectTo(env);
    const { AWS_REGION: shellRegion } = process.env;
    return await examine({
      ...connection,
      region: await new CloudFormationClient(connection.clientConfig).config.region(),
      ...(shellRegion === undefined ? {} : { shellRegion }),
      now: instantOf(Date.now()),
    });
  } catch (problem) {
    // Not to be deployed is a finding; not to be reached leaves nothing to be found.
    if (problem instanceof UnreachableError && isAbsence(problem.cause))
      return [
        error('stack', 'It is not deployed in this account and region.', `npx baton deploy --env ${env}`),
      ];
    throw problem;
  }
};

const isAbsence = (cause: unknown): boolean => cause instanceof Error && cause.name === 'ValidationError';
