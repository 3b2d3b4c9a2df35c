import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type JsMinifyOptions, minify } from '@swc/core';
import { type BuildOptions, build, type Plugin, type TransformOptions, transform } from 'esbuild';
import { leaveOut, neverImported } from './left-out.ts';

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
export type Bundles = Readonly<{
  folderOf: (name: string) => string;
  bytesOf: (name: string) => number;
  /** The modules of libraries that were left out, or in part. */
  leftOut: ReadonlySet<string>;
}>;

/**
 * One folder per function below `directory`, each with an `index.mjs` that needs nothing else but Node: the SDK is
 * inside, because a bundled one starts faster than the runtime's. The same sources give the same bytes.
 */
export const bundle = async (entries: readonly Entry[], directory: string): Promise<Bundles> => {
  const leftOut = new Set<string>();
  const { outputFiles } = await build({
    ...options,
    plugins: [lazyHttp, functionsOfOurs, leaveOut((module) => leftOut.add(module))],
    entryPoints: Object.fromEntries(entries.map(({ name, source }) => [`${name}/index`, source])),
    outdir: directory,
  });
  const sizes = new Map<string, number>();
  await Promise.all(
    outputFiles.map(async ({ path, text }) => {
      const { code: used } = await transform(text, onlyUsed);
      const { code: small } = await minify(used, smallest);
      const code = withRequire(plainBuiltins(small));
      const folder = dirname(path);
      await mkdir(folder, { recursive: true });
      await writeFile(path, code);
      sizes.set(basename(folder), Buffer.byteLength(code));
    }),
  );
  const bytesOf = (name: string): number => {
    const bytes = sizes.get(name);
    if (bytes === undefined) throw new MissingFunctionError(`functions/${sourceOf(name)} is missing`);
    return bytes;
  };
  const folderOf = (name: string): string => {
    bytesOf(name);
    return join(directory, name);
  };
  return { folderOf, bytesOf, leftOut };
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

/** Some packages are CommonJS inside and ask for Node's own modules. */
const requireOfModule =
  "const require=process.getBuiltinModule('node:module').createRequire(import.meta.url);";

const withRequire = (code: string): string => (/\brequire\b/.test(code) ? requireOfModule + code : code);

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

/**
 * V8 reads an arrow function whole when it loads a module, but of any other function only where it ends. Those of the SDK
 * are mostly methods.
 */
const functionsOfOurs: Plugin = {
  name: 'functions-of-ours',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.ts$|[/]@middy[/].*\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      return {
        contents: (await transform(source, { ...language, loader: 'ts', supported: { arrow: false } })).code,
      };
    });
  },
};

const plainExports = (module: object): string[] =>
  Object.entries(Object.getOwnPropertyDescriptors(module))
    .filter(([, { get }]) => get === undefined)
    .map(([name]) => name);

const language = { platform: 'node', target: 'node24', format: 'esm' } as const satisfies TransformOptions;

const options = {
  ...language,
  absWorkingDir: root,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  mainFields: ['module', 'main'],
  external: [neverImported],
  logLevel: 'error',
  write: false,
} as const satisfies BuildOptions;

/**
 * Once all is one file: only of functions in the same file does esbuild heed that they have no side effects, as those that
 * make schemas, so that nobody makes schemas that nobody uses.
 */
const onlyUsed = { ...language, treeShaking: true } as const satisfies TransformOptions;

/** A twentieth less than what esbuild makes of it, in bytes and in time to load. */
const smallest = {
  module: true,
  ecma: 2022,
  compress: { passes: 2 },
  mangle: true,
  format: { comments: false, asciiOnly: true },
} as const satisfies JsMinifyOptions;
