import { isStandIn } from './stand-ins.ts';

/** `scheme://user:password@`, and the same as an option of curl. A password may hold signs of any kind. */
const IN_URL =
  /(?<![a-z0-9+.-])([a-z][a-z0-9+.-]{1,30}:\/\/)([^\s/:@"'`<>]{0,80}):([^\s/"'`<>]{1,200})@(?=([\w.[{$-]{1,100}))/gi;
/** A command may go on in the next line, and quotes stand around either of the two. */
const OF_CURL =
  /(\bcurl\b(?:[^\n]|\\\n){0,400}?\s(?:-[a-zA-Z]{0,4}u|-U|--(?:proxy-)?user)(?:=|[ \t]{0,8})["']?)([^\s:"']{0,64})(["']?:["']?)([^\s:"'][^\s"']{2,100})/gi;
const OF_SSH = /(\bsshpass -p ?|\bmysql(?:dump|admin)?\b[^\n]{0,80}? -p)[^\s-][^\s]{3,100}/g;
const BEARER = /\b(bearer\s+)([A-Za-z0-9._~+/=-]{8,})/gi;
const BASIC = /\b(basic\s+)([A-Za-z0-9+/]{8,400}={0,2})/gi;

/** Whoever is called so is nobody, and has no password. */
const NOBODY =
  /^(?:(?:db|test|my|your|some|example|the)?[_-]?user(?:[_-]?name)?|name|login|dev|demo|foo)?$/i;
const ANY = /^(?:my|your|db|the)?[_-]?passw(?:or)?d$|^.{1,3}$/i;
/** The same of a database, or where a command is explained. */
const EASY = /^(?:pass|passwd|pwd|secret|token|test|change(?:me|it))$/i;
const DATABASE =
  /^(?:mysql|mariadb|postgres(?:ql)?|mongodb(?:\+srv)?|rediss?|amqps?|mssql|sqlserver|clickhouse|oracle):/i;
/** Who a database has when it is new, and where nobody else can reach it. */
const FIRST = /^(?:root|admin|postgres|mysql|mongo(?:db)?|redis|sa|guest)$/i;
const NEAR =
  /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|(?:[\w-]+\.){0,4}example(?:\.(?:com|org|net))?)$/i;

/** Text in which passwords of addresses, and of headers that are sent along, are `[secret]`. */
export const withoutUrlPasswords = (text: string): string =>
  text
    .replace(IN_URL, (all, scheme: string, user: string, password: string, host: string) =>
      isNone(user, password) || (DATABASE.test(scheme) && isEasy(user, password, host))
        ? all
        : `${scheme}${user}:[secret]@`,
    )
    .replace(OF_CURL, (all, before: string, user: string, between: string, password: string) =>
      isNone(user, password) || EASY.test(password) || user.startsWith('<')
        ? all
        : `${before}${user}${between}[secret]`,
    )
    .replace(OF_SSH, '$1[secret]')
    .replace(BEARER, (all, before: string, token: string) =>
      /\d/.test(token) && !isStandIn(token) ? `${before}[secret]` : all,
    )
    .replace(BASIC, (all, before: string, pair: string) =>
      /^[ -~]+:[ -~]*$/.test(Buffer.from(pair, 'base64').toString()) ? `${before}[secret]` : all,
    );

const isNone = (user: string, password: string): boolean =>
  password === user ||
  /^(.)\1*$/.test(password) ||
  (ANY.test(password) && NOBODY.test(user)) ||
  // A plain word may be a poor password.
  (isStandIn(password) && !/^[a-z]+$/.test(password));

const isEasy = (user: string, password: string, host: string): boolean =>
  (EASY.test(password) || ANY.test(password)) &&
  (NOBODY.test(user) || (FIRST.test(user) && NEAR.test(host)));
