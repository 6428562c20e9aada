import { clean, cleanTags } from './clean';

it('takes out what PostgreSQL refuses', () => {
  expect(clean('a\0b\u0007c\nd\u0085')).toBe('abcd');
  expect(clean('Zürich 🚀')).toBe('Zürich 🚀');
  expect(clean('half \ud83d')).toBe('half \ufffd');
});

it('cuts, but not through a character', () => {
  expect(clean('x'.repeat(70), 64)).toHaveLength(64);
  expect(clean('ab🚀', 3)).toBe('ab');
});

it('cleans keys and values of tags', () => {
  expect(cleanTags({ 'te\0am': 'sh\0op', '\0': 'x' })).toEqual({
    team: 'shop',
  });
});
