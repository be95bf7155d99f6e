/** What `atom help models` says. */
export const modelsTopic = `MODELS
Without a model atom answers by its offline planner. A model is written provider/model:

  anthropic/…  openai/…  google/…  openrouter/…     with your key
  ollama/…  lmstudio/…  llamacpp/…                  a server of this machine, without one

  atom models list                                  providers, keys, prices, and who uses what
  atom secrets set anthropic.key                    store a key; typed hidden, or from stdin
  atom models use anthropic/<model>                 for the profile, from the next start on
  atom models use openai/<model> --agent writer     for one agent, at once
  atom models test                                  a call and an answer: does it work, what did it cost

Where a second factor is enrolled, a provider beyond this machine that reads along from now on takes a
code of it. Keys are read from the keychain, else from an encrypted file, else from ANTHROPIC_API_KEY,
OPENAI_API_KEY, GOOGLE_GENERATIVE_AI_API_KEY (or GEMINI_API_KEY) and OPENROUTER_API_KEY. No model, log
or command is ever shown one.

Where the first cannot answer
  atom models use anthropic/<model> --fallback openai/<model> --fallback ollama/<model>
Another model is asked only if you named it, only if nothing was said yet, and only if the provider is at
fault: it cannot be reached, is overloaded, took too long to begin, or failed so often that it is left
alone. Each is decided anew: what may not leave this machine does not leave it for a second provider
either. The answer says which model gave it.

Other servers
Any server that speaks OpenAI's chat protocol:
  atom config set models.mine.baseUrl https://models.example/v1
  atom models use mine/<model>
models.mine.api says how it is spoken to, if otherwise: responses, chat, anthropic, google, openrouter.
models.mine.price.input and .output are for a million tokens; what is not known is taken to be high.
models.mine.waitSeconds.first, .idle and .whole say how long an answer is waited for.`;
