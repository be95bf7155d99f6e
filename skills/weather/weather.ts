import type { SkillContext } from 'atom-agent';

/**
 * Whose forecast it is. For another one put its host here and into `permissions.net` of skill.ts, and read
 * its answer below.
 */
export const HOST = 'api.open-meteo.com';
export const NAMES_HOST = 'geocoding-api.open-meteo.com';

interface Place {
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
}

/** The weather at a place now, and what today and tomorrow bring. Throws Error in words. */
export async function weather(
  { fetch }: Pick<SkillContext, 'fetch'>,
  name: string,
): Promise<string> {
  const place = await find(fetch, name);
  const query = new URLSearchParams({
    latitude: String(place.latitude),
    longitude: String(place.longitude),
    timezone: 'auto',
    forecast_days: '2',
    current: 'temperature_2m,weather_code',
    daily: 'temperature_2m_min,temperature_2m_max,precipitation_sum',
  });
  const { current, daily } = await json<Forecast>(fetch, `https://${HOST}/v1/forecast?${query}`);
  const day = (at: number): string =>
    `${daily.temperature_2m_min[at]} to ${daily.temperature_2m_max[at]} °C, ${daily.precipitation_sum[at]} mm of rain`;
  return [
    `${place.name} now: ${current.temperature_2m} °C, ${skyOf(current.weather_code)}`,
    `Today: ${day(0)}`,
    `Tomorrow: ${day(1)}`,
    `(by ${HOST})`,
  ].join('\n');
}

interface Forecast {
  readonly current: { readonly temperature_2m: number; readonly weather_code: number };
  readonly daily: Readonly<
    Record<'temperature_2m_min' | 'temperature_2m_max' | 'precipitation_sum', readonly number[]>
  >;
}

async function find(fetch: SkillContext['fetch'], name: string): Promise<Place> {
  const query = new URLSearchParams({ name, count: '1' });
  const url = `https://${NAMES_HOST}/v1/search?${query}`;
  const { results: [place] = [] } = await json<{ results?: readonly Place[] }>(fetch, url);
  if (!place) throw new Error(`${NAMES_HOST} knows no place called ${name}.`);
  return place;
}

/** Whoever answers something else than JSON gave no answer. */
async function json<T>(fetch: SkillContext['fetch'], url: string): Promise<T> {
  const { status, text } = await fetch(url);
  const { host } = new URL(url);
  if (status !== 200) throw new Error(`${host} answered ${status}, and no weather.`);
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new Error(`${host} answered what is no forecast.`);
  }
}

/** WMO codes of the weather, by their tens. */
const SKIES = [
  'clear to cloudy',
  '',
  '',
  '',
  'fog',
  'drizzle',
  'rain',
  'snow',
  'showers',
  'thunder',
];
const skyOf = (code: number): string => SKIES[Math.floor(code / 10)] || 'changing';
