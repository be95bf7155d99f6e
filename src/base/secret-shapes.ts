/**
 * Shapes of keys that providers give out, by the prefix that each is known by and the length that it has at
 * least. The sources are the providers' own descriptions of their formats. A public key (`pk_live_`) is none.
 */
const PREFIXED: readonly string[] = [
  // Models.
  'sk-ant-[A-Za-z0-9_-]{30,}',
  // Something of both sizes, or long: words with dashes between are none.
  'sk-(?!ant-)(?:[A-Za-z0-9]{20,}|[A-Za-z0-9_-]{32,}|(?=[a-z0-9_-]{0,15}[A-Z])[A-Za-z0-9_-]{16,})',
  'gsk_(?:[A-Za-z0-9]{48}|[A-Za-z0-9]{52})',
  '(?:hf|api_org)_[A-Za-z]{34}',
  '(?:r8|pplx|xai|tgp_v1|csk|pcsk|lsv2_[a-z]{2}|nvapi|jina|voyage|pa|tvly|fc)[_-][A-Za-z0-9_-]{32,}|fw_[A-Za-z0-9]{24,}',
  'sk_[a-f0-9]{40,}|AQ\\.[A-Za-z0-9_-]{40,}',
  'AIza[A-Za-z0-9_-]{35,}',
  'ya29\\.[A-Za-z0-9_-]{20,}',
  'GOCSPX-[A-Za-z0-9_-]{20,}',
  // Where code lives and is built.
  'gh[pousr]_[A-Za-z0-9]{36,}',
  'ghs_\\d{1,20}_[A-Za-z0-9_.-]{30,}',
  'github_pat_[A-Za-z0-9_]{22,}',
  '(?:gl(?:pat|ptt|dt|rt|cbt|ft|imt|agent|oas|soat|ffct)-|GR1348941)[A-Za-z0-9_.-]{20,}',
  'ATATT3[A-Za-z0-9_=-]{50,}|ATCTT3[A-Za-z0-9_=-]{50,}|ATBB[A-Za-z0-9]{28,}|BBDC-[A-Za-z0-9+]{40,}',
  'npm_[A-Za-z0-9]{36,}',
  'pypi-AgE[A-Za-z0-9_-]{50,}',
  'rubygems_[a-f0-9]{48}|oy2[a-z0-9]{43}|cio[A-Za-z0-9]{32}|(?:clojars|CLOJARS)_[a-z0-9]{60}|AKCp[A-Za-z0-9]{69}|cmVmd[A-Za-z0-9]{59}',
  'dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,}',
  'circle(?:ci)?-?(?:pat|pt)_[A-Za-z0-9_]{20,}|CCIPAT_[A-Za-z0-9_]{20,}|bkua_[a-z0-9]{40}|sq[apu]_[a-f0-9]{40}|pnu_[a-z0-9]{36}|tk-us-[A-Za-z0-9_-]{48}|ddp_[A-Za-z0-9]{36}',
  'sntry[su]_[A-Za-z0-9+/=_-]{40,}|sgp_(?:[A-Fa-f0-9]{16}_|local_)?[A-Fa-f0-9]{40}|sgp_[A-Za-z0-9]{64}',
  // Clouds.
  '(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}',
  'ABSK[A-Za-z0-9+/]{100,}={0,2}|bedrock-api-key-[A-Za-z0-9+/=]{20,}',
  'do[oprt]_v1_[a-f0-9]{64}',
  'dapi[A-Fa-f0-9]{32}(?:-\\d)?|dose[A-Fa-f0-9]{32}',
  'cf(?:at|ut|k)_[A-Za-z0-9]{48}|v1\\.0-[a-f0-9]{24}-[a-f0-9]{146}',
  'sha256~[A-Za-z0-9_-]{43}|4b1d[A-Za-z0-9]{38}|dnkey-[a-z0-9]{26}-[a-z0-9]{52}|(?:pat|sat)\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9]{24}\\.[A-Za-z0-9]{20}',
  't1\\.[A-Za-z0-9_-]+[=]{0,2}\\.[A-Za-z0-9_-]{86}|AQVN[A-Za-z0-9_-]{35,38}|0\\.[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}\\.[A-Za-z0-9]{30}:[A-Za-z0-9+/=]{24}',
  'LTAI[A-Za-z0-9]{20}|AKID[A-Za-z0-9]{32}',
  '[A-Za-z0-9_~.-]{3}\\dQ~[A-Za-z0-9_~.-]{31,34}',
  'tskey-[a-z]{2,12}-[A-Za-z0-9]{8,24}-[A-Za-z0-9]{20,}',
  'vc[piark]_[A-Za-z0-9]{40,}|nfp_[A-Za-z0-9]{36,}|rnd_[A-Za-z0-9]{28,}|fo1_[A-Za-z0-9_-]{40,}|(?:FlyV1 )?fm[12]a?_[A-Za-z0-9+/=_-]{40,}',
  'HRKU-[A-Za-z0-9_-]{36,}|dp\\.(?:pt|st|sa|ct|scim|audit)\\.[A-Za-z0-9._-]{40,}|pul-[a-f0-9]{40}|sbp_[a-f0-9]{40}|sb_secret_[A-Za-z0-9_-]{20,}',
  'hv[sbr]\\.[A-Za-z0-9_-]{24,}|s\\.(?=[A-Za-z]*\\d)(?=[a-z\\d]*[A-Z])(?=[A-Z\\d]*[a-z])[A-Za-z0-9]{24}|AVNS_[A-Za-z0-9_-]{16,}|[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_-]{60,}|EZ[AT]K[A-Za-z0-9]{54}',
  'pscale_(?:tkn|pw|oauth)_[A-Za-z0-9=._-]{32,}|napi_[a-z0-9]{60,}|neon_[A-Za-z0-9]{40,}|LLT[A-Za-z0-9]{20,}',
  // Money, mail and messages.
  // Shorter than they are given out, only what looks made.
  '(?:sk|rk)_(?:live|test|prod)_(?:[A-Za-z0-9]{24,}|(?=[A-Za-z]*\\d)(?=\\d*[A-Za-z])[A-Za-z0-9]{10,})|whsec_[A-Za-z0-9+/=]{24,}',
  'EAAA[A-Za-z0-9_-]{56,}|sq0(?:atp|csp)-[A-Za-z0-9_-]{22,}|access_token\\$(?:production|sandbox)\\$[a-z0-9]{16}\\$[a-f0-9]{32}',
  'access-(?:sandbox|development|production)-[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}|FLWSECK(?:_TEST-[a-zA-Z0-9]{12}|-[a-zA-Z0-9]{32}-X)|rzp_(?:live|test)_[A-Za-z0-9]{14}|(?<!_)(?:live|test)_(?=[A-Za-z_-]{0,40}\\d)(?![a-z]{2,}_[a-z0-9]+_)[A-Za-z0-9_-]{35,}',
  'shp(?:at|ca|pa|ss)_[A-Za-z0-9]{32,}',
  'SG\\.[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{16,64}|key-[a-f0-9]{32}|[a-f0-9]{32}-us\\d{1,2}|xkeysib-[a-f0-9]{64}-[A-Za-z0-9]{16}|re_[A-Za-z0-9]{8}_[A-Za-z0-9]{20,}',
  '(?:xox[a-z]|xapp|xwfp)-(?=[A-Za-z-]{0,40}\\d)[A-Za-z0-9-]{14,}|xox[ar]-(?:\\d-)?(?=[A-Za-z-]{0,40}\\d)[A-Za-z0-9]{12,}|xox[eb]\\.xox[bp]-[A-Za-z0-9-]{20,}',
  '(?:AC|SK)[a-f0-9]{32}',
  '[MNO][A-Za-z0-9_-]{23,27}\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{27,}',
  'EAA[A-Za-z0-9]{80,}|\\d{15,16}\\|[A-Za-z0-9_-]{27}|IGQ[A-Za-z0-9_-]{60,}',
  // Tools of a team.
  'figd_[A-Za-z0-9_-]{40,}|lin_(?:api|oauth)_[A-Za-z0-9]{32,}|ntn_\\d{11}[A-Za-z0-9]{35}|secret_[A-Za-z0-9]{43}',
  'pat[A-Za-z0-9]{14}\\.[a-f0-9]{64}|pat-(?:na|eu)\\d-[a-f0-9-]{36}|dop?_[A-Za-z0-9]{40,}|PMAK-[a-f0-9]{24}-[a-f0-9]{34}|dt0[a-z]\\d{2}\\.[A-Z0-9]{24}\\.[A-Z0-9]{64}',
  'gl(?:c_[A-Za-z0-9+/=]{32,}|sa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8})|NR(?:AK|II|JS|RA)-[A-Za-z0-9-]{20,}|phx_[A-Za-z0-9]{40,}|sdk-[a-f0-9]{8}-[a-f0-9-]{27}|api-[a-f0-9]{8}-[a-f0-9-]{27}',
  'ops_eyJ[A-Za-z0-9+/_=-]{200,}|A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}',
  'AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}',
  '(?:duffel|shippo)_(?:live|test)_[A-Za-z0-9_-]{38,}|fio-u-[A-Za-z0-9_-]{64}|ico-[A-Za-z0-9]{32}|tfp_[A-Za-z0-9_.-]{40,}|rdme_[a-z0-9]{70}|s-s4t2(?:ud|af)-[a-f0-9]{64}|sm_(?:aat|pat|sat)_[A-Za-z0-9]{16}|CFPAT-[A-Za-z0-9_-]{43}|p8e-[a-z0-9]{32}|sl\\.[A-Za-z0-9_-]{130,}|[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk',
  'API-[A-Z0-9]{26}|sk\\.eyJ[A-Za-z0-9_-]{30,}\\.[A-Za-z0-9_-]{20,}|eyJrIjoi[A-Za-z0-9+/=_-]{60,}|[12]/\\d{16}(?:/\\d{16})?:[a-f0-9]{32}',
  // What passwords are kept as: whoever has time finds the word again.
  '\\$(?:apr1|[156y]|2[abxy])\\$[A-Za-z0-9./=,$]{20,}',
  '(?:xprv|yprv|zprv|tprv)[A-HJ-NP-Za-km-z1-9]{100,}',
];

