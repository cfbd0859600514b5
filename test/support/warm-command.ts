import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from './examples.ts';
import type { Run } from './fake-io.ts';

/** The built command in a process that has started, and that runs one command line after the other. */
export class WarmCommand {
  readonly #process: ChildProcess;

  constructor(env: NodeJS.ProcessEnv) {
    const runner = fileURLToPath(new URL('run-many.mjs', import.meta.url));
    this.#process = fork(runner, [join(ROOT, 'dist', 'cli', 'command.js')], {
      env,
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
  }

  async run(argv: readonly string[], folder: string): Promise<Run> {
    const ended = new AbortController();
    const gone = once(this.#process, 'exit', { signal: ended.signal }).then(([code]) => {
      throw new Error(`the process ended with ${code}`);
    });
    const answered = once(this.#process, 'message', { signal: ended.signal });
    this.#process.send({ argv, folder });
    try {
      const [run] = await Promise.race([answered, gone]);
      return run as Run;
    } finally {
      ended.abort();
      await Promise.allSettled([answered, gone]);
    }
  }

  close(): void {
    this.#process.kill();
  }
}
