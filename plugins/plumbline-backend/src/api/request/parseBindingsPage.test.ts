import { parseBindingsPage } from './parseBindingsPage';

describe('parseBindingsPage', () => {
  it('starts with a hundred', () => {
    expect(parseBindingsPage({})).toEqual({ limit: 100 });
  });

  it('takes a cursor and a limit', () => {
    expect(parseBindingsPage({ cursor: 'abc', limit: '500' })).toEqual({
      cursor: 'abc',
      limit: 500,
    });
  });

  it.each(['0', '501', 'ten', '1.5'])('refuses a limit of %s', limit => {
    expect(() => parseBindingsPage({ limit })).toThrow(
      "'limit' must be from 1 to 500",
    );
  });
});
