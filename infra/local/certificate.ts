import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** What the emulator shows to its callers, and what they must trust. */
export type Certificate = Readonly<{
  certificatePath: string;
  keyPath: string;
  /** The certificate and the authorities that this machine is told to trust already. */
  bundlePath: string;
  certificate: string;
}>;

/**
 * A new certificate for the loopback. Machines behind company proxies name authorities of their own in
 * NODE_EXTRA_CA_CERTS and the like; a variable that names ours alone would take those away.
 */
export const createCertificate = async (
  directory: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Certificate> => {
  await mkdir(directory, { recursive: true });
  const pem = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + 30 * 86_400_000),
    extensions: [
      { name: 'basicConstraints', cA: false },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 2, value: '*.execute-api.localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  const paths = {
    certificatePath: join(directory, 'certificate.pem'),
    keyPath: join(directory, 'key.pem'),
    bundlePath: join(directory, 'bundle.pem'),
  };
  await writeFile(paths.certificatePath, pem.cert);
  await writeFile(paths.keyPath, pem.private, { mode: 0o600 });
  await writeFile(paths.bundlePath, [pem.cert, ...(await trustedAlready(environment))].join('\n'));
  return { ...paths, certificate: pem.cert };
};

const trustedAlready = async (environment: NodeJS.ProcessEnv): Promise<string[]> => {
  const { NODE_EXTRA_CA_CERTS, AWS_CA_BUNDLE, SSL_CERT_FILE } = environment;
  const files = new Set([NODE_EXTRA_CA_CERTS, AWS_CA_BUNDLE, SSL_CERT_FILE]);
  const contents: string[] = [];
  for (const file of files) {
    if (file === undefined || file === '') continue;
    // A variable that points nowhere is ignored by those who read it, too.
    contents.push(await readFile(file, 'utf8').catch(() => ''));
  }
  return contents;
};
