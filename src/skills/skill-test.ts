import type { Json } from '../base/json.ts';

/** One call of a skill, tried in the jail that it has in life. Exported as `tests` of `skill.test.ts`. */
export interface SkillTest {
  readonly name: string;
  /** What the skill is asked, as an agent would ask it. */
  readonly input: Json;
  /** Which of several skills of the module; the only one where it is left out. */
  readonly skill?: string;
  /** Text files that lie in the jail’s folder before, by their path. */
  readonly files?: Readonly<Record<string, string>>;
  /**
   * What it is answered where it asks for something beyond files: nothing real is asked. By what it asks:
   * `fetch https://example.org/`, `exec git log`, `secret key`, `remind tomorrow at 9`.
   */
  readonly answers?: Readonly<Record<string, Json>>;
  /** What it gives back; of an object, the fields that are named. */
  readonly gives?: Json;
  /** Words of the error that it ends with, instead. */
  readonly fails?: string;
  /** Text files that lie there afterwards. */
  readonly leaves?: Readonly<Record<string, string>>;
}
