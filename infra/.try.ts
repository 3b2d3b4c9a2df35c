import { startEmulator } from './local/emulator.ts';
import { deployLocally } from './local/deploy.ts';
const t = performance.now();
const emulator = await startEmulator({ directory: '/tmp/infra-try/emu', mailFrontUrl: 'http://127.0.0.1:9', clockUrl: 'http://127.0.0.1:9', onProgress: console.log });
try {
  console.log(await deployLocally({ emulator, app: ['node', process.argv[2] ?? 'infra/.tryapp.ts'], stackName: 'Baton-local', directory: '/tmp/infra-try/dep', workingDirectory: '/work/main', context: { environment: 'local' }, onProgress: console.log }));
} finally { await emulator.stop(); console.log(performance.now() - t); }
