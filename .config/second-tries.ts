import type { Reporter, TestCase } from 'vitest/node';

/** Names at the end what passed only when it was tried again, with what went wrong first. */
export class SecondTries implements Reporter {
  readonly #told: string[] = [];

  onTestCaseResult(test: TestCase): void {
    if (!test.diagnostic()?.flaky) return;
    const [first] = test.result().errors ?? [];
    this.#told.push(
      `  ${test.module.relativeModuleId} > ${test.fullName}\n    ${first?.message ?? ''}`,
    );
  }

  onTestRunEnd(): void {
    if (this.#told.length === 0) return;
    process.stdout.write(`\nPassed only at the second try:\n${this.#told.join('\n')}\n`);
  }
}
