import { z } from 'zod';
import { AtomError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import { lazily } from '../base/lazily.ts';
import type { Labels } from '../domain/label.ts';
import type { Tool } from '../domain/tool.ts';

const LOCAL: Labels = { integrity: 'local', confidentiality: 'private' };

/** Part of every input: the model's own words. */
export const because = z
  .string()
  .max(500)
  .optional()
  .describe('Why, in one sentence, for the owner.');

/** A tool that is one action: its input is the action's resource. */
export interface Row<T extends { because?: string | undefined }> {
  readonly name: string;
  readonly action: string;
  readonly description: string;
  readonly input: z.ZodType<T>;
  /** Concerns what was said where it is asked for: no model chooses the session. */
  readonly inSession?: boolean;
  /** `LOCAL` where it is left out. */
  readonly yields?: Labels;
  readonly toText: Tool['toText'];
}

/** A tool as a row of a table. */
export function tableTool<T extends { because?: string | undefined }>(row: Row<T>): Tool {
  const { name, action, description, toText } = row;
  // Only a model is shown it, and to make all of them takes a start longer than to open the store.
  const shown = lazily({ input: () => z.toJSONSchema(row.input) as Json });
  return {
    name,
    description,
    get input() {
      return shown.input;
    },
    yields: row.yields ?? LOCAL,
    toIntent: (input, session) => {
      const parsed = row.input.safeParse(input);
      if (!parsed.success) throw wrongInput(name, parsed.error);
      const { because: reason, ...resource } = parsed.data;
      const place = row.inSession ? { session } : {};
      const intent = { action, resource: { ...(resource as object), ...place } as Json };
      return reason === undefined ? intent : { ...intent, because: reason };
    },
    toText,
  };
}

function wrongInput(tool: string, error: z.ZodError): AtomError {
  const first = error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`);
  return new AtomError('usage', `${tool} was called wrongly. ${first.join('; ')}`);
}
