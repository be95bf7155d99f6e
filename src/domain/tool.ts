import type { Hint } from '../base/hint.ts';
import type { Json } from '../base/json.ts';
import type { Labels } from './label.ts';

/** What a model or the offline planner can ask for. Has no power of its own: it only names an intent. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the input. */
  readonly input: Json;
  /** The label of whatever comes back. Required: an unlabelled tool does not compile. */
  readonly yields: Labels;
  /** `session` is where it is asked for. Throws AtomError `usage` with words for the model where the input is wrong. */
  toIntent(
    input: Json,
    session: string,
  ): {
    readonly action: string;
    readonly resource: Json;
    readonly because?: string;
  };
  /** Where a result is only that something was begun: the event whose answer is what the call comes to. */
  readonly awaits?: (value: Json) => string;
  /** How a result reads to a person and to a model. `hint` is for what atom says itself of it. */
  toText(value: Json, hint?: Hint): string;
}
