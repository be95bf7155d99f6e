import type { SkillTest } from 'atom-agent';

const place = 'https://geocoding-api.open-meteo.com/v1/search?name=Oslo&count=1';

export const tests: readonly SkillTest[] = [
  {
    name: 'makes nothing up where no place is known',
    input: { place: 'Oslo' },
    answers: { [`fetch ${place}`]: { status: 200, headers: {}, text: '{}' } },
    fails: 'knows no place called Oslo',
  },
  {
    name: 'says that it got no answer',
    input: { place: 'Oslo' },
    answers: { [`fetch ${place}`]: { status: 503, headers: {}, text: '' } },
    fails: 'answered 503',
  },
];
