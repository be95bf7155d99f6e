import { describe, expect, it } from 'vitest';
import { HOST, NAMES_HOST, weather } from '../../../skills/weather/weather.ts';

const FORECAST = {
  current: { temperature_2m: 3.5, weather_code: 61 },
  daily: {
    temperature_2m_min: [1, 0],
    temperature_2m_max: [4, 5],
    precipitation_sum: [2.5, 0],
  },
};

/** Answers by the host of what is asked for. */
const answering = (answers: Record<string, unknown>, asked: string[] = []) => ({
  fetch: async (url: string) => {
    asked.push(url);
    const answer = answers[new URL(url).host];
    if (answer === undefined) throw new Error(`${new URL(url).host} did not answer.`);
    const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
    return { status: text === 'down' ? 503 : 200, headers: {}, text };
  },
});
const OSLO = { results: [{ name: 'Oslo', latitude: 59.91, longitude: 10.75 }] };

describe('the weather', () => {
  it('is told for a place that was found', async () => {
    const asked: string[] = [];
    const text = await weather(
      answering({ [HOST]: FORECAST, [NAMES_HOST]: OSLO }, asked),
      'oslo & co',
    );
    expect(text.split('\n')).toEqual([
      ...['Oslo now: 3.5 °C, rain', 'Today: 1 to 4 °C, 2.5 mm of rain'],
      ...['Tomorrow: 0 to 5 °C, 0 mm of rain', `(by ${HOST})`],
    ]);
    expect(asked[0]).toBe(`https://${NAMES_HOST}/v1/search?name=oslo+%26+co&count=1`);
    expect(asked[1]).toContain('latitude=59.91&longitude=10.75');
  });

  it.each([
    [{}, 'did not answer'],
    [{ [NAMES_HOST]: {} }, 'knows no place called'],
    [{ [NAMES_HOST]: OSLO, [HOST]: 'down' }, 'answered 503'],
    [{ [NAMES_HOST]: '<html>' }, 'what is no forecast'],
  ])('is not made up where there is none: %j', async (answers, why) => {
    await expect(weather(answering(answers), 'Oslo')).rejects.toThrow(why);
  });
});
