/** What the owner chooses for an agent. */
export interface ModelWish {
  readonly agent: string;
  /** `offline` or `provider/model`; undefined: what the profile says. */
  readonly model: string | undefined;
  readonly fallbacks: readonly string[];
}

/** What came of trying out a model. */
export interface ModelTest {
  readonly model: string;
  /** True where it called the tool that it was told to call. */
  readonly calledTool: boolean;
  /** The last that it said. */
  readonly text: string;
  /** Until its first word; absent where it said none. */
  readonly firstMs?: number;
  /** For everything: a call, and an answer to what came of it. */
  readonly totalMs: number;
  /** Absent where its provider does not count. */
  readonly tokens?: { readonly input: number; readonly output: number };
  readonly money?: number;
  readonly currency: string;
}
