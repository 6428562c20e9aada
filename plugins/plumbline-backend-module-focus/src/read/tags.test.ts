import { parseTags } from './tags';

it.each([
  ['an object', '{"user:team":"shop","n":1}', { 'user:team': 'shop', n: '1' }],
  [
    'a list of keys and values',
    '[{"key":"a","value":"b"},{"Key":"c","Value":"d"}]',
    { a: 'b', c: 'd' },
  ],
  ['an object without braces', '"a": "b","c": "d"', { a: 'b', c: 'd' }],
  [
    'tags without a value',
    '{"a":null,"b":true,"c":""}',
    { a: 'true', b: 'true', c: 'true' },
  ],
  [
    'keys that differ in case',
    '{"Team":"a","team":"b"}',
    { Team: 'a', team: 'b' },
  ],
  ['nothing', '  ', {}],
  ['null', 'null', {}],
])('reads %s', (_, text, tags) => {
  expect(parseTags(text)).toEqual(tags);
});

it('reads a key that means something to JavaScript as any other', () => {
  expect(Object.entries(parseTags('{"__proto__":"x"}') ?? {})).toEqual([
    ['__proto__', 'x'],
  ]);
});

it('says when it is nothing of the kind', () => {
  expect(parseTags('team=shop')).toBeUndefined();
});
