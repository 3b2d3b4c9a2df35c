import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

type StandIn = Readonly<{
  because: string;
  /** What is there instead. Without it, all that the module exports throws once it is called. */
  code?: string;
}>;

const throws = (name: string): string => `throw new Error('${name} was left out of the bundle')`;

/** Modules of the SDK that no Lambda of ours reaches, or that change nothing there. */
export const standIns: Readonly<Record<string, StandIn>> = {
  '@aws-sdk/credential-provider-node/dist-es/index.js': {
    because: 'on Lambda, credentials come from the environment',
    code: 'export { fromEnv as defaultProvider } from "@aws-sdk/credential-provider-env";',
  },
  '@smithy/core/dist-es/submodules/config/config-resolver/regionConfig/getInstanceMetadataRegion.js': {
    because: 'on Lambda, the region comes from the environment',
  },
  '@smithy/core/dist-es/submodules/config/shared-ini-file-loader/loadSharedConfigFiles.js': {
    because: 'on Lambda, there is no folder `.aws`, and every client looks for it',
    code: `export { CONFIG_PREFIX_SEPARATOR } from "./constants";
      export const loadSharedConfigFiles = async () => ({ configFile: {}, credentialsFile: {} });`,
  },
  '@aws-sdk/core/dist-es/submodules/client/emitWarningIfUnsupportedVersion.js': {
    because: 'the stack says which Node its functions run on',
    code: `export const state = { warningEmitted: false };
      export const emitWarningIfUnsupportedVersion = () => {};`,
  },
  '@aws-sdk/core/dist-es/submodules/client/middleware-user-agent/check-features.js': {
    because: 'it tells AWS which parts of the SDK are in use',
    code: 'export const checkFeatures = async () => {};',
  },
  '@aws-sdk/endpoint-cache/dist-es/EndpointCache.js': {
    because: 'the client of DynamoDB makes one, and uses it where it is told to, which is nowhere here',
    code: 'export class EndpointCache {}',
  },
  '@smithy/core/dist-es/submodules/checksum/sha256/Sha256Js.js': {
    because: 'Node has its own',
  },
  '@aws-sdk/core/dist-es/submodules/client/middleware-logger/loggerMiddleware.js': {
    because: 'no client is given a logger',
    code: `import { NoOpLogger } from "@smithy/core/client";
      export function loggerMiddleware() { ${throws('loggerMiddleware')}; }
      export const loggerMiddlewareOptions = {};
      export const getLoggerPlugin = ({ logger }) => ({
        applyToStack: () => { if (!(logger instanceof NoOpLogger)) loggerMiddleware(); },
      });`,
  },
  '@smithy/core/dist-es/submodules/client/smithy-client/schemaLogFilter.js': {
    because: 'only that logger asks for it',
  },
  '@smithy/core/dist-es/submodules/endpoints/middleware-endpoint/service-customizations/s3.js': {
    because: 'no function talks to S3',
  },
  '@smithy/core/dist-es/submodules/retry/util-retry/AdaptiveRetryStrategy.js': {
    because: 'every client retries in the standard way',
  },
  '@smithy/signature-v4/dist-es/HeaderFormatter.js': {
    because: 'it signs streams of events, and no call here has one',
    code: `export class HeaderFormatter { format() { ${throws('HeaderFormatter')}; } }`,
  },
};

/** A package that the SDK imports once it is needed: it is not there, for no call here streams events. */
export const neverImported = '@smithy/core/event-streams';

/**
 * Errors that code here asks for by their class, or the SDK itself (it tries again after the one of replicas). Others of
 * the same clients are of their client's general class, with their own names and fields, as are all errors that a client
 * is too old to know.
 */
export const errorsAskedFor: ReadonlySet<string> = new Set([
  'ConditionalCheckFailedException',
  'ReplicatedWriteConflictException',
  'TransactionCanceledException',
  'TransactionConflictException',
]);
/** Not among them: clients that would give an error another name if they did not know it, as those that once spoke XML. */
export const clientsOfFewErrors = ['dynamodb', 'eventbridge', 'firehose', 'secrets-manager'] as const;
const schemasOfClients = new RegExp(
  `/@aws-sdk/client-(${clientsOfFewErrors.join('|')})/dist-es/schemas/schemas_0\\.js$`,
);

const onlyErrorsAskedFor = (code: string): string =>
  code.replaceAll(/^n\d+_registry\.registerError\(\w+\$, (\w+)\);$/gm, (statement, name: string) =>
    errorsAskedFor.has(name) ? statement : '',
  );

/** Clients tell AWS their version, and import their whole package.json for it. */
const onlyVersion = (json: string): string => {
  const { version }: { version: string } = JSON.parse(json);
  return JSON.stringify({ version });
};

const allThrow = (code: string): string =>
  [...code.matchAll(/^export (?:async )?(?:class|const|function) (\w+)/gm)]
    .map(([, name = '']) => `export function ${name}() { ${throws(name)}; }`)
    .join('\n');

/** The module of a file: its package's name, and its path in there. */
const moduleOf = (path: string): string => path.replaceAll('\\', '/').replace(/^.*\/node_modules\//, '');

/** Leaves all this out, and tells `onLeftOut` of each module that it did so. */
export const leaveOut = (onLeftOut: (module: string) => void): Plugin => ({
  name: 'leave-out',
  setup: ({ onLoad }) => {
    const change = (
      filter: RegExp,
      loader: 'js' | 'json',
      changed: (code: string, module: string) => string,
    ) =>
      onLoad({ filter }, async ({ path }) => {
        const module = moduleOf(path);
        const code = await readFile(path, 'utf8');
        const contents = changed(code, module);
        if (contents !== code) onLeftOut(module);
        return { contents, loader };
      });
    const modules = Object.keys(standIns).map((module) => module.replaceAll('.', '\\.'));
    change(
      new RegExp(`/(${modules.join('|')})$`),
      'js',
      (code, module) => standIns[module]?.code ?? allThrow(code),
    );
    change(schemasOfClients, 'js', onlyErrorsAskedFor);
    change(/\/@aws-sdk\/[^/]+\/package\.json$/, 'json', onlyVersion);
  },
});
