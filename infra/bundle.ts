import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A Lambda by its name: `score-lead`; `answer-handoff-page` or `answer-handoff-api` for a capability's page or API. */
export type Entry = Readonly<{ name: string; source: string }>;

/** Every `functions/<name>/handler.ts`, `page.ts` and `api.ts`, by name. */
export const findEntries = async (directory = join(root, 'functions')): Promise<readonly Entry[]> => {
  const files = await readdir(directory, { recursive: true });
  return files
    .filter((file) => /^[^/]+\/(handler|page|api)\.ts$/.test(file))
    .map((file) => ({
      name: nameOf(dirname(file), basename(file, '.ts')),
      source: join(directory, file),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
};

const nameOf = (folder: string, door: string): string => (door === 'handler' ? folder : `${folder}-${door}`);

/** The stack has a function that `functions/` has not. */
export class MissingFunctionError extends Error {
  override readonly name = 'MissingFunctionError';
}

/** What was bundled. `folderOf` and `bytesOf` throw MissingFunctionError. */
export type Bundles = Readonly<{ folderOf: (name: string) => string; bytesOf: (name: string) => number }>;

/**
 * One folder per function below `directory`, each with an `index.mjs` that needs nothing else but Node: the SDK is
 * inside, because a bundled one starts faster than the runtime's. The same sources give the same bytes.
 */
export const bundle = async (entries: readonly Entry[], directory: string): Promise<Bundles> => {
  const { outputFiles } = await build({
    ...options,
    entryPoints: Object.fromEntries(entries.map(({ name, source }) => [`${name}/index`, source])),
    outdir: directory,
  });
  const sizes = new Map<string, number>();
  for (const { path, text } of outputFiles) {
    const code = plainBuiltins(text);
    const folder = dirname(path);
    await mkdir(folder, { recursive: true });
    await writeFile(path, code);
    sizes.set(basename(folder), Buffer.byteLength(code));
  }
  const bytesOf = (name: string): number => {
    const bytes = sizes.get(name);
    if (bytes === undefined) throw new MissingFunctionError(`functions/${sourceOf(name)} is missing`);
    return bytes;
  };
  const folderOf = (name: string): string => {
    bytesOf(name);
    return join(directory, name);
  };
  return { folderOf, bytesOf };
};

/**
 * A module that is imported from Node as an ES module has all its exports read first, also those that load what nobody
 * asked for: 4 ms of every cold start. Taken from an object, only what is named is.
 */
const plainBuiltins = (code: string): string => {
  const taken: string[] = [];
  const rest = code.replaceAll(
    /\bimport\{([^}]*)\}from"(node:[a-z_/]+)";?/g,
    (_, names: string, module: string) => {
      taken.push(`const{${names.replaceAll(' as ', ':')}}=process.getBuiltinModule("${module}");`);
      return '';
    },
  );
  return taken.join('') + rest;
};

const sourceOf = (name: string) =>
  /-(page|api)$/.test(name) ? `${name.replace(/-(page|api)$/, '/$1')}.ts` : `${name}/handler.ts`;

/**
 * Lazy imports of the SDK that nothing reaches: on Lambda, credentials come from the environment, and no call made here
 * streams events.
 */
const neverReached = [
  '@smithy/core/event-streams',
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-login',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@smithy/credential-provider-imds',
];

/** Some packages are CommonJS inside and ask for Node's own modules. */
const requireBanner = "const require=process.getBuiltinModule('node:module').createRequire(import.meta.url);";

/**
 * An ES module that imports `node:http` makes Node read all its exports, also those that load its whole web client:
 * 60 ms of every cold start. Taken as an object, only what is used is loaded.
 */
const lazyHttp: Plugin = {
  name: 'lazy-http',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^(node:)?https?$/ }, ({ path }) => ({
      path: path.replace('node:', ''),
      namespace: 'lazy-http',
    }));
    onLoad({ filter: /.*/, namespace: 'lazy-http' }, ({ path }) => ({
      contents: `const module = process.getBuiltinModule('node:${path}');
export default module;
export const { ${plainExports(path === 'http' ? http : https).join(', ')} } = module;`,
    }));
  },
};

/** Clients tell AWS their version, and import their whole package.json for it. */
const onlyVersions: Plugin = {
  name: 'only-versions',
  setup: ({ onLoad }) => {
    onLoad({ filter: /@aws-sdk\/[^/]+\/package\.json$/ }, async ({ path }) => {
      const { version }: { version: string } = JSON.parse(await readFile(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

/**
 * DynamoDB's client looks its endpoints up only where it is told to, which is nowhere here, but keeps a cache for them.
 */
const noEndpointCache: Plugin = {
  name: 'no-endpoint-cache',
  setup: ({ onLoad }) => {
    onLoad({ filter: /@aws-sdk\/endpoint-cache\// }, () => ({ contents: 'export class EndpointCache {}' }));
  },
};

const plainExports = (module: object): string[] =>
  Object.entries(Object.getOwnPropertyDescriptors(module))
    .filter(([, { get }]) => get === undefined)
    .map(([name]) => name);

const options = {
  absWorkingDir: root,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  minify: true,
  legalComments: 'none',
  external: [...neverReached],
  plugins: [lazyHttp, onlyVersions, noEndpointCache],
  banner: { js: requireBanner },
  logLevel: 'error',
  write: false,
} as const satisfies BuildOptions;