/** One look for all of them: each begins where no word does before it. */
export const providerKeys = new RegExp(
  `(?<![A-Za-z0-9])(?:${PREFIXED.join('|')})(?![A-Za-z0-9])`,
  'g',
);

/** Addresses that whoever knows them may post to: the address is the key. */
export const secretUrls =
  /(https:\/\/(?:hooks\.slack\.com\/(?:services|workflows|triggers)|(?:canary\.|ptb\.)?discord(?:app)?\.com\/api\/(?:v\d+\/)?webhooks|[a-z0-9-]{1,63}\.webhook\.office\.com\/webhookb2|hooks\.zapier\.com\/hooks\/catch|maker\.ifttt\.com\/trigger|chat\.googleapis\.com\/v1\/spaces)\/)[A-Za-z0-9_./@?&=%-]{8,}/g;

/** Tokens that atom itself is given or gives out, and what is signed or says itself that it is secret. */
export const secretShapes: readonly RegExp[] = [
  // A bot's token: no word boundary, since its URLs say `bot<token>` and it may end in a dash.
  /(?<!\d)\d{8,12}:[A-Za-z0-9_-]{30,}/g,
  // Keys that atom itself gives out, and its setup codes: `{"url":"w` in base64url.
  /atk_[A-Za-z0-9_-]{16,}/g,
  /(?<![A-Za-z0-9_-])eyJ1cmwiOiJ3[A-Za-z0-9_-]{20,}/g,
  // Begins where its own characters begin, so that a long run of them is read once, not from each.
  /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY(?: BLOCK)?-----|$)/g,
];
