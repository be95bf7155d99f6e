/** A place to fill in: `<token>`, `${TOKEN}`, `{{ token }}`, `$TOKEN`, `$(pass show x)`, `%TOKEN%`, `[token]`. */
const TO_FILL: readonly RegExp[] = [
  /^(?:<|&lt;|\$\{|\{\{?|\$\(|\${1,2}[A-Za-z_]\w*$|%[\w(]+[%)]?|\[|\(|@\w+@$|#\{)/,
  /\$\{|\{\{|\$\(|<[a-z][\w -]*>/i,
];
/** One that is closed. */
const CLOSED = /\$?\{\{[^{}]*\}\}|[$#]?\{[^{}$#>]*\}/g;

/** Words that say that it is none. A long run of letters and digits may hold some of them by chance. */
const WORDS = /^[a-z<]\D*\d{0,4}\W*$/i;
const SAYS =
  /(?:^|[^a-z])(?:your|my|the|some|any|an?|this)[_ -]?(?:own|new|actual|real|secret|super)?[_ -]?(?:[a-z]{2,12}[_ -]?){0,3}(?:pass|pwd|key|token|secret|value|here|pin|auth|credential)/i;

/** What people write where a secret would stand. */
const PLACES: readonly RegExp[] = [
  // What was taken out, or is not shown.
  /^(?:[*•.…?_-]+|(?:[xX0#][-_.]?)+)$|\*{3}|•{3}|\.{3}|…|x{6}|X{6}|0{12}$|\[secret\]/,
  // One sign over and over.
  /^(.)\1+$/,
  // It says itself that it is none, or is the name of a setting.
  /example|placeholder|replace|change[_-]?(?:me|it|this)|insert|redacted|hidden|masked|dummy|not[_-]?(?:a[_-]?)?real|todo|fixme|goes[_-]?here|^(?:fake|sample|mock|test|demo|foo|bar|baz|qux|invalid|default)(?:[_-]?(?:foo|bar|baz|qux))?(?:[_-]?(?:user|pass(?:word)?|key|token|secret|value|api|auth|id|\d{1,4}))*$/i,
  /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_(?:[A-Z0-9]+_)*(?:PASS(?:WORD|WD)?|PWD|SECRET|TOKEN|KEY|CREDENTIALS?)(?:_[A-Z]+)*$/,
  // A word of everybody's, or a kind of value.
  /^(?:true|false|yes|no|null|nil|none|undefined|unset|empty|string|str|text|number|bytes?|buffer|boolean|u?int\d{0,3}(?:array)?|float\d{0,3}|object|any|unknown|void|required|optional|missing|wrong|valid|invalid|expired|incorrect|correct|set|not|the|your|bearer|basic|digest|oauth2?|secure|hashed|encrypted|plain(?:text)?|env|file|vault|keychain|prompt|prompted|stdin|secrets?|tokens?|keys?|passwords?|passwd|passphrase|credentials?|mypassword|user(?:name)?|(?:token|key|secret)\d{1,2})$/i,
  // How a text has to look.
  /^\/[\^(\\[.]|\[A-Z|\\[wdsuSx]/,
  // A version, a date, an address, a place in a file system, a measure.
  // A name of a cloud's, an element of a page.
  /^arn:aws|^[#.][a-z]+(?:-[a-z]+)+$/i,
  /^[a-z][\w.]*(?:-[a-z][\w.]*)*[-@:]v?\d+(?:\.\d+){1,3}$/,
  /^(?:[~^><=v]*\d{1,5}(?:\.\d{1,5}){1,3}(?:-[a-z]+(?:\.\d+)?)?|\d{4}-\d{2}-\d{2}.*|\d{1,11}(?:[.,]\d{1,11})*\s?[a-z%]{0,6})$/i,
  /^(?:[a-z][a-z0-9+.-]*:)?\/\/|^(?:~|\.{1,2})?\/(?:[\w@.-]{1,24}\/)+[\w@.-]{0,24}$|^(?:~|\.{1,2})?\/[\w-]+(?:\.\w+)?$|^[A-Za-z]:\\/,
];

/** Programs read it out of somewhere: a call, a name in a name, an index, a type. */
const CODE =
  /^(?:await |new |typeof |\(|!)|^[A-Za-z_$][\w$.?:]*[([{<]|=>|\(\)|::|^[A-Za-z_$]{1,40}\d{0,2}(?:(?:\?\.|\.|->)[A-Za-z_$]{1,40}\d{0,2})+$|^(?:process|this|self|os|env|config|secrets?|vars|var|local|options?|args|params|request|req|settings|data|module|ctx)\.[\w.$[\]'"-]+$/;

/** True where it stands for a secret, and is none: `<token>`, `your-api-key`, `xxxx`. */
export const isStandIn = (value: string): boolean =>
  PLACES.some((shape) => shape.test(value)) ||
  (WORDS.test(value) && SAYS.test(value)) ||
  (!isBroken(value) && TO_FILL.some((shape) => shape.test(value)));

/** Brackets that belong to no place to fill in are signs of a password. Of a piece, the end may be missing. */
const isBroken = (value: string): boolean =>
  value.includes('}') && /[{}]/.test(value.replace(CLOSED, '').replace(CLOSED, ''));

/** True for a piece of a program. Only what no quotes are around can be one. */
export const isCode = (value: string): boolean => CODE.test(value);

/** True for a key with the look of a provider's that is in everybody's documents: `AKIA…EXAMPLE`, `ghp_xxxx…`. */
export const isSampleKey = (key: string): boolean =>
  /^A[KS]IA\w*EXAMPLE$|[a-z]Here$|[A-Z]HERE$|[xX*0.]{8,}$|(?:your|replace|placeholder|insert|dummy)[_-]/.test(
    key,
  );
