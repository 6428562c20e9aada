import { parseSuggestionsQuery } from './parseSuggestionsQuery';

describe('parseSuggestionsQuery', () => {
  it('asks for the first page of all where nothing is said', () => {
    expect(parseSuggestionsQuery({})).toEqual({ offset: 0, limit: 50 });
    expect(
      parseSuggestionsQuery({
        confidence: 'tag',
        account: '111122223333',
        cursor: '50',
        limit: '200',
      }),
    ).toEqual({
      confidence: 'tag',
      account: '111122223333',
      offset: 50,
      limit: 200,
    });
  });

  it('refuses pages that are too large or empty', () => {
    expect(() => parseSuggestionsQuery({ limit: '201' })).toThrow(/limit/);
    expect(() => parseSuggestionsQuery({ limit: '0' })).toThrow(/limit/);
  });
});
